"""Whom to call now: a pure function over hours, zones, languages and the order of deputies.

A shift is read on the clocks of its place: one from 22:00 to 06:00 is an hour shorter or longer in
the night in which they change, and nobody is called outside what these clocks show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
WEEK: Final = 7
# When somebody who stands in for another is asked without having agreed to any hour.
MORNING: Final = time(7)
EVENING: Final = time(22)


class Shift(NamedTuple):
    """From when until when on a day of the week (0 is Monday), both in `HH:MM`.

    One that ends no later than it begins ends on the next day; 00:00 to 00:00 is the whole day.
    """

    day: int
    begins: str
    ends: str


@dataclass(frozen=True)
class Absent:
    """Whoever holds a position is away until an instant, and who is asked in their place.

    `person` is the key of the alternate, 0 where nobody is asked: they are away themselves. They
    are asked by day on their own clocks, at night only if they agreed to that (`nights`).
    """

    until_at: datetime
    person: int
    zone: str
    nights: bool = False
    name: str = ""

    def may_be_asked(self, now: datetime) -> bool:
        """Whether somebody can be asked there now: whoever is back, or the alternate."""
        return now >= self.until_at or (self.person != 0 and (self.nights or self._by_day(now)))

    def _by_day(self, now: datetime) -> bool:
        return MORNING <= now.astimezone(ZoneInfo(self.zone)).time() < EVENING


@dataclass(frozen=True)
class OnCall:
    """Who can be called: a contact point, as far as hours, languages and order are concerned.

    `place` is its order, and `key` decides among equal ones. `group` is whom it deputises for: one
    organisation and one purpose. `holder` is the key of the person, 0 for a bare position; while
    they are away (`absent`) their alternate is asked in their place.
    """

    key: int
    group: tuple[Any, ...]
    place: int
    zone: str
    shifts: tuple[Shift, ...]
    round_the_clock: bool = False
    languages: tuple[str, ...] = ()
    holder: int = 0
    absent: Absent | None = None

    def person_at(self, now: datetime) -> int:
        """The key of whoever answers at this instant; 0 for a position without a person."""
        away = self.absent
        return self.holder if away is None or now >= away.until_at else away.person


def shifts_of(kept: Iterable[Sequence[Any]]) -> tuple[Shift, ...]:
    """Shifts as they are kept in a row."""
    return tuple(Shift(int(day), str(begins), str(ends)) for day, begins, ends in kept)


def is_on_duty(entry: OnCall, now: datetime) -> bool:
    """Whether it may be called at this instant: within its hours, or at any if it agreed to that.

    Never where whoever holds it is away and nobody can be asked in their place. `now` is an aware
    instant.
    """
    if entry.absent is not None and not entry.absent.may_be_asked(now):
        return False
    if entry.round_the_clock:
        return True
    local = now.astimezone(ZoneInfo(entry.zone))
    return any(_holds(shift, local.weekday(), local.time()) for shift in entry.shifts)


def _holds(shift: Shift, day: int, at: time) -> bool:
    begins, ends = time.fromisoformat(shift.begins), time.fromisoformat(shift.ends)
    if begins < ends:
        return day == shift.day and begins <= at < ends
    return (day == shift.day and at >= begins) or (day == (shift.day + 1) % WEEK and at < ends)


def chain(rota: Iterable[OnCall], now: datetime, language: str = "") -> tuple[OnCall, ...]:
    """Of one group who is called now, in the order in which they are tried.

    Only who is on duty stands in it. With a language those who speak it come first, and the others
    follow in their order: in an emergency a call in another language is better than none.
    """
    there = [entry for entry in rota if is_on_duty(entry, now)]
    turns = sorted(there, key=lambda entry: _turn(entry, language))
    return tuple(entry for n, entry in enumerate(turns) if not _asked_already(entry, turns, n, now))


def _asked_already(entry: OnCall, turns: Sequence[OnCall], n: int, now: datetime) -> bool:
    # Who stands in for somebody is asked once: as themselves, or in the first of those places.
    person = entry.person_at(now)
    if person == entry.holder:
        return False
    own = any(one.holder == person and one.person_at(now) == person for one in turns)
    return own or any(one.person_at(now) == person for one in turns[:n])


def _turn(entry: OnCall, language: str) -> tuple[bool, int, int]:
    return bool(language) and language not in entry.languages, entry.place, entry.key


def chains(
    rota: Iterable[OnCall], now: datetime, language: str = ""
) -> dict[tuple[Any, ...], tuple[OnCall, ...]]:
    """The chain of each group; one in which nobody is on duty has an empty one."""
    groups: dict[tuple[Any, ...], list[OnCall]] = {}
    for entry in rota:
        groups.setdefault(entry.group, []).append(entry)
    return {group: chain(each, now, language) for group, each in groups.items()}


def next_opening(entry: OnCall, now: datetime) -> datetime | None:
    """When it is on duty next, in UTC; None where it never is, `now` where it is."""
    if is_on_duty(entry, now):
        return now
    today = now.astimezone(ZoneInfo(entry.zone)).date()
    # A day more than a week: the shift of today may have begun already.
    days = [today + ahead * DAY for ahead in range(WEEK + 1)]
    if entry.absent is not None:
        return _next_of_absent(entry, entry.absent, days, now)
    shifts = ((shift, on) for on in days for shift in entry.shifts if shift.day == on.weekday())
    found = (at for shift, on in shifts for at in _beginnings(entry, shift, on) if at > now)
    return min(found, default=None)


def _next_of_absent(
    entry: OnCall, absent: Absent, days: Sequence[date], now: datetime
) -> datetime | None:
    # A shift begins, the day of the alternate begins, or whoever was away is back.
    back, zone = replace(entry, absent=None), ZoneInfo(absent.zone)
    shifts = ((shift, on) for on in days for shift in entry.shifts if shift.day == on.weekday())
    at = [begins for shift, on in shifts for begins in _beginnings(back, shift, on)]
    at += [datetime.combine(on, MORNING, zone).astimezone(UTC) for on in days]
    found = [one for one in at if one > now and is_on_duty(entry, one)]
    after = next_opening(back, max(now, absent.until_at))
    return min([*found, *([] if after is None else [after])], default=None)


def _beginnings(entry: OnCall, shift: Shift, on: date) -> list[datetime]:
    # Clocks that go back show a beginning twice; those that go forward may never show it, and the
    # shift begins as they are put forward, if it lasts beyond that.
    begins = datetime.combine(on, time.fromisoformat(shift.begins), ZoneInfo(entry.zone))
    first, last = (begins.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= last:
        return [first, last]
    minutes = (last + n * MINUTE for n in range(int((first - last) / MINUTE) + 1))
    return [at for at in minutes if is_on_duty(entry, at)][:1]
