"""Who would sit at what hour: a row for each zone, a column for each offered time.

Where they meet stands a day of 24 hours from local midnight, with the meeting at its local hours.
The day rises from low (night) by half (early or late) to full height (day), so that its parts are
told apart without their colour. It goes by the clock on the wall: a change of clocks bends no day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from portal.pictures.marks import SIDE as SIGN
from portal.pictures.shapes import Tick, Words, one, points
from portal.pictures.text_width import SIZE, plain, wrapped
from portal.slots import (
    BANDS,
    SORT_MEANING,
    WEEKEND,
    Offer,
    Shown,
    Side,
    Sort,
    Stretch,
    hour_sort,
    shown,
    stretches,
    weekend,
)

MOST: Final = 12  # zones, and offers, that are drawn
NAMED: Final = 176.0  # what the names of a row take
LEADING: Final = 16.0  # between lines of small letters
MARGIN, BREATH = 6.0, 14.0
LEFT: Final = MARGIN + NAMED + BREATH
SMALL: Final = SIZE - 1
HEAD: Final = 64.0  # what the heads of the columns take
HIGH: Final = 60.0  # of a row
BASE: Final = 16.0  # from the top of a row, or of all, to the first line of words
ABOVE: Final = 24.0  # from the top of a row to its days
TALL: Final = 20.0  # of a day
NARROWEST, WIDEST = 120.0, 240.0  # of a day
ROOM: Final = 720.0  # that the columns share
LEAST: Final = 3.0  # of a meeting however short
RISE: Final = {Sort.NIGHT: 0.3, Sort.EDGE: 0.65, Sort.DAY: 1.0}
MIDNIGHT: Final = 24 * 60
SIGNS: Final = {
    Sort.DAY: "",
    # Half a sun over the horizon; a crescent moon.
    Sort.EDGE: "M1 10.5h12v1.8H1zM3 9.3a4 4 0 0 1 8 0zM6.2 1.8h1.6v2.4H6.2z",
    Sort.NIGHT: "M9.8 1.4a5.9 5.9 0 1 0 2.9 8.3a4.9 4.9 0 0 1-2.9-8.3z",
}
Blocks = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Sitting:
    """A meeting in a zone: when it starts and ends there, and its day of hours with its blocks.

    A block is where it starts and how wide it is; `beyond` are the points of an arrow where the
    meeting goes on after midnight. `words` and `sign` are where the start and the mark stand.
    """

    zone: str
    offer: Offer
    start: Shown
    end: Shown
    sort: Sort
    weekend: bool
    x: float
    y: float
    width: float
    height: float
    blocks: Blocks
    beyond: str
    words: Words
    sign: Words

    @property
    def means(self) -> str:
        """How it sits in the day, to be translated."""
        return SORT_MEANING[self.sort]


@dataclass(frozen=True)
class Row:
    """A zone with the names of its sides, and the lines that stand on the left."""

    zone: str
    sides: tuple[str, ...]
    title: Words
    names: tuple[Words, ...]
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True)
class Column:
    """An offer by its place in the list and its start in the zone of whoever offers."""

    number: int
    offer: Offer
    start: Shown
    x: float
    width: float

    @property
    def lines(self) -> tuple[Words, Words]:
        """Where its day and its time stand."""
        return Words(self.x, BASE, ""), Words(self.x, BASE + LEADING, "")


@dataclass(frozen=True)
class HoursDrawing:
    """Rows and columns; `bands` has a path for all hours of a sort.

    `more_zones` and `more_offers` are how many are not drawn; `more` is where the former stands.
    """

    width: float
    height: float
    zone: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    bands: tuple[tuple[Sort, str], ...]
    more: Words
    more_zones: int
    more_offers: int

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """Every meeting in every zone that is drawn."""
        return tuple(sitting for row in self.rows for sitting in row.sittings)

    @property
    def nights(self) -> tuple[Sitting, ...]:
        """Those at night."""
        return tuple(sitting for sitting in self.sittings if sitting.sort is Sort.NIGHT)

    @property
    def marks(self) -> tuple[tuple[Sort, str, str], ...]:
        """The signs there are, each with its sort and what it means, for the legend."""
        found = {sitting.sort for sitting in self.sittings}
        return tuple((s, SIGNS[s], SORT_MEANING[s]) for s in Sort if s in found and SIGNS[s])

    @property
    def goes_on(self) -> bool:
        """Whether a meeting goes on after midnight, for the legend."""
        return any(sitting.beyond for sitting in self.sittings)

    @property
    def rests(self) -> bool:
        """Whether a meeting falls on a day of rest, for the legend."""
        return any(sitting.weekend for sitting in self.sittings)


def hours(
    offers: Sequence[Offer],
    sides: Iterable[Side],
    zone: str = "UTC",
    weekend_days: frozenset[int] = WEEKEND,
) -> HoursDrawing:
    """Draw offers in the zones of the sides, both in the order given, up to MOST of each.

    `zone` is that of whoever offers: the heads of the columns are in it. Days of rest as in
    `portal.slots.weekend`.
    """
    named: dict[str, list[str]] = {}
    for side in sides:
        named.setdefault(side.zone, []).append(plain(side.name))
    kept = offers[:MOST]
    wide = one(min(WIDEST, max(NARROWEST, ROOM / max(len(kept), 1))))
    columns = tuple(
        Column(n + 1, offer, shown(offer.starts_at, zone), one(LEFT + n * (wide + BREATH)), wide)
        for n, offer in enumerate(kept)
    )
    rows = tuple(
        _row(there, names, one(HEAD + n * HIGH), columns, weekend_days)
        for n, (there, names) in enumerate(list(named.items())[:MOST])
    )
    foot, more = one(HEAD + len(rows) * HIGH), len(named) - len(rows)
    return HoursDrawing(
        width=one(LEFT + len(kept) * (wide + BREATH) + MARGIN),
        height=one(foot + (LEADING if more else 0) + MARGIN),
        zone=zone,
        rows=rows,
        columns=columns,
        ticks=_ticks(columns, foot),
        bands=_bands([sitting for row in rows for sitting in row.sittings]),
        more=Words(MARGIN, one(foot + LEADING * 0.76), ""),
        more_zones=more,
        more_offers=len(offers) - len(kept),
    )


def _row(
    zone: str,
    names: Sequence[str],
    top: float,
    columns: Sequence[Column],
    weekend_days: frozenset[int],
) -> Row:
    title, *_none = wrapped(zone.replace("_", " "), NAMED, 1)
    lines = wrapped(", ".join(names), NAMED, 2, SMALL)
    return Row(
        zone,
        tuple(names),
        Words(MARGIN, one(top + BASE), title),
        tuple(
            Words(MARGIN, one(top + BASE + LEADING * n), line) for n, line in enumerate(lines, 1)
        ),
        tuple(_sitting(zone, column, top, weekend_days) for column in columns),
    )


def _sitting(zone: str, column: Column, top: float, weekend_days: frozenset[int]) -> Sitting:
    offer, x, wide = column.offer, column.x, column.width
    taken = list(stretches(offer.starts_at, offer.minutes, zone))
    first = [part for part in taken if part.day == taken[0].day]
    sort, right, y = hour_sort(offer.starts_at, offer.minutes, zone), x + wide, top + ABOVE
    arrow = (right + 1, y + 3), (right + 8, y + TALL / 2), (right + 1, y + TALL - 3)
    return Sitting(
        zone=zone,
        offer=offer,
        start=shown(offer.starts_at, zone),
        end=shown(offer.ends_at, zone),
        sort=sort,
        weekend=weekend(offer.starts_at, zone, weekend_days),
        x=x,
        y=one(y),
        width=wide,
        height=TALL,
        blocks=_blocks(first, x, wide),
        beyond=points(*arrow) if len(first) < len(taken) else "",
        words=Words(x, one(top + BASE), ""),
        sign=Words(one(right - SIGN), one(top + BASE - SIGN + 1.5), SIGNS[sort]),
    )


def _blocks(taken: Iterable[Stretch], x: float, wide: float) -> Blocks:
    """Where each stretch starts and how wide it is; hours that come twice are drawn once."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((part.start, part.end) for part in taken):
        if joined and start <= joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return tuple(
        (one(x + wide * start / MIDNIGHT), one(max(LEAST, wide * (end - start) / MIDNIGHT)))
        for start, end in joined
    )


def _ticks(columns: Sequence[Column], foot: float) -> tuple[Tick, ...]:
    return tuple(
        Tick(hour, x := one(column.x + column.width * hour / 24), HEAD, x, foot, x, HEAD - 5)
        for column in columns
        for hour in (0, 6, 12, 18)
    )


def _bands(sittings: Sequence[Sitting]) -> tuple[tuple[Sort, str], ...]:
    return tuple(
        (sort, "".join(_band(sitting, sort) for sitting in sittings)) for sort in reversed(Sort)
    )


def _band(sitting: Sitting, sort: Sort) -> str:
    path, high = "", one(TALL * RISE[sort])
    for start, end, found in BANDS:
        if found is sort:
            left = one(sitting.x + sitting.width * start / MIDNIGHT)
            wide = one(sitting.width * (end - start) / MIDNIGHT)
            path += f"M{left} {one(sitting.y + TALL - high)}h{wide}v{high}h{one(-wide)}z"
    return path
