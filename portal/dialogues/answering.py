"""A side says which of the offered times suit it: as one, or each of its people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.dialogues import Attendee, Can, Delegation, Dialogue, Slot, SlotAnswer
from models.stakeholders import Organisation
from portal.access import Actor
from portal.dialogues.polling import held
from portal.dialogues.times import Line, line_of, slots_of
from portal.errors import NotFound, refuse
from portal.ledger import transition
from portal.on_behalf import admit
from portal.relations import asked_by_poll
from portal.rules import DIALOGUES
from portal.rules.verbs import ANSWER_POLL
from portal.words import N_

MISSING = N_("Choose yes, if need be, or no.")


@dataclass(frozen=True)
class Respondent:
    """A side for which somebody may answer; `alone`: for themselves, as one of its people."""

    key: int
    name: str
    alone: bool


@dataclass(frozen=True)
class Asked:
    """What the poll asks somebody: the sides they may answer for, the one chosen, what was said.

    Where there are several, none is chosen until they choose. `said` is by the key of the slot.
    """

    dialogue: Dialogue
    respondents: list[Respondent]
    respondent: Respondent | None
    lines: list[Line]
    said: dict[int, str]
    late: bool

    @property
    def ahead(self) -> list[Line]:
        """The times that wait for an answer: those past need none."""
        return [line for line in self.lines if not line.past]


def asked(
    session: Session, actor: Actor, ref: str, now: datetime, side: int | None = None
) -> Asked:
    """What the poll of a dialogue asks this person, of a side where they chose one.

    Raises NotFound for a side that is not theirs to answer for.
    """
    dialogue: Dialogue = admit(session, actor, ANSWER_POLL, DIALOGUES, ref, now)
    respondents = _respondents(session, actor, dialogue, now)
    respondent = respondents[0] if len(respondents) == 1 and side is None else None
    if side is not None:
        respondent = _of(respondents, side, ref)
    lines, said = [], {}
    if respondent is not None:
        slots = slots_of(session, dialogue)
        lines = [line_of(slot, dialogue, actor.zone, now) for slot in slots]
        rows = session.execute(
            select(SlotAnswer.slot_id, SlotAnswer.can).where(
                _theirs(respondent, actor), SlotAnswer.slot_id.in_([slot.id for slot in slots])
            )
        )
        said = {row[0]: row[1] for row in rows}
    return Asked(dialogue, respondents, respondent, lines, said, is_late(dialogue, now))


def is_late(dialogue: Dialogue, now: datetime) -> bool:
    """Whether the day until which answers were asked is over."""
    return dialogue.poll_until_at is not None and dialogue.poll_until_at <= now


def answer_poll(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    side: int,
    said: Mapping[int, str],
    by_link: bool = False,
    now: datetime,
) -> None:
    """Answer for a side to every time that lies ahead, by the key of the slot.

    `by_link` says in the trail that the link of an e-mail was used instead of a sign-in.

    May be said anew until the dialogue is convened. Raises Invalid for each time (`can_17`) without
    an answer, NotFound for a side that is not theirs to answer for.
    """
    how = {"by_link": True} if by_link else {}
    with transition(session, actor, ANSWER_POLL, DIALOGUES, ref, now, side=side, **how) as dialogue:
        held(session, dialogue, ANSWER_POLL)
        respondent = _of(_respondents(session, actor, dialogue, now), side, ref)
        slots = [slot for slot in slots_of(session, dialogue) if slot.starts_at > now]
        refuse({f"can_{s.id}": MISSING for s in slots if said.get(s.id) not in set(Can)})
        kept = _kept(session, actor, respondent, slots)
        for slot in slots:
            row = kept.get(slot.id) or SlotAnswer(slot_id=slot.id)
            row.delegation_id, row.person_id = (
                respondent.key,
                actor.holder_id if respondent.alone else None,
            )
            row.can, row.by_id, row.at = said[slot.id], actor.person_id, now
            session.add(row)


def _kept(
    session: Session, actor: Actor, respondent: Respondent, slots: list[Slot]
) -> dict[int, SlotAnswer]:
    # Somebody who was sent by another side before has one answer to a slot, which moves with them.
    mine = (
        SlotAnswer.person_id == actor.holder_id if respondent.alone else _theirs(respondent, actor)
    )
    rows = session.scalars(
        select(SlotAnswer).where(mine, SlotAnswer.slot_id.in_([slot.id for slot in slots]))
    )
    return {row.slot_id: row for row in rows}


def _theirs(respondent: Respondent, actor: Actor) -> ColumnElement[bool]:
    who = (
        SlotAnswer.person_id == actor.holder_id
        if respondent.alone
        else SlotAnswer.person_id.is_(None)
    )
    return and_(SlotAnswer.delegation_id == respondent.key, who)


def _of(respondents: list[Respondent], side: int, ref: str) -> Respondent:
    found = next((respondent for respondent in respondents if respondent.key == side), None)
    if found is None:
        raise NotFound(ref)
    return found


def _for_home(actor: Actor, dialogue: Dialogue) -> tuple[Any, ...]:
    # An alternate answers for the sides at home that ask whoever is away by name, and no other.
    if actor.acts_by is None:
        return ()
    home = select(Alternate.organisation_id).where(Alternate.id == actor.acts_by)
    named = Delegation.contact_id == actor.for_id
    if dialogue.by_person:
        named = or_(named, Attendee.id.is_not(None))
    return Delegation.organisation_id == home.scalar_subquery(), named


def _respondents(
    session: Session, actor: Actor, dialogue: Dialogue, now: datetime
) -> list[Respondent]:
    who = actor.holder_id
    me = and_(Attendee.delegation_id == Delegation.id, Attendee.person_id == who)
    rows = session.execute(
        select(Delegation.id, Organisation.name, Attendee.id.label("attendee_id"))
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .outerjoin(Attendee, me)
        .where(
            Delegation.dialogue_id == dialogue.id,
            asked_by_poll.at(Delegation, who, now),
            *_for_home(actor, dialogue),
        )
        .order_by(Organisation.name)
    )
    return [
        Respondent(row.id, row.name, dialogue.by_person and row.attendee_id is not None)
        for row in rows
    ]
