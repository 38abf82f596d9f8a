"""Whom to call now: a pure function over hours, zones, languages and the order of deputies.

A shift is read on the clocks of its place: one from 22:00 to 06:00 is an hour shorter or longer in
the night in which they change, and nobody is called outside what these clocks show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
WEEK: Final = 7


class Shift(NamedTuple):
    """From when until when on a day of the week (0 is Monday), both in `HH:MM`.

    One that ends no later than it begins ends on the next day; 00:00 to 00:00 is the whole day.
    """

    day: int
    begins: str
    ends: str


@dataclass(frozen=True)
class OnCall:
    """Who can be called: a contact point, as far as hours, languages and order are concerned.

    `place` is its order, and `key` decides among equal ones. `group` is whom it deputises for: one
    organisation and one purpose.
    """

    key: int
    group: tuple[Any, ...]
    place: int
    zone: str
    shifts: tuple[Shift, ...]
    round_the_clock: bool = False
    languages: tuple[str, ...] = ()


def shifts_of(kept: Iterable[Sequence[Any]]) -> tuple[Shift, ...]:
    """Shifts as they are kept in a row."""
    return tuple(Shift(int(day), str(begins), str(ends)) for day, begins, ends in kept)


def is_on_duty(entry: OnCall, now: datetime) -> bool:
    """Whether it may be called at this instant: within its hours, or at any if it agreed to that.

    `now` is an aware instant.
    """
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
    return tuple(sorted(there, key=lambda entry: _turn(entry, language)))


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
    shifts = ((shift, on) for on in days for shift in entry.shifts if shift.day == on.weekday())
    found = (at for shift, on in shifts for at in _beginnings(entry, shift, on) if at > now)
    return min(found, default=None)


def _beginnings(entry: OnCall, shift: Shift, on: date) -> list[datetime]:
    # Clocks that go back show a beginning twice; those that go forward may never show it, and the
    # shift begins as they are put forward, if it lasts beyond that.
    begins = datetime.combine(on, time.fromisoformat(shift.begins), ZoneInfo(entry.zone))
    first, last = (begins.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= last:
        return [first, last]
    minutes = (last + n * MINUTE for n in range(int((first - last) / MINUTE) + 1))
    return [at for at in minutes if is_on_duty(entry, at)][:1]
