"""How high each thing of a layered graph stands, so that lines run level and nothing overlaps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from portal.pictures.layers import Pair, neighbours, ordered

APART = 22.0  # between two things of a column
ROUNDS = 4
LANE = 8.0  # what a line takes that passes a column


@dataclass(frozen=True)
class Part:
    """A connected part of a graph: the top of each thing, and how high each pair passes columns."""

    tops: dict[int, float]
    ways: list[tuple[float, ...]]
    height: float


@dataclass
class _Columns:
    # Numbers beyond those of the things stand for lines that pass a column on their way.
    rows: list[list[int]] = field(default_factory=list)
    sizes: dict[int, float] = field(default_factory=dict)
    links: list[Pair] = field(default_factory=list)
    ways: list[list[int]] = field(default_factory=list)


def part(
    things: Sequence[int], pairs: Sequence[Pair], layer: Sequence[int], sizes: Sequence[float]
) -> Part:
    """Lay out one connected part; `layer` and `sizes` (heights) go by the number of the thing."""
    columns = _columns(things, pairs, layer, sizes)
    columns.rows = ordered(columns.rows, columns.links)
    middles = _levelled(columns)
    tops = {thing: middles[thing] - columns.sizes[thing] / 2 for thing in columns.sizes}
    head = min(tops.values())
    return Part(
        {thing: tops[thing] - head for thing in things},
        [tuple(middles[n] - head for n in way) for way in columns.ways],
        max(tops[thing] + columns.sizes[thing] for thing in tops) - head,
    )


def _columns(
    things: Sequence[int], pairs: Sequence[Pair], layer: Sequence[int], sizes: Sequence[float]
) -> _Columns:
    made = _Columns([[] for _ in range(max(layer[thing] for thing in things) + 1)])
    for thing in things:
        made.rows[layer[thing]].append(thing)
        made.sizes[thing] = sizes[thing]
    new = len(layer)
    for one, other in pairs:
        between = range(layer[one] + 1, layer[other])
        way = list(range(new, new + len(between)))
        for n, column in zip(way, between, strict=True):
            made.rows[column].append(n)
            made.sizes[n] = LANE
        made.ways.append(way)
        made.links += zip([one, *way], [*way, other], strict=True)
        new += len(between)
    return made


def _levelled(columns: _Columns) -> dict[int, float]:
    before, after = neighbours(columns.links)
    middles: dict[int, float] = {}
    for row in columns.rows:
        sizes = [columns.sizes[n] for n in row]
        middles.update(zip(row, settled([0.0] * len(row), sizes), strict=True))
    for _ in range(ROUNDS):
        for near, rows in ((before, columns.rows), (after, columns.rows[::-1])):
            for row in rows:
                wanted = [
                    sum(middles[m] for m in near[n]) / len(near[n]) if n in near else middles[n]
                    for n in row
                ]
                sizes = [columns.sizes[n] for n in row]
                middles.update(zip(row, settled(wanted, sizes), strict=True))
    return middles


def settled(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Middles in this order and APART, together as near to those wanted as can be.

    Least squares under an order: neighbours that would be too near are pooled at their mean
    (pool adjacent violators; Barlow and others, 1972).
    """
    ahead = [0.0]
    for one, other in pairwise(sizes):
        ahead.append(ahead[-1] + (one + other) / 2 + APART)
    pools: list[tuple[float, int]] = []
    for middle, offset in zip(wanted, ahead, strict=True):
        mean, count = middle - offset, 1
        while pools and pools[-1][0] >= mean:
            other, more = pools.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        pools.append((mean, count))
    level = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(level, ahead, strict=True)]
