"""Two accounts over time, side by side: what was reported, what was found, and when they differ.

Each stays where it is until it speaks again. "No evidence" is no step of the scale: it has a lane
of its own, and no line leads to or from it. Below lies a strip where the latest of both differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Final, Literal

from portal.pictures.shapes import one, points, stripes

Account = Literal["report", "finding"]
ACCOUNTS: Final[tuple[Account, ...]] = ("report", "finding")
LANES: Final = (3, 2, 1, 0, None)  # full, intermediate, minimal, not begun; no evidence
WIDTH: Final = 640.0
LEFT, RIGHT = 128.0, 584.0
TOP: Final = 24.0
LANE: Final = 46.0
ASIDE: Final = {"report": -6.0, "finding": 6.0}  # so that neither hides the other
SIGN: Final = 5.5
STRIP: Final = 14.0  # how high the strip of differences is
STRIP_TOP: Final = TOP + LANE * 5 + 12.0
DAY: Final = timedelta(days=1)
MOST_TICKS: Final = 5

Differing = tuple[float, float, float, float]


@dataclass(frozen=True)
class Point:
    """What a account said at an instant: 0 not begun to 3 full, None for no evidence."""

    at: datetime
    account: Account
    level: int | None


@dataclass(frozen=True)
class Lane:
    """A step of the scale (None for no evidence) and how high it lies."""

    level: int | None
    y: float


@dataclass(frozen=True)
class Spoken:
    """A point at its place; `sign` is the SVG polygon of a finding, "" for the disc of a report."""

    point: Point
    x: float
    y: float
    sign: str


@dataclass(frozen=True)
class Apart:
    """A time during which the two differ, as a part of the strip, with stripes."""

    x: float
    y: float
    width: float
    height: float
    stripes: str


@dataclass(frozen=True)
class Instant:
    """An instant below the picture."""

    at: datetime
    x: float


@dataclass(frozen=True)
class AccountsDrawing:
    """Lanes, a path for each account, its points, when the two differ, and the area between."""

    width: float
    height: float
    strip: float
    left: float
    right: float
    lanes: tuple[Lane, ...]
    paths: tuple[tuple[Account, str], ...]
    spoken: tuple[Spoken, ...]
    apart: tuple[Apart, ...]
    between: str
    instants: tuple[Instant, ...]

    def last(self, account: Account) -> Point | None:
        """What a account said last."""
        said = [mark.point for mark in self.spoken if mark.point.account == account]
        return said[-1] if said else None


@dataclass(frozen=True)
class _Scale:
    first: datetime
    span: timedelta

    def x(self, at: datetime) -> float:
        return one(LEFT + (RIGHT - LEFT) * ((at - self.first) / self.span))


def height_of(level: int | None) -> float:
    """How high a step of the scale lies; no evidence lies apart, below."""
    place = LANES.index(level)
    return TOP + LANE * place + (LANE / 2 if level is None else 0)


def accounts(said: Sequence[Point], until: datetime) -> AccountsDrawing:
    """Draw what was said up to an instant (that of the reader, mostly), in whatever order given."""
    said = sorted(said, key=lambda point: point.at)
    first = said[0].at if said else until
    last = max([until, *(point.at for point in said)])
    scale = _Scale(first, max(last - first, DAY))
    differing = _differing(said, scale, last)
    return AccountsDrawing(
        WIDTH,
        one(STRIP_TOP + STRIP + 36),
        STRIP_TOP + STRIP / 2,
        LEFT,
        RIGHT,
        tuple(Lane(level, height_of(level)) for level in LANES),
        tuple((account, _path(said, account, scale, last)) for account in ACCOUNTS),
        tuple(_spoken(point, scale) for point in said),
        _apart(differing),
        "".join(f"M{start} {low}H{end}V{high}H{start}Z" for start, end, low, high in differing),
        _instants(scale),
    )


def _place(point: Point, scale: _Scale) -> tuple[float, float]:
    return scale.x(point.at), height_of(point.level) + ASIDE[point.account]


def _path(said: Sequence[Point], account: Account, scale: _Scale, last: datetime) -> str:
    path, before = "", None
    for point in (point for point in said if point.account == account):
        x, y = _place(point, scale)
        if before is None:
            path = f"M{x} {y}"
        else:
            on_the_scale = (before.level is None) == (point.level is None)
            path += f"H{x}{'V' if on_the_scale else f'M{x} '}{y}"
        before = point
    return f"{path}H{scale.x(last)}" if path else ""


def _spoken(point: Point, scale: _Scale) -> Spoken:
    x, y = _place(point, scale)
    far = SIGN + 1.5
    diamond = points((x, y - far), (x + far, y), (x, y + far), (x - far, y))
    return Spoken(point, x, y, diamond if point.account == "finding" else "")


def _differing(said: Sequence[Point], scale: _Scale, last: datetime) -> list[Differing]:
    """From where to where the latest statements of the accounts differ, and how high each lies."""
    found, latest = [], dict[str, Point]()
    for point, following in zip_longest(said, said[1:]):
        latest[point.account] = point
        start, end = scale.x(point.at), scale.x(following.at if following else last)
        if len({spoken.level for spoken in latest.values()}) == len(ACCOUNTS) and end > start:
            low, high = sorted(_place(spoken, scale)[1] for spoken in latest.values())
            found.append((start, end, low, high))
    return found


def _apart(differing: Sequence[Differing]) -> tuple[Apart, ...]:
    times: list[tuple[float, float]] = []
    for start, end, _low, _high in differing:
        if times and times[-1][1] == start:
            start = times.pop()[0]
        times.append((start, end))
    places = [(start, STRIP_TOP, one(end - start), STRIP) for start, end in times]
    return tuple(Apart(*place, stripes(*place, tone=2)) for place in places)


def _instants(scale: _Scale) -> tuple[Instant, ...]:
    count = min(MOST_TICKS, scale.span.days + 1)
    steps = [scale.first + scale.span * n / (count - 1) for n in range(count)]
    return tuple(Instant(at, scale.x(at)) for at in steps)
