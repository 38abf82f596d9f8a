"""An axis of days: where a day lies on it, the days that are named below it, and their signs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.pictures.shapes import one, points

Days = tuple[date, date]
LEAST: Final = 4.0  # how wide a day is at the least
TIP: Final = 6.0  # of the sign of a day on which something was said
MOST_TICKS: Final = 3  # the names of more days would touch
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class DayTick:
    """A day of the axis of time."""

    day: date
    x: float


@dataclass(frozen=True)
class Scale:
    """So many days from a first one on, over a stretch of the picture."""

    first: date
    length: int
    left: float
    width: float

    def x(self, day: date) -> float:
        """Where a day begins."""
        return self.left + self.width * (day - self.first).days / self.length

    def between(self, first: date, last: date) -> tuple[float, float]:
        """Where a stretch of whole days begins and ends; it is never too narrow to be seen."""
        start = self.x(first)
        return start, max(self.x(last + DAY), start + LEAST)


def scale_of(known: Iterable[Days | None], left: float, width: float) -> Scale | None:
    """The scale of these days, with room on both sides for ends that are not known."""
    days = [day for pair in known if pair for day in pair]
    if not days:
        return None
    length = (max(days) - min(days)).days + 1
    room = length // 8 + 1
    return Scale(min(days) - room * DAY, length + 2 * room, left, width)


def ticks_of(scale: Scale | None) -> tuple[DayTick, ...]:
    """The days that are named below."""
    if scale is None:
        return ()
    count = min(MOST_TICKS, scale.length)
    days = [scale.first + DAY * ((2 * n + 1) * scale.length // (2 * count)) for n in range(count)]
    return tuple(DayTick(day, one(scale.x(day))) for day in days)


def diamond(said: Days | None, middle: float, scale: Scale) -> str:
    """A diamond on a day, drawn out over the whole of a month or year."""
    if said is None:
        return ""
    start, end = scale.between(*said)
    room = max(TIP - (end - start) / 2, 0)
    start, end = start - room, end + room
    tops = (start + TIP, middle - TIP), (end - TIP, middle - TIP)
    feet = (end - TIP, middle + TIP), (start + TIP, middle + TIP)
    return points((start, middle), *tops, (end, middle), *feet)
