"""A due day is a day in a zone: when it is over there, and which day the next round is due.

Zones are names of the tz database; a day may there be 23 or 25 hours long, lack its midnight, have
it twice, or be left out of the calendar altogether. A day is over where the next one begins for
good, and late begins at that very instant.
"""

from bisect import bisect_left
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from models.vocabulary import N_

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
# Short names ("EST", "localtime") are left out: they are old, or differ from machine to machine.
ZONES: Final = frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
EVERY: Final = {
    "": N_("Once"),
    "week": N_("Every week"),
    "month": N_("Every month"),
    "quarter": N_("Every three months"),
    "year": N_("Every year"),
}
MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def known_zone(zone: str) -> bool:
    """Whether this is a zone by region and place ("Europe/Helsinki"), or UTC."""
    return zone in ZONES


def day_of(at: datetime, zone: str) -> date:
    """The day that an aware instant falls on in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def end_of(day: date, zone: str) -> datetime:
    """The instant, in UTC, from which on it is after that day in the zone.

    A day that the zone left out (30 December 2011 in Pacific/Apia) ends where the one before does.
    """
    midnight = datetime.combine(day + DAY, time(), ZoneInfo(zone))
    readings = [midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    # The two differ where clocks went back over midnight (it is there twice) or forward (never).
    first, last = min(readings), max(readings)
    if day_of(last - SECOND, zone) <= day:
        return last
    seconds = range(int((last - first).total_seconds()))
    return first + SECOND * bisect_left(
        seconds, True, key=lambda n: day_of(first + SECOND * n, zone) > day
    )


def last_day(end: datetime, zone: str) -> date:
    """The day of a zone that ends at an instant, as `end_of` gave it."""
    return day_of(end - SECOND, zone)


def ends_a_day(at: datetime, zone: str) -> bool:
    """Whether an instant is the end of a day of a zone, and no time that somebody chose."""
    return end_of(last_day(at, zone), zone) == at


def days_overdue(end: datetime, zone: str, now: datetime) -> int:
    """How many days of its zone ago a day deadline passed; 0 or less while it has not."""
    return (day_of(now, zone) - last_day(end, zone)).days


def place_of(zone: str) -> str:
    """The place that a zone is named after, such as Helsinki or Buenos Aires."""
    return zone.rpartition("/")[2].replace("_", " ")


def has_passed(day: date | None, zone: str, now: datetime) -> bool:
    """Whether a day that somebody types as a deadline is over in its zone."""
    return day is not None and day < day_of(now, zone)


def following(day: date, every: str, anchor: int) -> date:
    """The day of the round after this one; `anchor` is the day of the month of the first round.

    As in RFC 5545 (RRULE with FREQ and INTERVAL), but a month too short for the anchor is not left
    out: it gives its last day (SKIP=BACKWARD of RFC 7529), and the anchor returns in longer ones.
    Raises ValueError for what has no next round.
    """
    if every == "week":
        return day + 7 * DAY
    if every not in MONTHS:
        raise ValueError(f"{every!r} has no next round")
    years, month = divmod(day.month - 1 + MONTHS[every], 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(anchor, monthrange(year, month)[1]))
