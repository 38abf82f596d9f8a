"""Where the boxes of a graph stand: its connected parts one below the other, what is alone last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.pictures.layers import Pair, joined, layered
from portal.pictures.places import APART, LANE, Part, part
from portal.pictures.routes import Run, Side
from portal.pictures.shapes import one

WIDTH: Final = 214.0  # of a box
HEIGHT: Final = 80.0
GAP: Final = 70.0  # between columns
TIED: Final = 26.0  # between boxes that begin together
BELOW: Final = 44.0  # between parts
BESIDE: Final = 24.0  # between boxes that are alone
LONE_IN_A_ROW: Final = 4
COLUMNS: Final = 3  # what a page has room for; small parts stand side by side up to here
MARGIN: Final = 6.0


@dataclass
class Standing:
    """A side for each thing, and a run for each pair whose ends stand in different columns."""

    units: list[list[int]]
    layer: list[int]
    onward: dict[int, Pair]  # which units each pair leads from and to, left to right
    sides: dict[int, Side] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)

    @property
    def size(self) -> tuple[float, float]:
        """How far it all reaches to the right, and down."""
        right = max((side.x + side.width for side in self.sides.values()), default=0)
        feet = [side.y + side.height for side in self.sides.values()]
        feet += [y + LANE for run in self.runs.values() for _x, y in run.between]
        foot = max(feet, default=0)
        return one(right + MARGIN), one(foot + MARGIN)


@dataclass
class _Shelf:
    # Parts are put beside one another while there are columns left, then on the next shelf.
    columns: int
    used: int = 0
    head: float = MARGIN
    height: float = 0.0

    def room_for(self, columns: int, height: float) -> tuple[int, float]:
        if self.used + columns > self.columns:
            self.head, self.used, self.height = self.foot, 0, 0.0
        place = self.used
        self.used, self.height = place + columns, max(self.height, height)
        return place, self.head

    @property
    def foot(self) -> float:
        return self.head + self.height + BELOW if self.used else self.head


def standing(count: int, ties: Iterable[Pair], pairs: Sequence[Pair]) -> Standing:
    """Find a place for each thing; what ties join stands in one column, one below the other."""
    units = joined(count, ties)
    home = {thing: n for n, unit in enumerate(units) for thing in unit}
    across = {n: (home[a], home[b]) for n, (a, b) in enumerate(pairs) if home[a] != home[b]}
    layer, onward = layered(len(units), list(across.values()))
    found = Standing(units, layer, dict(zip(across, onward, strict=True)))
    sizes = [len(unit) * (HEIGHT + TIED) - TIED for unit in units]
    shelf, alone = _Shelf(max([COLUMNS, *(at + 1 for at in layer)])), list[int]()
    for members in joined(len(units), onward):
        if len(members) == len(units[members[0]]) == 1:
            alone += units[members[0]]
            continue
        here = {n: pair for n, pair in found.onward.items() if pair[0] in set(members)}
        laid = part(members, list(here.values()), layer, sizes)
        place, head = shelf.room_for(max(layer[unit] for unit in members) + 1, laid.height)
        for unit in members:
            layer[unit] += place
        _stand(found, laid, head)
        for n, way in zip(here, laid.ways, strict=True):
            found.runs[n] = _run(found, pairs[n], here[n], [head + middle for middle in way])
    _stand_alone(found, alone, shelf.foot)
    return found


def _column(layer: int) -> float:
    return MARGIN + layer * (WIDTH + GAP)


def _stand(found: Standing, laid: Part, head: float) -> None:
    for unit, top in laid.tops.items():
        for n, thing in enumerate(found.units[unit]):
            y = one(head + top + n * (HEIGHT + TIED))
            found.sides[thing] = Side(_column(found.layer[unit]), y, WIDTH, HEIGHT)


def _run(found: Standing, ends: Pair, units: Pair, heights: Sequence[float]) -> Run:
    against = ends[0] not in found.units[units[0]]
    left, right = ends[::-1] if against else ends
    first = found.layer[units[0]] + 1
    between = tuple((_column(layer), one(y)) for layer, y in enumerate(heights, first))
    return Run(found.sides[left], found.sides[right], between, against)


def _stand_alone(found: Standing, things: Sequence[int], head: float) -> None:
    for n, thing in enumerate(things):
        row, place = divmod(n, LONE_IN_A_ROW)
        x, y = MARGIN + place * (WIDTH + BESIDE), head + row * (HEIGHT + APART)
        found.sides[thing] = Side(x, one(y), WIDTH, HEIGHT)
