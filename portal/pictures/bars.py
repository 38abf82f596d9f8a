"""Stacked bars: how many of each sort in each group, such as met, overdue and disputed by month.

Standing bars go by time and have short names below; lying bars are for long names, which stand
above them. A part is told apart from the others by its stripes as well as by its tone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from portal.pictures.shapes import TONES, Tick, Words, named, one, steps_up_to, stripes
from portal.pictures.text_width import LINE, SIZE, plain, wrapped

Groups = Sequence[tuple[str, Sequence[int]]]
LEFT: Final = 52.0  # of standing bars, for the numbers of the axis
HIGH: Final = 200.0  # the highest standing bar
TOP: Final = 26.0
NARROWEST, WIDEST = 26.0, 64.0  # what a standing bar and the room beside it take
NAMED: Final = 52.0  # what a name below a bar takes
LYING: Final = 400.0  # the width of a picture of lying bars
LONG: Final = 344.0  # the longest lying bar
APART: Final = 18.0  # from a lying bar to the next name
THICK: Final = 22.0  # of lying bars
RIM: Final = 12.0
KEY: Final = 16.0  # the side of a square in the legend


@dataclass(frozen=True)
class Bar:
    """One part of a bar: what it counts, and its area with the stripes of its tone."""

    group: str
    words: str
    count: int
    tone: int
    x: float
    y: float
    width: float
    height: float
    stripes: str


@dataclass(frozen=True)
class BarDrawing:
    """Bars, the ticks of the axis, names and sums; `keys` are squares for the legend."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    names: tuple[Words, ...]
    sums: tuple[Words, ...]
    keys: tuple[Bar, ...]


def bars(groups: Groups, words: Sequence[str], *, lying: bool = False) -> BarDrawing:
    """Draw a bar for each group with a part for each of the words; counts are not negative."""
    most = max((sum(counts) for _name, counts in groups), default=0)
    ticks = steps_up_to(most)
    return (_lying if lying else _standing)(groups, [plain(word) for word in words], ticks)


def _bar(group: str, words: str, count: int, tone: int, area: Sequence[float]) -> Bar:
    x, y, width, height = (one(length) for length in area)
    tone %= TONES
    return Bar(group, words, count, tone, x, y, width, height, stripes(x, y, width, height, tone))


def _keys(words: Sequence[str]) -> tuple[Bar, ...]:
    return tuple(_bar("", word, 0, tone, (0, 0, KEY, KEY)) for tone, word in enumerate(words))


def _ends(counts: Sequence[int], scale: float) -> list[float]:
    """Where each part of a bar ends: rounded once, so that each begins where the last one ends."""
    return [one(sum(counts[: n + 1]) * scale) for n in range(len(counts))]


def _standing(groups: Groups, words: Sequence[str], ticks: Sequence[int]) -> BarDrawing:
    pitch = min(WIDEST, max(NARROWEST, 620 / max(len(groups), 1)))
    every = ceil(NAMED / pitch)  # where bars are narrow, not each has room for its name
    foot, scale = TOP + HIGH, HIGH / ticks[-1]
    right = LEFT + RIM + pitch * max(len(groups), 3)
    drawn, names, sums = [], list[Words](), []
    for n, (name, counts) in enumerate(groups):
        middle, ends = LEFT + RIM / 2 + pitch * (n + 0.5), [0.0, *_ends(counts, scale)]
        for tone, (word, count) in enumerate(zip(words, counts, strict=True)):
            area = (middle - pitch * 0.32, foot - ends[tone + 1], pitch * 0.64)
            drawn.append(_bar(plain(name), word, count, tone, (*area, ends[tone + 1] - ends[tone])))
        if n % every == 0:
            lines = wrapped(name, pitch * every - 4, 2, SIZE - 1)
            names += [
                Words(one(middle), one(foot + 20 + at * (LINE - 2)), line, "middle")
                for at, line in enumerate(lines)
            ]
        sums.append(Words(one(middle), one(foot - ends[-1] - 7), str(sum(counts)), "middle"))
    axis = tuple(
        Tick(at, LEFT, y := one(foot - at * scale), one(right), y, LEFT - 8, one(y + 4.5))
        for at in ticks
    )
    size = one(right), one(max((words.y for words in names), default=foot) + 12)
    return BarDrawing(*size, tuple(drawn), axis, tuple(names), tuple(sums), _keys(words))


def _lying(groups: Groups, words: Sequence[str], ticks: Sequence[int]) -> BarDrawing:
    scale, head = LONG / ticks[-1], RIM
    drawn, names, sums = [], list[Words](), []
    for name, counts in groups:
        lines = named(name, RIM, head, LYING - 2 * RIM)
        top, ends = one(head + LINE * max(len(lines), 1) + 2), [0.0, *_ends(counts, scale)]
        for tone, (word, count) in enumerate(zip(words, counts, strict=True)):
            area = (RIM + ends[tone], top, ends[tone + 1] - ends[tone], THICK)
            drawn.append(_bar(plain(name), word, count, tone, area))
        names += lines
        sums.append(Words(one(RIM + ends[-1] + 7), one(top + THICK / 2 + 5), str(sum(counts))))
        head = top + THICK + APART
    foot = one(head - APART + 8)
    axis = tuple(
        Tick(at, x := one(RIM + at * scale), RIM, x, foot, x, one(foot + 17)) for at in ticks
    )
    size = LYING, one(foot + 26)
    return BarDrawing(*size, tuple(drawn), axis, tuple(names), tuple(sums), _keys(words))
