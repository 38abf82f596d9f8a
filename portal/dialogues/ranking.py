"""What the sides answer to the poll: which time is the best and why, and all answers beside it."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Can, Delegation, Dialogue, Slot, SlotAnswer
from models.stakeholders import Organisation
from portal.access import Actor, as_column, granted, verbs_of
from portal.dialogues.reminding import reminded_first
from portal.dialogues.times import Line, line_of, slots_of
from portal.errors import NotFound, Refused
from portal.parameters import NOW
from portal.relations import keeps_the_seat, nobody_can_respond
from portal.rules import DIALOGUES, READ_TEXT
from portal.rules.verbs import READ_ANSWERS
from portal.slots import Answered, Offer, Ranked, Side, rank
from portal.slots.answers import Answers, Stand, stand

# A side that answers as one; the same three for all of them, since there may be thousands.
AS_ONE: Final[dict[str, Answered]] = {
    Can.YES: Answered(yes=1, as_one=True),
    Can.IF_NEED_BE: Answered(if_need_be=1, as_one=True),
    Can.NO: Answered(no=1, as_one=True),
}


@dataclass(frozen=True)
class Row:
    """A side and where it stands to each slot, in their order: yes, if_need_be, no or silent."""

    side: Side
    cells: list[Stand]


@dataclass(frozen=True)
class Answering:
    """A poll with its answers: `slots` soonest first, `lines` the same for a reader, by key.

    `not_asked` are the names of the delegations for which nobody can answer; `reminded_at` is as
    `reminded_first` says, for the page of answers.
    """

    dialogue: Dialogue
    slots: list[Slot]
    lines: dict[int, Line]
    sides: list[Side]
    ranked: list[Ranked]
    answers: Answers
    now: datetime
    not_asked: list[str]
    reminded_at: datetime | None = None

    @property
    def rows(self) -> list[Row]:
        """The sides with their stands."""
        keys, said = [slot.id for slot in self.slots], self.answers.get
        return [
            Row(side, [stand(side, said((key, side.key))) for key in keys]) for side in self.sides
        ]

    @property
    def answered(self) -> int:
        """How many sides, with each of their people, have answered every time that lies ahead."""
        ahead = [slot.id for slot in self.slots if slot.starts_at > self.now]
        said = self.answers.get
        return sum(
            all((one := said((key, side.key))) is not None and _whole(one) for key in ahead)
            for side in self.sides
        )

    def of(self, slot: int) -> Ranked:
        """Where an offered time stands."""
        return next(ranked for ranked in self.ranked if ranked.offer.key == slot)


def read_answers(
    session: Session, actor: Actor, ref: str, now: datetime
) -> tuple[Answering, frozenset[str]]:
    """The poll with all its answers, for whom the policy lets see them; and what they may do.

    Raises NotFound when the dialogue is absent or hidden, Refused where answers are hidden.
    """
    columns = reminded_first().label("reminded_at"), *granted(DIALOGUES, actor.person_id, now)
    question = select(Dialogue, *columns).where(Dialogue.ref == ref)
    row = session.execute(question, {NOW.key: now}).one_or_none()
    verbs = verbs_of(DIALOGUES, row)
    if row is None or READ_TEXT not in verbs:
        raise NotFound(ref)
    if READ_ANSWERS not in verbs:
        raise Refused(READ_ANSWERS)
    found = answering(session, row.Dialogue, actor.zone, now)
    return replace(found, reminded_at=row.reminded_at), verbs


def answering(session: Session, dialogue: Dialogue, zone: str, now: datetime) -> Answering:
    """All that was answered to the poll, in three questions; the policy is asked before."""
    slots = slots_of(session, dialogue)
    sides, named, voiceless = _sides(session, dialogue, now)
    answers = _answers(session, dialogue, named, now)
    # Whom nobody can answer for is not asked, which is another thing than silent.
    voiceless -= {side for _slot, side in answers}
    not_asked = [side.name for side in sides if side.key in voiceless]
    sides = [side for side in sides if side.key not in voiceless]
    ranked = rank([_offer(slot, dialogue) for slot in slots], sides, answers, now)
    lines = {slot.id: line_of(slot, dialogue, zone, now) for slot in slots}
    return Answering(dialogue, slots, lines, sides, ranked, answers, now, not_asked)


def sides_of(session: Session, dialogue: Dialogue, now: datetime) -> list[Side]:
    """The delegations of a dialogue with their zones, for its organisers: asked or not."""
    sides, _named, _voiceless = _sides(session, dialogue, now)
    return sides


def unfit(ranked: Ranked) -> bool:
    """Whether a required side cannot come then; to take it all the same needs a reason."""
    return any(side not in ranked.silent for side in ranked.blockers)


def _offer(slot: Slot, dialogue: Dialogue) -> Offer:
    return Offer(slot.id, slot.starts_at, dialogue.minutes)


def _sides(
    session: Session, dialogue: Dialogue, now: datetime
) -> tuple[list[Side], dict[int, int], set[int]]:
    # A side that has named fewer people than it may is whole when those can.
    named = (
        select(func.count())
        .where(Attendee.delegation_id == Delegation.id, keeps_the_seat.at(Attendee, None, now))
        .correlate(Delegation)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Delegation.id,
            Organisation.name,
            Organisation.zone,
            Delegation.required,
            Delegation.seats,
            named.label("named"),
            as_column(nobody_can_respond.at(Delegation, None, now)).label("voiceless"),
        )
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .where(Delegation.dialogue_id == dialogue.id)
        .order_by(Organisation.name)
    ).all()
    sides = [
        Side(row.id, row.name, row.zone, row.required, min(row.seats, row.named or row.seats))
        for row in rows
    ]
    voiceless = {row.id for row in rows if row.voiceless}
    return sides, {row.id: row.named for row in rows}, voiceless


def _answers(session: Session, dialogue: Dialogue, named: dict[int, int], now: datetime) -> Answers:
    still = and_(
        Attendee.delegation_id == SlotAnswer.delegation_id,
        Attendee.person_id == SlotAnswer.person_id,
        keeps_the_seat.at(Attendee, None, now),
    )
    rows: Any = session.execute(
        select(SlotAnswer.slot_id, SlotAnswer.delegation_id, SlotAnswer.person_id, SlotAnswer.can)
        .join(Slot, Slot.id == SlotAnswer.slot_id)
        .outerjoin(Attendee, still)
        .where(
            Slot.dialogue_id == dialogue.id,
            or_(SlotAnswer.person_id.is_(None), Attendee.id.is_not(None)),
        )
    )
    for_all: dict[tuple[int, int], str] = {}
    people: dict[tuple[int, int], list[str]] = defaultdict(list)
    for slot, side, person, can in rows:
        if person is None:
            for_all[slot, side] = can
        else:
            people[slot, side].append(can)
    return {key: AS_ONE[can] for key, can in for_all.items()} | {
        key: _counted(said, for_all.get(key), named[key[1]]) for key, said in people.items()
    }


def _whole(said: Answered) -> bool:
    return said.as_one or said.can + said.no >= said.asked


def _counted(said: list[str], for_all: str | None, named: int) -> Answered:
    # What is said for the whole side stands for each of its people until they speak for themselves.
    every = said + [for_all] * (named - len(said)) if for_all else said
    return Answered(
        yes=every.count(Can.YES),
        if_need_be=every.count(Can.IF_NEED_BE),
        no=every.count(Can.NO),
        asked=named,
    )
