"""Times as other people's calendars write them, as instants."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

LOCAL: Final = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})T([0-9]{2}):?([0-9]{2}):?([0-9]{2})?(?:\.[0-9]+)?(Z)?",
    re.IGNORECASE | re.ASCII,
)
LENGTH: Final = re.compile(
    r"\+?P(?:([0-9]{1,3})W)?(?:([0-9]{1,3})D)?"
    r"(?:T(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,6})S)?)?",
    re.IGNORECASE | re.ASCII,
)
OFFSET: Final = re.compile(r"([+-])([0-9]{2})([0-9]{2})(?:[0-9]{2})?", re.ASCII)
LONGEST: Final = timedelta(days=1)
KNOWN: Final = {name.casefold(): name for name in available_timezones()}
WINDOWS: Final = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}


def instant_in(zone: str, value: str, offsets: dict[str, int]) -> datetime | None:
    """The instant of a DATE-TIME; None for a day, and where its zone is not known.

    `offsets` are the zones of the calendar that have one offset the year round (`offsets_in`).
    """
    hit = LOCAL.fullmatch(value.strip())
    if hit is None:
        return None
    here = UTC if hit[7] else _zone(zone, offsets)
    if here is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(n or 0) for n in hit.groups()[:6])
        return datetime(year, month, day, hour, minute, second, tzinfo=here).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def ends_of(starts_at: datetime, until: datetime | None, length: str) -> datetime | None:
    """When it ends, by its end or its length (RFC 5545, 3.3.6); None where neither makes sense."""
    hit = LENGTH.fullmatch(length.strip()) if length else None
    if until is None and hit is not None:
        weeks, days, hours, minutes, seconds = (int(number or 0) for number in hit.groups())
        until = starts_at + timedelta(days, seconds, 0, 0, minutes, hours, weeks)
    if until is None or not timedelta(0) < until - starts_at <= LONGEST:
        return None
    return until


def offsets_in(lines: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The zones of a calendar with one offset the year round, in minutes; takes name and value."""
    zone, found = "", dict[str, set[int]]()
    for name, value in lines:
        if name == "TZID":
            zone = value.casefold()
        elif name == "TZOFFSETTO" and (hit := OFFSET.fullmatch(value.strip())):
            minutes = int(hit[2]) * 60 + int(hit[3])
            found.setdefault(zone, set()).add(-minutes if hit[1] == "-" else minutes)
    return {name: one.pop() for name, one in found.items() if len(one) == 1}


def _zone(name: str, offsets: dict[str, int]) -> tzinfo | None:
    name = name.strip().strip('"').casefold()
    # "/mozilla.org/20050126_1/Europe/Berlin" and "/freeassociation.sourceforge.net/Europe/Berlin":
    # the end of such a name is one that everybody knows.
    pieces = name.strip("/").split("/")
    ends = ("/".join(pieces[-count:]) for count in (3, 2, 1))
    for known in (name, *ends):
        found = KNOWN.get(known) or WINDOWS.get(known)
        if found:
            return ZoneInfo(found)
    if name in offsets:
        return timezone(timedelta(minutes=offsets[name]))
    return None
