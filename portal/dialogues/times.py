"""Times as an organiser types them, in the zone of the dialogue, and as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Dialogue, Slot
from portal.days import day_of, end_of
from portal.slots import Shown, Sort, Wall, hour_sort, instant_of, problem_of, shown, twice
from portal.words import N_

MOST_SLOTS: Final = 60
MINUTE: Final = "%Y-%m-%dT%H:%M"
PAST: Final = N_("This time has passed.")


@dataclass(frozen=True)
class Times:
    """Local times by the number of the line on which they were typed.

    `keeps_to_wall` is whether they stay with the clock there when its zone gets other rules.
    """

    local: Mapping[int, datetime]
    keeps_to_wall: bool = True

    def problems(self, zone: str, now: datetime) -> dict[str, str]:
        """A message for each line (`at_3`) that cannot be offered."""
        found = {}
        for line, local in self.local.items():
            problem = problem_of(local, zone)
            if problem is None and instant_of(Wall(local, zone)) <= now:
                problem = PAST
            if problem is not None:
                found[f"at_{line}"] = problem
        return found

    def instants(self, zone: str) -> dict[datetime, datetime]:
        """The local times by the instant that each is; the same one twice is one."""
        return {instant_of(Wall(local, zone)): local for local in self.local.values()}

    def slots(self, dialogue: Dialogue) -> list[Slot]:
        """The slots of a dialogue that they make."""
        return [
            Slot(
                dialogue_id=dialogue.id,
                starts_at=at,
                wall=f"{local:{MINUTE}}" if self.keeps_to_wall else None,
            )
            for at, local in sorted(self.instants(dialogue.zone).items())
        ]


@dataclass(frozen=True)
class Line:
    """An offered time as it reads where it was planned (`there`) and for the reader (`here`).

    `sort` is how it sits in the reader's day; `is_twice`: the clock there shows it twice that day,
    and the first one is meant.
    """

    key: int
    at: datetime
    there: Shown
    here: Shown
    keeps_to_wall: bool
    is_twice: bool
    past: bool
    sort: Sort


def slots_of(session: Session, dialogue: Dialogue) -> list[Slot]:
    """The times that a dialogue offers, soonest first."""
    mine = select(Slot).where(Slot.dialogue_id == dialogue.id).order_by(Slot.starts_at)
    return list(session.scalars(mine))


def line_of(slot: Slot, dialogue: Dialogue, reader: str, now: datetime) -> Line:
    """A slot of a dialogue as a line of a page for a reader in a zone."""
    zone = dialogue.zone
    return Line(
        key=slot.id,
        at=slot.starts_at,
        there=shown(slot.starts_at, zone),
        here=shown(slot.starts_at, reader),
        keeps_to_wall=slot.wall is not None,
        is_twice=comes_twice(slot.starts_at, zone),
        past=slot.starts_at <= now,
        sort=hour_sort(slot.starts_at, dialogue.minutes, reader),
    )


def comes_twice(at: datetime, zone: str) -> bool:
    """Whether the clock of a zone shows the reading of this instant twice that day."""
    reading = shown(at, zone)
    return twice(datetime.combine(reading.day, time.fromisoformat(reading.time)), zone)


def wall_of(text: str, zone: str) -> Wall:
    """A time on the wall from its kept form."""
    return Wall(datetime.fromisoformat(text), zone)


def until_problem(
    until_on: date | None, zone: str, offered: list[datetime], now: datetime
) -> dict[str, str]:
    """What is wrong with the day until which answers are asked."""
    if until_on is None:
        return {"until": N_("Choose the day by which you need responses.")}
    if until_on < day_of(now, zone):
        return {"until": N_("This day has passed.")}
    if offered and until_on > day_of(max(offered), zone):
        return {"until": N_("All of these times will have passed on that day.")}
    return {}


def until_at(until_on: date, zone: str) -> datetime:
    """The end of that day where the dialogue is planned."""
    return end_of(until_on, zone)
