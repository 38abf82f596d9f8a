"""Whoever answers for a delegation names who comes for it, from the people of its organisation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.dialogues import Attendee, Delegation, Dialogue, TableRole
from models.stakeholders import Organisation, Person
from portal.access import Actor, standing_to
from portal.dialogues.inviting import invited_as, keep_notified
from portal.dialogues.polling import held
from portal.errors import NotFound, TooLate, refuse
from portal.ledger import transition
from portal.relations import answers_for, member, moment
from portal.rules import DIALOGUES, ORGANISATIONS
from portal.rules.verbs import NAME
from portal.words import N_

# Who chairs is for the organisers to say.
NAMED_AS: Final = tuple(role for role in TableRole if role != TableRole.CHAIR)


@dataclass(frozen=True)
class Side:
    """A delegation for which somebody may name people, and how many it may send."""

    key: int
    organisation_id: int
    name: str
    seats: int


@dataclass(frozen=True)
class Member:
    """Somebody of the organisation: whether they come for this delegation, and as what.

    `elsewhere`: they sit at the table already in another way.
    """

    key: int
    name: str
    comes: bool
    role: str
    elsewhere: bool


def sides_to_name(session: Session, actor: Actor, dialogue: Dialogue, now: datetime) -> list[Side]:
    """The delegations that the person answers for, by name."""
    rows = session.execute(
        select(Delegation.id, Organisation.id, Organisation.name, Delegation.seats)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .where(
            Delegation.dialogue_id == dialogue.id,
            answers_for(Delegation.id, actor.person_id, moment(now)),
        )
        .order_by(Organisation.name)
    )
    return [Side(*row) for row in rows]


def members_to_name(
    session: Session, dialogue: Dialogue, side: Side, now: datetime
) -> list[Member]:
    """Everybody whom a delegation can send, by name; the caller answers for it."""
    people = standing_to(
        ORGANISATIONS, member, side.organisation_id, now,
        Person.id, Person.name, Attendee.delegation_id, Attendee.role, Attendee.id,
    )  # fmt: skip
    at_table = and_(Attendee.person_id == Person.id, Attendee.dialogue_id == dialogue.id)
    rows = session.execute(people.outerjoin(Attendee, at_table).order_by(Person.name, Person.id))
    return [
        Member(
            key,
            name,
            comes=of == side.key,
            role=(role if of == side.key else "") or TableRole.PARTICIPANT,
            elsewhere=row is not None and of != side.key,
        )
        for key, name, of, role, row in rows
    ]


def stamp_of_names(members: Iterable[Member]) -> str:
    """Whom a delegation sends, as a form carries it: so that two who name at once see both."""
    return ",".join(f"{one.key}:{one.role}" for one in members if one.comes)


def name(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    side_id: int,
    people: Mapping[int, str],
    stamp: str,
    now: datetime,
) -> None:
    """Say who comes for a delegation, each with a role; whoever is left out loses the seat.

    Once it is convened, the new ones are invited and the others told. Raises NotFound for a
    delegation that the person does not answer for, TooLate when `stamp` is not the present one,
    Invalid for too many, for a role that is not theirs to give, or for somebody who cannot come.
    """
    named = sorted(people)
    with transition(
        session, actor, NAME, DIALOGUES, ref, now, side=side_id, people=named
    ) as dialogue:
        held(session, dialogue, NAME)
        sides = sides_to_name(session, actor, dialogue, now)
        side = next((one for one in sides if one.key == side_id), None)
        if side is None:
            raise NotFound(ref)
        members = members_to_name(session, dialogue, side, now)
        if stamp_of_names(members) != stamp:
            raise TooLate(NAME)
        refuse(_problems(side, members, people))
        before = invited_as(session, dialogue)
        dialogue.changed_at = now
        flag_modified(dialogue, "changed_at")
        _write(session, dialogue, side, people)
        keep_notified(session, actor, dialogue, before, now)


def _problems(side: Side, members: list[Member], people: Mapping[int, str]) -> dict[str, str]:
    able = {one.key for one in members if not one.elsewhere}
    if set(people) - able:
        return {"people": N_("Someone on this list cannot take part for this delegation.")}
    if len(people) > side.seats:
        return {"people": N_("These are more people than the delegation has seats.")}
    if set(people.values()) - {str(role) for role in NAMED_AS}:
        return {"people": N_("Choose the role of each participant.")}
    return {}


def _write(session: Session, dialogue: Dialogue, side: Side, people: Mapping[int, str]) -> None:
    rows = session.scalars(select(Attendee).where(Attendee.delegation_id == side.key)).all()
    kept = {row.person_id: row for row in rows}
    for key, row in kept.items():
        if key not in people:
            session.delete(row)
    session.flush()
    for key, role in people.items():
        named = kept.get(key)
        if named is None:
            named = Attendee(dialogue_id=dialogue.id, delegation_id=side.key, person_id=key)
            session.add(named)
        named.role = role
    session.flush()
