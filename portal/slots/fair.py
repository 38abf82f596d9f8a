"""Fair hours: how a meeting sits in somebody's day, minute by minute on the clock of their zone."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from portal.slots.times import clock
from portal.words import N_


class Sort(StrEnum):
    """Wholly within 08:00–18:00; else within 07:00–22:00; else at night."""

    DAY = "day"
    EDGE = "edge"
    NIGHT = "night"


SORT_MEANING: Final = {
    Sort.DAY: N_("in the day"),
    Sort.EDGE: N_("early or late"),
    Sort.NIGHT: N_("at night"),
}
MINUTE: Final = timedelta(minutes=1)
MIDNIGHT: Final = 24 * 60
DAY: Final = (8 * 60, 18 * 60)
EDGE: Final = (7 * 60, 22 * 60)
# From, until (minutes after midnight) and sort of each part of a day.
BANDS: Final = (
    (0, EDGE[0], Sort.NIGHT),
    (EDGE[0], DAY[0], Sort.EDGE),
    (*DAY, Sort.DAY),
    (DAY[1], EDGE[1], Sort.EDGE),
    (EDGE[1], MIDNIGHT, Sort.NIGHT),
)
WEEKEND: Final = frozenset({5, 6})


class Stretch(NamedTuple):
    """What a meeting takes of a day without a change of clocks, in minutes after midnight."""

    day: date
    start: int
    end: int


def hour_sort(at: datetime, minutes: int, zone: str) -> Sort:
    """How a meeting that starts at an aware instant sits in the day of a zone."""
    here = clock(zone)
    local = at.astimezone(here)
    start = local.hour * 60 + local.minute
    if not EDGE[0] <= start < EDGE[1]:
        return Sort.NIGHT
    last = (at + timedelta(minutes=minutes - 1)).astimezone(here)
    if last.hour * 60 + last.minute == start + minutes - 1:  # neither midnight nor a change between
        return _sort(start, start + minutes)
    found = {_sort(start, end) for _day, start, end in stretches(at, minutes, zone)}
    return next(sort for sort in reversed(Sort) if sort in found)


def _sort(start: int, end: int) -> Sort:
    if start < EDGE[0] or end > EDGE[1]:
        return Sort.NIGHT
    return Sort.DAY if start >= DAY[0] and end <= DAY[1] else Sort.EDGE


def stretches(at: datetime, minutes: int, zone: str) -> Iterator[Stretch]:
    """What a meeting takes of each day of a zone, a stretch more for each change of clocks.

    An hour that the clocks show twice comes twice, one that they leave out never.
    """
    here = clock(zone)
    while minutes > 0:
        local = at.astimezone(here)
        start = local.hour * 60 + local.minute
        most = min(minutes, MIDNIGHT - start)
        if (at + (most - 1) * MINUTE).astimezone(here).utcoffset() != local.utcoffset():
            most = _until_change(at, most, zone)
        yield Stretch(local.date(), start, start + most)
        at, minutes = at + most * MINUTE, minutes - most


def _until_change(at: datetime, minutes: int, zone: str) -> int:
    here = clock(zone)
    before = at.astimezone(here).utcoffset()
    return bisect_left(
        range(minutes),
        True,
        key=lambda n: (at + n * MINUTE).astimezone(here).utcoffset() != before,
    )


def weekend(at: datetime, zone: str, weekend_days: frozenset[int] = WEEKEND) -> bool:
    """Whether an instant falls on a day of rest in a zone; days as `date.weekday` counts them.

    Saturday and Sunday, unless others are given: in several countries people rest on Friday and
    Saturday (4, 5), in some on one day only. The zone does not tell.
    """
    return at.astimezone(clock(zone)).weekday() in weekend_days
