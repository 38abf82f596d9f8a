"""Times that are fair to all delegations, with the reasons why they are suggested."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from portal.errors import Said
from portal.slots.answers import Offer, Side
from portal.slots.fair import Sort, hour_sort, weekend
from portal.slots.reasons import named, of_nights
from portal.slots.times import Wall, instant_of, problem_of
from portal.words import N_

AHEAD: Final = 14  # days that are looked at
MOST: Final = 6
MOST_A_DAY: Final = 2
STEPS: Final = 24  # hours of a day at which a meeting could begin


@dataclass(frozen=True)
class Suggested:
    """A time in the zone of the dialogue, and what speaks for it or against it."""

    local: datetime
    reasons: tuple[Said | str, ...]

    @property
    def key(self) -> str:
        """As a form sends it."""
        return f"{self.local:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True)
class _Fit:
    """How a time sits in the days of the sides."""

    local: datetime
    at: datetime
    nights: tuple[Side, ...]
    edges: tuple[Side, ...]
    resting: tuple[Side, ...]


def suggest(
    first: date,
    zone: str,
    minutes: int,
    sides: Sequence[Side],
    now: datetime,
    without: Collection[datetime] = (),
) -> list[Suggested]:
    """The fairest times of two weeks from this day, soonest first; none where there are no sides.

    Fewest at night, fewest on a day of rest, fewest early or late; where a night cannot be avoided
    it is not always the same delegation that has it. At most two a day, and none of `without`.
    """
    if not sides:
        return []
    left = [fit for fit in _fits(first, zone, minutes, sides, now) if fit.local not in without]
    chosen: list[_Fit] = []
    borne: Counter[int] = Counter()
    days: Counter[date] = Counter()
    hours: Counter[int] = Counter()
    while left and len(chosen) < MOST:
        best = min(left, key=lambda fit: _order(fit, borne, days, hours))
        if chosen and len(best.nights) > len(chosen[0].nights):
            break
        chosen.append(best)
        borne.update(side.key for side in best.nights)
        days[best.local.date()] += 1
        hours[best.local.hour] += 1
        left = [
            fit
            for fit in left
            if days[fit.local.date()] < MOST_A_DAY and not _overlap(fit, best, minutes)
        ]
    chosen.sort(key=lambda fit: fit.at)
    return [Suggested(fit.local, _reasons(fit, minutes, sides)) for fit in chosen]


def _fits(first: date, zone: str, minutes: int, sides: Sequence[Side], now: datetime) -> list[_Fit]:
    found = []
    for n in range(AHEAD * STEPS):
        local = datetime.combine(first + timedelta(days=n // STEPS), time(n % STEPS))
        if problem_of(local, zone) is not None:
            continue
        at = instant_of(Wall(local, zone))
        if at > now:
            found.append(_fit(local, at, minutes, sides))
    return found


def _fit(local: datetime, at: datetime, minutes: int, sides: Sequence[Side]) -> _Fit:
    zones = dict.fromkeys(side.zone for side in sides)
    sorts = {zone: hour_sort(at, minutes, zone) for zone in zones}
    rests = {zone: weekend(at, zone) for zone in zones}
    return _Fit(
        local,
        at,
        tuple(side for side in sides if sorts[side.zone] is Sort.NIGHT),
        tuple(side for side in sides if sorts[side.zone] is Sort.EDGE),
        tuple(side for side in sides if rests[side.zone]),
    )


def _order(
    fit: _Fit, borne: Counter[int], days: Counter[date], hours: Counter[int]
) -> tuple[int, ...]:
    again = sum(borne[side.key] for side in fit.nights)
    required = sum(side.required for side in fit.nights)
    counts = len(fit.nights), required, len(fit.resting), again, len(fit.edges)
    spread = days[fit.local.date()], hours[fit.local.hour]
    return (*counts, *spread, int(fit.at.timestamp()))


def _overlap(one: _Fit, other: _Fit, minutes: int) -> bool:
    return abs(one.at - other.at) < timedelta(minutes=max(minutes, 120))


def _reasons(fit: _Fit, minutes: int, sides: Sequence[Side]) -> tuple[Said | str, ...]:
    offer = Offer(0, fit.at, minutes)
    names = [side.name for side in fit.edges]
    rests = [side.name for side in fit.resting]
    found: list[Said | str] = []
    if not fit.nights and not fit.edges:
        found.append(N_("In the day for every delegation"))
    elif not fit.nights:
        found.append(N_("At night for nobody"))
    else:
        found.append(of_nights(offer, fit.nights))
    if names:
        found.append(Said(N_("Early or late for: %(who)s"), who=named(names, len(names))))
    if rests:
        found.append(Said(N_("Weekend for: %(who)s"), who=named(rests, len(rests))))
    if fit.nights and len(fit.nights) < len(sides):
        found.append(N_("No other hour is at night for fewer delegations"))
    return tuple(found)
