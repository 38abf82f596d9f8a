"""A week of hours in which a date is looked for: what each hour would be for each delegation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from portal.days import place_of
from portal.slots.answers import Side
from portal.slots.fair import Sort, hour_sort
from portal.slots.times import Shown, Wall, instant_of, problem_of, shown

DAYS: Final = 7
DAY: Final = timedelta(days=1)
MOST_ZONES: Final = 12  # that have a column of their own beside the hours
# The worst sort of a time decides how it is shown.
WORST: Final = {Sort.DAY: 0, Sort.EDGE: 1, Sort.NIGHT: 2}


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a day that can be chosen; `nights` is for how many delegations it is at night."""

    local: datetime
    sort: Sort
    nights: int

    @property
    def key(self) -> str:
        """As a form sends it."""
        return f"{self.local:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True)
class Place:
    """A time zone with its city and the delegations that are there."""

    zone: str
    city: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """An hour: its cell on each day (None where it cannot be chosen), and what it is elsewhere."""

    hour: str
    cells: tuple[Cell | None, ...]
    there: tuple[Shown, ...]
    sorts: tuple[Sort, ...]


@dataclass(frozen=True)
class Week:
    """The hours of seven days in the zone of a dialogue, and in the zones of its delegations.

    `city` is that of the dialogue's zone. The hours elsewhere are those of the first day; `shifts`
    is whether the clocks of one of the zones change against the others within the week.
    """

    city: str
    days: tuple[date, ...]
    rows: tuple[Row, ...]
    places: tuple[Place, ...]
    more_places: int
    shifts: bool

    @property
    def before(self) -> date:
        """The first day of the week before."""
        return self.days[0] - DAYS * DAY

    @property
    def after(self) -> date:
        """The first day of the week after."""
        return self.days[0] + DAYS * DAY


def places_of(sides: Sequence[Side]) -> list[Place]:
    """The zones of the sides, in their order, with those who are there."""
    named: dict[str, list[str]] = {}
    for side in sides:
        named.setdefault(side.zone, []).append(side.name)
    return [Place(zone, place_of(zone), tuple(names)) for zone, names in named.items()]


def week_of(first: date, zone: str, minutes: int, sides: Sequence[Side], now: datetime) -> Week:
    """The week that begins on this day, for a meeting of this length planned in this zone."""
    days = tuple(first + n * DAY for n in range(DAYS))
    places = places_of(sides)
    drawn = places[:MOST_ZONES]
    return Week(
        place_of(zone),
        days,
        tuple(_row(hour, days, zone, minutes, places, now) for hour in range(24)),
        tuple(drawn),
        len(places) - len(drawn),
        _shifts(days, [zone, *(place.zone for place in places)]),
    )


def cell_of(
    local: datetime, zone: str, minutes: int, places: Sequence[Place], now: datetime
) -> Cell | None:
    """What a local time would be for those at these places; None where it cannot be chosen."""
    if problem_of(local, zone) is not None:
        return None
    at = instant_of(Wall(local, zone))
    if at <= now:
        return None
    sorts = [(hour_sort(at, minutes, place.zone), len(place.names)) for place in places]
    worst = max((sort for sort, _count in sorts), key=WORST.__getitem__, default=Sort.DAY)
    return Cell(local, worst, sum(count for sort, count in sorts if sort is Sort.NIGHT))


def _row(
    hour: int,
    days: Sequence[date],
    zone: str,
    minutes: int,
    places: Sequence[Place],
    now: datetime,
) -> Row:
    at = instant_of(Wall(datetime.combine(days[0], time(hour)), zone))
    drawn = places[:MOST_ZONES]
    return Row(
        f"{hour:02}:00",
        tuple(
            cell_of(datetime.combine(day, time(hour)), zone, minutes, places, now) for day in days
        ),
        tuple(shown(at, place.zone) for place in drawn),
        tuple(hour_sort(at, minutes, place.zone) for place in drawn),
    )


def _shifts(days: Sequence[date], zones: Sequence[str]) -> bool:
    def offsets(day: date) -> list[str]:
        at = instant_of(Wall(datetime.combine(day, time(12)), zones[0]))
        return [shown(at, zone).offset for zone in zones]

    return offsets(days[0]) != offsets(days[-1])


@dataclass(frozen=True)
class Reading:
    """A time as it reads where it is planned and, by place, as it reads there."""

    at: datetime
    here: Shown
    there: tuple[tuple[Place, Shown, Sort], ...]

    @property
    def nights(self) -> tuple[str, ...]:
        """The delegations for which it is at night."""
        return tuple(
            name for place, _at, sort in self.there if sort is Sort.NIGHT for name in place.names
        )


def local_hours(
    instants: Sequence[datetime], minutes: int, zone: str, sides: Sequence[Side]
) -> list[Reading]:
    """These times in the zones of the sides: who would sit there at which hour."""
    places = places_of(sides)
    return [
        Reading(
            at,
            shown(at, zone),
            tuple((p, shown(at, p.zone), hour_sort(at, minutes, p.zone)) for p in places),
        )
        for at in instants
    ]
