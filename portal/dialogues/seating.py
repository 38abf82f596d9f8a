"""Who sits at the table: organisers, delegations and how many they send, guests by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, literal, or_, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.agenda import AgendaItem, Document, SideNote
from models.base import Resource
from models.dialogues import Attendee, Delegation, Dialogue, SlotAnswer, TableRole
from models.records import Ballot
from models.stakeholders import Membership, Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, standing_to, visible
from portal.db import written
from portal.dialogues.inviting import invited_as, keep_notified
from portal.errors import TooLate, refuse
from portal.ledger import transition
from portal.relations import mediator
from portal.rules import ORGANISATIONS, PEOPLE, SEAT, ResourceType
from portal.rules.dialogues import DIALOGUES
from portal.words import N_

MOST_DELEGATIONS = 200


@dataclass(frozen=True)
class Sends:
    """A delegation as it is chosen: an organisation, how many it may send, who is asked first."""

    organisation_id: int
    required: bool = True
    seats: int = 1
    contact_id: int | None = None


@dataclass(frozen=True)
class Table:
    """Everybody whom the organisers choose; whom a delegation sends it says itself."""

    organisers: frozenset[int] = frozenset()
    delegations: tuple[Sends, ...] = ()
    guests: tuple[tuple[int, str], ...] = ()


@dataclass
class Choosable:
    """The organisations and people, by key, that an organiser may choose."""

    organisations: set[int]
    people: set[int]


def table_of(session: Session, dialogue: Dialogue) -> Table:
    """Who sits at the table now; the caller may change it."""
    people = session.scalars(
        select(Attendee).where(
            Attendee.dialogue_id == dialogue.id, Attendee.delegation_id.is_(None)
        )
    ).all()
    sent = session.scalars(
        select(Delegation).where(Delegation.dialogue_id == dialogue.id).order_by(Delegation.id)
    )
    return Table(
        frozenset(row.person_id for row in people if row.organises),
        tuple(Sends(row.organisation_id, row.required, row.seats, row.contact_id) for row in sent),
        tuple((row.person_id, row.role) for row in people if not row.organises),
    )


def names_people_alone(dialogue: Dialogue) -> bool:
    """Whether it is told to people by name, and not to whole organisations."""
    return dialogue.tlp == Tlp.RED


def seat(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    table: Table,
    version: int,
    now: datetime,
) -> None:
    """Say who sits at the table; a delegation that is left out loses its people and its answers.

    Raises Invalid for entries that are not known here or cannot stand so, TooLate when `version`
    is no longer the present one.
    """
    detail = {
        "organisers": sorted(table.organisers),
        "delegations": sorted(sends.organisation_id for sends in table.delegations),
        "guests": sorted(key for key, _role in table.guests),
    }
    with transition(session, actor, SEAT, DIALOGUES, ref, now, **detail) as dialogue:
        if dialogue.version != version:
            raise TooLate(SEAT)
        refuse(_problems(session, actor, dialogue, table, now))
        before = invited_as(session, dialogue)
        dialogue.changed_at = now
        # In any case, so that of two who change the table at once one is refused.
        flag_modified(dialogue, "changed_at")
        session.flush()
        _write_delegations(session, dialogue, table.delegations)
        _write_people(session, dialogue, table)
        keep_notified(session, actor, dialogue, before, now)


def _problems(
    session: Session, actor: Actor, dialogue: Dialogue, table: Table, now: datetime
) -> dict[str, str]:
    before, found = table_of(session, dialogue), dict[str, str]()
    able = frozenset(session.scalars(able_to_organise(dialogue, now, Person.id)))
    if table.organisers - before.organisers - able:
        found["organisers"] = N_(
            "Only mediators and coordinators of the convening body can organise it."
        )
    elif not table.organisers & able:
        found["organisers"] = N_(
            "Keep at least one organiser who is a mediator or coordinator of the convening body."
        )
    if {role for _key, role in table.guests} - set(TableRole):
        found["guests"] = N_("Choose the role of each guest.")
    if table.organisers & {key for key, _role in table.guests}:
        found["guests"] = N_("Someone is both an organiser and a guest.")
    found |= _of_delegations(session, dialogue, table.delegations)
    known = {sends.organisation_id for sends in before.delegations}
    new = {sends.organisation_id for sends in table.delegations} - known
    if not _all_known(session, actor, ORGANISATIONS, new, now):
        found.setdefault("delegations", N_("An entry of this list is not in the portal."))
    left_out = known - {sends.organisation_id for sends in table.delegations}
    if left_out and _has_spoken(session, dialogue, left_out):
        found.setdefault(
            "delegations",
            N_("A delegation that has notes or has responded to a decision cannot be removed."),
        )
    guests = {key for key, _role in table.guests} - {key for key, _role in before.guests}
    if not _all_known(session, actor, PEOPLE, guests, now):
        found.setdefault("guests", N_("An entry of this list is not in the portal."))
    return found


def _of_delegations(
    session: Session, dialogue: Dialogue, delegations: tuple[Sends, ...]
) -> dict[str, str]:
    keys = [sends.organisation_id for sends in delegations]
    if len(set(keys)) < len(keys):
        return {"delegations": N_("An organisation has one delegation only.")}
    if len(keys) > MOST_DELEGATIONS:
        return {"delegations": N_("A dialogue has at most 200 delegations.")}
    if any(not 1 <= sends.seats <= 50 for sends in delegations):
        return {"delegations": N_("A delegation has between 1 and 50 seats.")}
    if names_people_alone(dialogue) and any(sends.contact_id is None for sends in delegations):
        return {"delegations": N_("Under TLP:RED, name a contact for each delegation.")}
    asked = {(sends.organisation_id, sends.contact_id) for sends in delegations if sends.contact_id}
    members = select(Membership.organisation_id, Membership.person_id).where(
        Membership.organisation_id.in_(keys),
        Membership.person_id.in_([person for _organisation, person in asked]),
    )
    belong = {(row[0], row[1]) for row in session.execute(members)} if asked else set()
    if asked - belong:
        return {"delegations": N_("The contact must belong to the delegation.")}
    return {}


def _has_spoken(session: Session, dialogue: Dialogue, organisations: set[int]) -> bool:
    # What a delegation left behind must not lose its side, and with it who may see it.
    sides = select(Delegation.id).where(
        Delegation.dialogue_id == dialogue.id, Delegation.organisation_id.in_(organisations)
    )
    columns = (AgendaItem.side_id, SideNote.side_id, Document.side_id, Ballot.delegation_id)
    left = or_(*(exists().where(column.in_(sides)) for column in columns))
    return bool(session.scalar(select(left)))


def _all_known(
    session: Session, actor: Actor, kind: ResourceType[Resource], keys: Iterable[int], now: datetime
) -> bool:
    wanted = set(keys)
    seen = visible(kind, actor, now, kind.model.id).where(kind.model.id.in_(wanted))
    return not wanted or len(session.scalars(seen).all()) == len(wanted)


def able_to_organise(dialogue: Dialogue, now: datetime, *columns: Any) -> Select[Any]:
    """Who can organise it: whoever could prepare a dialogue for the same body."""
    return standing_to(ORGANISATIONS, mediator, dialogue.organisation_id, now, *columns)


def _write_delegations(
    session: Session, dialogue: Dialogue, delegations: tuple[Sends, ...]
) -> None:
    rows = session.scalars(select(Delegation).where(Delegation.dialogue_id == dialogue.id)).all()
    kept = {row.organisation_id: row for row in rows}
    chosen = {sends.organisation_id: sends for sends in delegations}
    gone = [row.id for key, row in kept.items() if key not in chosen]
    if gone:
        session.execute(delete(SlotAnswer).where(SlotAnswer.delegation_id.in_(gone)))
        session.execute(delete(Attendee).where(Attendee.delegation_id.in_(gone)))
        session.execute(delete(Delegation).where(Delegation.id.in_(gone)))
    for key, sends in chosen.items():
        row = kept.get(key)
        if row is None:
            row = Delegation(dialogue_id=dialogue.id, organisation_id=key)
            session.add(row)
        row.required, row.seats, row.contact_id = sends.required, sends.seats, sends.contact_id
    session.flush()


def _write_people(session: Session, dialogue: Dialogue, table: Table) -> None:
    rows = session.scalars(select(Attendee).where(Attendee.dialogue_id == dialogue.id)).all()
    named = {row.person_id: row for row in rows}
    wanted: dict[int, tuple[str, bool]] = {key: (role, False) for key, role in table.guests}
    wanted |= dict.fromkeys(table.organisers, (TableRole.CHAIR, True))
    for key, row in named.items():
        if row.delegation_id is None and key not in wanted:
            session.delete(row)
    for key, (role, organises) in wanted.items():
        kept = named.get(key)
        if kept is not None and organises and kept.organises:
            role = kept.role  # an organiser who takes the notes goes on taking them
        row = kept or Attendee(dialogue_id=dialogue.id, person_id=key)
        row.role, row.organises, row.delegation_id = role, organises, None
        session.add(row)
    session.flush()


def names_at(
    session: Session, dialogue: Dialogue, table: Table, now: datetime
) -> dict[str, dict[int, str]]:
    """The names of all at the table, and of who could organise it; the caller may change it."""
    guests = {key for key, _role in table.guests}
    contacts = {sends.contact_id for sends in table.delegations if sends.contact_id}
    homes = {sends.organisation_id for sends in table.delegations}
    parts = (
        _names("organisations", Organisation, homes),
        _names("people", Person, guests | contacts),
        _names("organisers", Person, table.organisers),
        able_to_organise(dialogue, now, written("organisers"), Person.id, Person.name),
    )
    found: dict[str, dict[int, str]] = {"organisations": {}, "people": {}, "organisers": {}}
    for word, key, name in session.execute(union_all(*parts)):
        found[word][key] = name
    return found


def _names(word: str, model: Any, keys: Iterable[int]) -> Select[Any]:
    return select(literal(word), model.id, model.name).where(model.id.in_(list(keys)))
