"""How something spread: rows in steps, each over time on the left and with its range on the right.

Days that are known to their month or year alone are hatched; an end that is not known is a broken
line, and what is not known at all has no mark. Amounts of one measure share a scale from 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.pictures.days import Days, DayTick, Scale, diamond, scale_of, ticks_of
from portal.pictures.shapes import Words, one, stripes
from portal.pictures.text_width import LINE, SIZE, plain, shortened, wrapped

RIM: Final = 12.0
NAMED: Final = 300.0  # what names take
OVER: Final = (330.0, 330.0)  # where time begins, and its width
RANGE: Final = (684.0, 300.0)  # where amounts begin, and their width
WIDTH: Final = RANGE[0] + RANGE[1] + 2 * RIM
HEAD, STEP, ROW, APART, FOOT = 30.0, 34.0, 82.0, 6.0, 30.0
BAR: Final = 12.0  # how high a stretch of time is
OPEN: Final = 30.0  # a broken line in time
BEYOND: Final = 1.2  # the scale of a measure ends beyond its largest number
SMALL: Final = SIZE - 1
LEADING: Final = 16.0  # between lines of small letters


@dataclass(frozen=True)
class Item:
    """What a row says, in words and in numbers; None is not known. `most` is of its measure."""

    words: tuple[str, str]
    when: str
    amount: str
    begins: Days | None = None
    ends: Days | None = None
    said: Days | None = None
    parts: tuple[int | None, int | None, int | None] = (None, None, None)
    most: int | None = None
    href: str = ""


@dataclass(frozen=True)
class Step:
    """A step with its name, the words on how many rows it has, and its rows in their order."""

    name: str
    count: str
    items: Sequence[Item]
    href: str = ""


@dataclass(frozen=True)
class Area:
    """A stretch of time; `stripes` where it is not known more closely."""

    x: float
    y: float
    width: float
    height: float
    stripes: str = ""


@dataclass(frozen=True)
class Drawn:
    """A row at its place: its frame, its words, of which `first` lines are its title, its marks.

    `broken` are the lines of ends that are not known.
    """

    item: Item
    y: float
    first: int
    names: tuple[Words, ...]
    when: tuple[Words, ...]
    amount: tuple[Words, ...]
    areas: tuple[Area, ...]
    broken: str
    said: str
    track: str
    span: str
    best: tuple[float, float] | None
    known: bool
    x: float = RIM
    width: float = WIDTH - 2 * RIM
    height: float = ROW

    @property
    def name(self) -> str:
        """All that it says in one line."""
        return "; ".join(plain(words) for words in (*self.item.words, self.item.when))


@dataclass(frozen=True)
class Head:
    """The head of a step."""

    step: Step
    words: Words


@dataclass(frozen=True)
class SpreadDrawing:
    """Heads of steps, rows, and days; `left_out` counts the rows that are not drawn."""

    width: float
    height: float
    heads: tuple[Head, ...]
    rows: tuple[Drawn, ...]
    days: tuple[DayTick, ...]
    columns: tuple[float, float, float]
    left_out: int


def spread_over(steps: Sequence[Step], *, most: int = 60) -> SpreadDrawing:
    """Draw the steps one below the other, in the order given; `most` rows at the most."""
    items = (item for step in steps for item in step.items)
    known = (days for item in items for days in (item.begins, item.ends, item.said))
    scale = scale_of(known, *OVER)
    heads, rows, y, left = list[Head](), list[Drawn](), HEAD, most
    for step in steps:
        heads.append(Head(step, Words(RIM, one(y + 22), shortened(plain(step.name), 500))))
        y += STEP
        for item in step.items[:left]:
            rows.append(_drawn(item, y, scale))
            y += ROW + APART
        left -= min(left, len(step.items))
    return SpreadDrawing(
        WIDTH,
        one(y + FOOT),
        tuple(heads),
        tuple(rows),
        ticks_of(scale),
        (RIM, OVER[0], RANGE[0]),
        sum(len(step.items) for step in steps) - len(rows),
    )


def _drawn(item: Item, y: float, scale: Scale | None) -> Drawn:
    title = wrapped(item.words[0], NAMED - 2 * RIM, 2)
    lines = [*title, *wrapped(item.words[1], NAMED - 2 * RIM, 2, SMALL)]
    head = y + (ROW - LINE * len(lines)) / 2 + LINE * 0.74
    names = tuple(Words(2 * RIM, one(head + LINE * n), line) for n, line in enumerate(lines))
    areas, broken, said = _time(item, y, scale) if scale else ((), "", "")
    track, span, more, best = _range(item, y)
    return Drawn(
        item,
        one(y),
        len(title),
        names,
        _over(item.when, OVER, y),
        _over(item.amount, RANGE, y),
        areas,
        broken + more,
        said,
        track,
        span,
        best,
        any(part is not None for part in item.parts),
    )


def _over(words: str, column: tuple[float, float], y: float) -> tuple[Words, ...]:
    lines = wrapped(words, column[1] - RIM, 2, SMALL)
    return tuple(Words(column[0], one(y + 20 + LEADING * n), line) for n, line in enumerate(lines))


def _time(item: Item, y: float, scale: Scale) -> tuple[tuple[Area, ...], str, str]:
    top, middle, broken = y + 44, y + 44 + BAR / 2, ""
    areas = list[Area]()
    begins, ends = item.begins, item.ends
    if begins and ends and begins[1] < ends[0]:
        start, end = scale.between(begins[0], begins[1]), scale.between(ends[0], ends[1])
        areas += [_unsure(*start, top)] if begins[0] < begins[1] else []
        areas += [_unsure(*end, top)] if ends[0] < ends[1] else []
        first = start[1] if begins[0] < begins[1] else start[0]
        last = end[0] if ends[0] < ends[1] else end[1]
        areas.append(Area(one(first), one(top), one(max(last - first, 0)), BAR))
    elif begins or ends:
        days = [day for pair in (begins, ends) if pair for day in pair]
        start = scale.between(min(days), max(days))
        close = min(days) == max(days)
        areas.append(
            Area(one(start[0]), one(top), one(start[1] - start[0]), BAR)
            if close
            else _unsure(*start, top)
        )
        if not ends:
            broken = f"M{one(start[1])} {one(middle)}h{OPEN}"
        if not begins:
            broken = f"M{one(start[0])} {one(middle)}h-{OPEN}"
    return tuple(areas), broken, diamond(item.said, top + BAR + 11, scale)


def _unsure(start: float, end: float, top: float) -> Area:
    place = one(start), one(top), one(end - start), BAR
    return Area(*place, stripes(*place, tone=2))


def _range(item: Item, y: float) -> tuple[str, str, str, tuple[float, float] | None]:
    """The track of an amount, what is known on it, the broken lines, and the best estimate."""
    middle, (left, width) = one(y + 56), RANGE
    track = f"M{left} {middle}h{width}"
    parts = [part for part in item.parts if part is not None]
    if not parts:
        return track, "", "", None
    scale = width / (BEYOND * max(item.most or 0, *parts, 1))
    low, high = (one(left + end * scale) for end in (min(parts), max(parts)))
    lower, best, upper = item.parts
    marks = [f"M{one(left + end * scale)} {one(middle - 7)}v14" for end in (lower, upper)
             if end is not None]  # fmt: skip
    broken = f"M{left} {middle}H{low}" if lower is None else ""
    broken += f"M{high} {middle}H{one(left + width)}" if upper is None else ""
    span = f"M{low} {middle}H{high}" + "".join(marks)
    return track, span, broken, None if best is None else (one(left + best * scale), middle)
