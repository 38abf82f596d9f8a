"""A dialogue is convened, and moved where the rules of its zone move the clock on the wall."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Dialogue, DialogueState
from portal.access import Actor
from portal.db import in_state
from portal.dialogues.inviting import invite, invite_anew
from portal.dialogues.polling import held
from portal.dialogues.ranking import answering, unfit
from portal.dialogues.times import MINUTE, PAST, wall_of
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import authorize_red, transition
from portal.parameters import NOW, ready
from portal.rules import DIALOGUES
from portal.rules.verbs import CONVENE, KEEP_LOCAL_TIME
from portal.slots import Wall, instant_of, problem_of
from portal.system import the_system
from portal.words import N_

GONE = N_("Choose one of the proposed times.")
WHY = N_("A required delegation cannot attend: give the reason for choosing this time.")


@dataclass(frozen=True)
class Picked:
    """When it takes place: an offered slot by its key, or a time typed in the zone of the dialogue.

    `why` is asked for where a delegation that must be there cannot.
    """

    slot: int | None = None
    local: datetime | None = None
    keeps_to_wall: bool = True
    why: str = ""


def convene(session: Session, actor: Actor, ref: str, *, picked: Picked, now: datetime) -> Dialogue:
    """Fix the date, at one of the offered times or, straight from a draft, at a typed one.

    Who answers for a delegation is told to name who comes, and who is named already is invited.
    Raises Invalid for `slot`, `at` or `why`, TooLate where somebody else was faster.
    """
    with transition(session, actor, CONVENE, DIALOGUES, ref, now, slot=picked.slot) as dialogue:
        held(session, dialogue, CONVENE)
        authorize_red(session, actor, DIALOGUES, ref, dialogue.tlp, now)
        typed = dialogue.state == DialogueState.DRAFT
        wall, at = _typed(dialogue, picked) if typed else _chosen(session, dialogue, picked, now)
        if at <= now:
            refuse({"at" if typed else "slot": PAST})
        if len(picked.why) > 500:
            refuse({"why": N_("Give a reason in one sentence.")})
        _take_place(dialogue, wall, at)
        dialogue.picked_reason = picked.why.strip()
        dialogue.convened_at = dialogue.changed_at = now
        dialogue.published_at = dialogue.published_at or now
    invite(session, actor, dialogue, now)
    return dialogue


def _typed(dialogue: Dialogue, picked: Picked) -> tuple[str | None, datetime]:
    if picked.local is None:
        raise Invalid({"at": N_("Give the time when it begins.")})
    if problem := problem_of(picked.local, dialogue.zone):
        raise Invalid({"at": problem})
    wall = f"{picked.local:{MINUTE}}" if picked.keeps_to_wall else None
    return wall, instant_of(Wall(picked.local, dialogue.zone))


def _chosen(
    session: Session, dialogue: Dialogue, picked: Picked, now: datetime
) -> tuple[str | None, datetime]:
    poll = answering(session, dialogue, dialogue.zone, now)
    slot = next((slot for slot in poll.slots if slot.id == picked.slot), None)
    if slot is None:
        raise Invalid({"slot": GONE})
    at = slot.starts_at
    if slot.wall is not None:
        at = instant_of(wall_of(slot.wall, dialogue.zone))
    if at > now and unfit(poll.of(slot.id)) and not picked.why.strip():
        raise Invalid({"why": WHY})
    return slot.wall, at


def _still(dialogue: Dialogue) -> Wall:
    if dialogue.wall is None:  # somebody moved it meanwhile
        raise TooLate(KEEP_LOCAL_TIME)
    return wall_of(dialogue.wall, dialogue.zone)


def _take_place(dialogue: Dialogue, wall: str | None, at: datetime) -> None:
    dialogue.wall, dialogue.starts_at = wall, at
    dialogue.ends_at = at + timedelta(minutes=dialogue.minutes)


AHEAD: Final = ready(
    select(Dialogue.ref, Dialogue.wall, Dialogue.zone, Dialogue.starts_at)
    .where(
        in_state(Dialogue, DialogueState.CONVENED),
        Dialogue.starts_at > NOW,
        Dialogue.wall.is_not(None),
    )
    .order_by(Dialogue.starts_at)
)


def due_to_shift(session: Session, now: datetime, ref: str = "") -> list[str]:
    """References of dialogues ahead whose clock on the wall is another instant than was thought.

    That is so once the rules of a zone are newer than the day on which a dialogue was convened.
    With `ref` that dialogue alone is looked at.
    """
    rows = session.execute(AHEAD.where(Dialogue.ref == ref) if ref else AHEAD, {NOW.key: now})
    return [row.ref for row in rows if has_shifted(row)]


def has_shifted(row: Any) -> bool:
    """Whether the clock on the wall of a dialogue shows another time at `starts_at` by now."""
    return bool(row.wall) and instant_of(wall_of(row.wall, row.zone)) != row.starts_at


def keep_local_time(session: Session, ref: str, now: datetime) -> bool:
    """Move one to the instant at which the clock shows what was agreed; a second call does nothing.

    The system does it; the sequence says to calendars that the invitation is a newer one.
    """
    if not due_to_shift(session, now, ref):
        return False
    system = the_system(session, now)
    with transition(session, system, KEEP_LOCAL_TIME, DIALOGUES, ref, now) as dialogue:
        held(session, dialogue, KEEP_LOCAL_TIME)
        _take_place(dialogue, dialogue.wall, instant_of(_still(dialogue)))
        dialogue.sequence += 1
        dialogue.changed_at = now
        session.flush()
        invite_anew(session, system, dialogue, retimed=True, now=now)
    return True
