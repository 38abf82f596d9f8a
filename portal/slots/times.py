"""A time on the wall of a zone, the instant that it is, and how an instant reads in a zone.

Zones are names of the tz database. A wall time keeps its reading: when a country changes its rules,
it is the instant that moves. An instant never moves.
"""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from portal.days import ZONES, known_zone
from portal.words import N_


@dataclass(frozen=True)
class Wall:
    """What the clock on the wall of a zone shows; `local` carries no zone of its own."""

    local: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.local.tzinfo is not None:
            raise ValueError("a local time has no zone of its own")


@dataclass(frozen=True)
class Shown:
    """How an instant reads in a zone, such as 5 May, 14:00, EEST, UTC+03:00, Europe/Helsinki.

    `abbreviation` is "" where the zone has none (the tz database then repeats the offset).
    """

    day: date
    time: str
    abbreviation: str
    offset: str
    zone: str

    @property
    def name(self) -> str:
        """What the zone is called then: its abbreviation, else its offset."""
        return self.abbreviation or self.offset


# zoneinfo itself may forget all but the last eight, and reads the file of a zone anew then.
CLOCKS: Final = {zone: ZoneInfo(zone) for zone in ZONES}


def clock(zone: str) -> ZoneInfo:
    """The rules of a zone; raises ZoneInfoNotFoundError for one that there is not."""
    return CLOCKS.get(zone) or ZoneInfo(zone)


def instant_of(wall: Wall) -> datetime:
    """The instant, in UTC, at which the clock shows this; the first one if it does so twice.

    A time that is left out, since the rules changed after it was taken, is read by the offset from
    before the gap, as in RFC 5545 (3.3.5): 02:30 becomes what is then called 03:30.
    """
    return wall.local.replace(tzinfo=clock(wall.zone), fold=0).astimezone(UTC)


def problem_of(local: datetime, zone: str) -> str | None:
    """Why a local time cannot be offered in a zone, as a message; None where it can."""
    if not known_zone(zone):
        return N_("Choose a zone from the list.")
    if not MINYEAR < local.year < MAXYEAR:
        return N_("This day is too far away.")
    first, second = _offsets(local, zone)
    if first < second:
        return N_("This time does not exist in that zone: the clocks go forward over it.")
    return None


def twice(local: datetime, zone: str) -> bool:
    """Whether the clocks of a zone show a local time twice, since they go back over it."""
    first, second = _offsets(local, zone)
    return first > second


def _offsets(local: datetime, zone: str) -> tuple[timedelta, timedelta]:
    # PEP 495: by the rules before a change and after it; the same where there is no change.
    aware = local.replace(tzinfo=clock(zone))
    first, second = (aware.replace(fold=fold).utcoffset() for fold in (0, 1))
    return first or timedelta(), second or timedelta()


def shown(at: datetime, zone: str) -> Shown:
    """How an aware instant reads in a zone."""
    local = at.astimezone(clock(zone))
    time = f"{local.hour:02}:{local.minute:02}"
    return Shown(local.date(), time, _abbreviation(local), _offset(local), zone)


def name_of(local: datetime) -> str:
    """What the zone of an aware instant is called then: its abbreviation, else its offset."""
    return _abbreviation(local) or _offset(local)


def _abbreviation(local: datetime) -> str:
    name = local.tzname() or ""
    return name if name[:1].isalpha() else ""


def _offset(local: datetime) -> str:
    offset = local.utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"UTC{'-' if offset < timedelta() else '+'}{hours:02}:{minutes:02}"
