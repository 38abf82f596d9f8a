"""What several pictures share: words at a place, ticks of an axis, stripes over an area."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from portal.pictures.text_width import LINE, wrapped

# How each part of a stack is striped, as (gap, leans): the first is plain, the rest can be told
# apart without colour. More parts than these begin again.
STRIPES: Final = ((), ((9, "\\"),), ((6, "/"),), ((9, "/"), (9, "\\")))
TONES: Final = len(STRIPES)


@dataclass(frozen=True)
class Words:
    """A line of words: `anchor` says whether `x` is its start, middle or end (SVG text-anchor)."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True)
class Tick:
    """A line of an axis with the number that it stands for."""

    number: int
    x1: float
    y1: float
    x2: float
    y2: float
    label_x: float
    label_y: float


def one(length: float) -> float:
    """A length to one decimal, which is finer than any screen."""
    return round(length, 1) + 0.0  # + 0.0: never -0.0


def points(*places: tuple[float, float]) -> str:
    """The corners of an SVG polygon."""
    return " ".join(f"{one(x)},{one(y)}" for x, y in places)


def named(text: str, x: float, head: float, room: float) -> tuple[Words, ...]:
    """A name in up to two lines, below `head`."""
    lines = wrapped(text, room, 2)
    return tuple(Words(x, one(head + LINE * (n + 0.79)), line) for n, line in enumerate(lines))


def steps_up_to(most: int, about: int = 4) -> tuple[int, ...]:
    """Round numbers (1, 2 or 5 and noughts) from 0 to `most` or beyond, about so many steps."""
    least = max(most, 1) / about
    step = 1
    while step < least:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return tuple(range(0, ceil(max(most, 1) / step) * step + 1, step))


def stripes(x: float, y: float, width: float, height: float, tone: int) -> str:
    """The stripes over an area as an SVG path; none ("") for the first tone."""
    right, foot, drawn = x + width, y + height, []
    for gap, leans in STRIPES[tone % TONES]:
        for n in range(ceil((x + y) / gap), ceil((right + foot) / gap)):
            # All stripes of a picture lie on one raster: x + y is a multiple of the gap.
            at = n * gap
            start = max(x, at - foot), min(foot, at - x)
            end = min(right, at - y), max(y, at - right)
            if leans == "\\":
                start, end = (x + right - start[0], start[1]), (x + right - end[0], end[1])
            drawn.append(f"M{one(start[0])} {one(start[1])}L{one(end[0])} {one(end[1])}")
    return "".join(drawn)
