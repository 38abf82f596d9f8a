"""Who said what on which day: a line for each, over one axis of days, and nothing counted.

A day that is known to its month or year alone is a sign drawn out over the whole of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.pictures.days import Days, DayTick, diamond, scale_of, ticks_of
from portal.pictures.shapes import Words, one
from portal.pictures.text_width import LINE, SIZE, wrapped

RIM: Final = 12.0
NAMED: Final = 560.0  # what the words of a line take
OVER: Final = (600.0, 300.0)  # where time begins, and its width
WIDTH: Final = OVER[0] + OVER[1] + 2 * RIM
APART, FOOT = 14.0, 30.0
SMALL: Final = SIZE - 1
MOST_LINES: Final = 4  # of what stands beside it; the whole is on the page and in the table


@dataclass(frozen=True)
class Said:
    """A line: who says it, what, and what stands beside it, such as a reply; its day."""

    who: str
    what: str
    beside: Sequence[str]
    on: Days | None


@dataclass(frozen=True)
class SaidLine:
    """A line at its place: who says it, its other words, its track and its sign."""

    said: Said
    who: tuple[Words, ...]
    words: tuple[Words, ...]
    track: str
    sign: str


@dataclass(frozen=True)
class SaidDrawing:
    """Lines one below the other, and days; `left_out` counts the lines that are not drawn."""

    width: float
    height: float
    lines: tuple[SaidLine, ...]
    days: tuple[DayTick, ...]
    left_out: int


def said_over(every: Sequence[Said], *, most: int = 60) -> SaidDrawing:
    """Draw a line for each, in the order given; `most` lines at the most."""
    drawn = every[:most]
    scale = scale_of((one_said.on for one_said in drawn), *OVER)
    lines, y = list[SaidLine](), RIM
    for said in drawn:
        who = wrapped(said.who, NAMED, 2)
        beside = [
            line for words in said.beside for line in wrapped(words, NAMED, MOST_LINES, SMALL)
        ]
        text = [*who, *wrapped(said.what, NAMED, 3), *beside]
        words = tuple(Words(RIM, one(y + LINE * (n + 0.74)), line) for n, line in enumerate(text))
        middle = y + LINE * len(text) / 2
        track = f"M{OVER[0]} {one(middle)}h{OVER[1]}"
        sign = diamond(said.on, middle, scale) if scale else ""
        lines.append(SaidLine(said, words[: len(who)], words[len(who) :], track, sign))
        y += LINE * len(text) + APART
    return SaidDrawing(WIDTH, one(y + FOOT), tuple(lines), ticks_of(scale), len(every) - len(drawn))
