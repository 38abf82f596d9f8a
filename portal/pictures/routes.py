"""Lines between boxes: from right side to left side, level where they pass a column."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.pictures.shapes import one, points

ARROW: Final = (10.0, 5.0)  # long, and half as wide
TWIN = 2.5  # half of what lies between the strokes of a double line
TIE_BOW: Final = (14.0, 22.0)  # how far from the corners of its boxes, how far out
BOW: Final = (28.0, 34.0)


@dataclass(frozen=True)
class Side:
    """A box as lines see it."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Run:
    """A line from a box to one further right, with its height in each column (x) between.

    `against`: the arrow stands at the left end, since the order of the columns is the other way.
    """

    left: Side
    right: Side
    between: tuple[tuple[float, float], ...]
    against: bool = False


@dataclass(frozen=True)
class Drawn:
    """A line as an SVG path, its arrow as an SVG polygon ("" for none), a place for its words."""

    path: str
    arrow: str
    label_x: float
    label_y: float


def runs(given: Sequence[Run]) -> list[Drawn]:
    """The lines, spread over the sides of their boxes so that each has an end of its own."""
    leaving: dict[Side, list[tuple[float, int]]] = {}
    coming: dict[Side, list[tuple[float, int]]] = {}
    for n, run in enumerate(given):
        heights = [run.left.middle, *(y for _x, y in run.between), run.right.middle]
        leaving.setdefault(run.left, []).append((heights[1], n))
        coming.setdefault(run.right, []).append((heights[-2], n))
    starts, ends = _spread(leaving), _spread(coming)
    return [_run(run, starts[n], ends[n]) for n, run in enumerate(given)]


def _spread(sides: dict[Side, list[tuple[float, int]]]) -> dict[int, float]:
    return {
        n: side.y + side.height * (place + 1) / (len(lines) + 1)
        for side, lines in sides.items()
        for place, (_height, n) in enumerate(sorted(lines))
    }


def _run(run: Run, start: float, end: float) -> Drawn:
    first, last = run.left.x + run.left.width, run.right.x
    x, y = (first + ARROW[0], start) if run.against else (first, start)
    path = [f"M{one(x)} {one(y)}"]
    goal = (last, end) if run.against else (last - ARROW[0], end)
    stops = [
        *((at, at + run.left.width, height) for at, height in run.between),
        (*goal[:1], 0, end),
    ]
    label = (x + stops[0][0]) / 2, (y + stops[0][2]) / 2 + 4.5
    for near, far, height in stops:
        half = (x + near) / 2
        path.append(f"C{one(half)} {one(y)} {one(half)} {one(height)} {one(near)} {one(height)}")
        if far:
            path.append(f"H{one(far)}")
        x, y = far, height
    tip, back = ((first, start), ARROW[0]) if run.against else ((last, end), -ARROW[0])
    return Drawn("".join(path), _arrow(tip, back), one(label[0]), one(label[1]))


def _arrow(tip: tuple[float, float], back: float) -> str:
    return points(tip, (tip[0] + back, tip[1] - ARROW[1]), (tip[0] + back, tip[1] + ARROW[1]))


def tie(one_end: Side, other: Side) -> Drawn:
    """A double line without direction between two boxes of a column; a bow past any in between."""
    upper, lower = sorted((one_end, other), key=lambda side: side.y)
    foot = upper.y + upper.height
    if lower.y - foot < lower.height:
        x = upper.x + upper.width / 2
        strokes = [f"M{one(at)} {one(foot)}V{one(lower.y)}" for at in (x - TWIN, x + TWIN)]
        return Drawn("".join(strokes), "", one(x), one((foot + lower.y) / 2 + 5))
    inset, bulge = TIE_BOW
    right, start, end = upper.x + upper.width, foot - inset, lower.y + inset
    strokes = [_bowed(right, start + by, end - by, bulge - by, right) for by in (0.0, 2 * TWIN)]
    return Drawn("".join(strokes), "", one(right + bulge), one((start + end) / 2))


def bow(before: Side, after: Side) -> Drawn:
    """A line with an arrow between two boxes of one column, on their right."""
    right, down = before.x + before.width, before.y < after.y
    inset, bulge = BOW
    start = before.y + (before.height - inset if down else inset)
    end = after.y + (inset if down else after.height - inset)
    path = _bowed(right, start, end, bulge, right + ARROW[0])
    return Drawn(path, _arrow((right, end), ARROW[0]), one(right + bulge), one((start + end) / 2))


def _bowed(right: float, start: float, end: float, bulge: float, goal: float) -> str:
    far = one(right + bulge)
    return f"M{one(right)} {one(start)}C{far} {one(start)} {far} {one(end)} {one(goal)} {one(end)}"
