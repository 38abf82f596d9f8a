"""A convened dialogue is moved: to another time, another place, or another way in."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from portal.access import Actor
from portal.dialogues.inviting import invite_anew
from portal.dialogues.polling import held
from portal.dialogues.text import text_of
from portal.dialogues.times import MINUTE, PAST
from portal.email_contexts import in_calendars
from portal.errors import TooLate, refuse
from portal.ledger import transition
from portal.rules import DIALOGUES
from portal.rules.verbs import RESCHEDULE
from portal.slots import Wall, instant_of, problem_of
from portal.slots.times import clock
from portal.words import N_

FIELDS: Final = ("minutes", "place", "link")


@dataclass(frozen=True)
class Moved:
    """When and where it takes place: `local` is the time in the zone of the dialogue.

    `keeps_to_wall` is whether it stays with the clock there when its zone gets other rules.
    """

    local: datetime
    keeps_to_wall: bool
    minutes: int
    place: str = ""
    link: str = ""

    def starts_at(self, dialogue: Dialogue) -> datetime:
        """The instant at which it begins: the present one where its reading is the same.

        So that a meeting in an hour that comes twice stays in the one in which it is.
        """
        if dialogue.starts_at is not None and local_start(dialogue) == self.local:
            return dialogue.starts_at
        return instant_of(Wall(self.local, dialogue.zone))

    def problems(self, dialogue: Dialogue, now: datetime) -> dict[str, str]:
        """A message for each field that cannot be taken."""
        said = replace(
            text_of(dialogue), minutes=self.minutes, place=self.place, link=self.link
        ).problems()
        found = {name: message for name, message in said.items() if name in FIELDS}
        if problem := problem_of(self.local, dialogue.zone):
            found["at"] = problem
        elif self.starts_at(dialogue) <= now and self.starts_at(dialogue) != dialogue.starts_at:
            found["at"] = PAST
        return found


def local_start(dialogue: Dialogue) -> datetime | None:
    """When it begins by the clock in its own zone; None while it has no time."""
    if dialogue.starts_at is None:
        return None
    return dialogue.starts_at.astimezone(clock(dialogue.zone)).replace(tzinfo=None, fold=0)


def moved_of(dialogue: Dialogue) -> Moved:
    """When and where a convened dialogue takes place now."""
    local = local_start(dialogue)
    if local is None:
        raise TooLate(RESCHEDULE)
    return Moved(local, dialogue.wall is not None, dialogue.minutes, dialogue.place, dialogue.link)


def moved_as_proposed(
    dialogue: Dialogue, starts_at: datetime | None, ends_at: datetime | None
) -> Moved:
    """When and where it would take place at another time, in the zone of the dialogue."""
    now = moved_of(dialogue)
    if starts_at is None:
        return now
    local = starts_at.astimezone(clock(dialogue.zone)).replace(tzinfo=None, fold=0, second=0)
    minutes = int((ends_at - starts_at) / timedelta(minutes=1)) if ends_at else now.minutes
    return replace(now, local=local, minutes=minutes)


def reschedule(
    session: Session, actor: Actor, ref: str, *, moved: Moved, version: int, now: datetime
) -> None:
    """Move it; everybody invited gets a new invitation, and is asked anew for another time.

    Raises Invalid for fields that cannot be taken or where nothing is other than before, TooLate
    when `version` is no longer the present one.
    """
    with transition(session, actor, RESCHEDULE, DIALOGUES, ref, now) as dialogue:
        held(session, dialogue, RESCHEDULE)
        if dialogue.version != version:
            raise TooLate(RESCHEDULE)
        before = moved_of(dialogue)
        moved = replace(moved, place=moved.place.strip(), link=moved.link.strip())
        refuse(moved.problems(dialogue, now))
        if moved == before:
            refuse({"": N_("Nothing has been changed.")})
        entry, stood = in_calendars(dialogue), (dialogue.starts_at, dialogue.ends_at)
        _take(dialogue, moved, now)
        retimed = stood != (dialogue.starts_at, dialogue.ends_at)
        if in_calendars(dialogue) != entry:
            dialogue.sequence += 1
            session.flush()
            invite_anew(session, actor, dialogue, retimed=retimed, now=now)


def _take(dialogue: Dialogue, moved: Moved, now: datetime) -> None:
    starts_at = moved.starts_at(dialogue)
    dialogue.wall = f"{moved.local:{MINUTE}}" if moved.keeps_to_wall else None
    dialogue.starts_at = starts_at
    dialogue.ends_at = starts_at + timedelta(minutes=moved.minutes)
    dialogue.minutes, dialogue.place, dialogue.link = moved.minutes, moved.place, moved.link
    dialogue.changed_at = now
