"""A matrix of counts: a cell for each row and column, darker by steps the more it counts."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.pictures.shapes import Words, one
from portal.pictures.text_width import SIZE, plain, wrapped

FROM: Final = (1, 2, 4, 10)  # the counts from which a cell is a step darker
NAMED: Final = 176.0  # what the name of a row takes
CELL: Final = (92.0, 52.0)
SMALL: Final = SIZE - 1
LEADING: Final = 16.0  # between lines of small letters
MARGIN, BREATH = 4.0, 10.0


@dataclass(frozen=True)
class Cell:
    """The place where a row and a column meet: how many, and how dark (0 to 4)."""

    row: str
    column: str
    count: int
    step: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class GridDrawing:
    """Cells row by row, and the names of rows (on their left) and columns (above)."""

    width: float
    height: float
    cells: tuple[Cell, ...]
    rows: tuple[Words, ...]
    columns: tuple[Words, ...]


def step_of(count: int) -> int:
    """How dark a cell is: 0 for nothing, then from 1, 2, 4 and 10 on."""
    return bisect_right(FROM, count)


def grid(
    rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int | None]]
) -> GridDrawing:
    """Draw a count for each row and column: `counts` has a row for each row.

    Where there is nothing to count (None) there is no cell.
    """
    wide, high = CELL
    heads = [wrapped(column, wide - 4, 3, SMALL) for column in columns]
    left = MARGIN + NAMED + BREATH
    top = MARGIN + max(map(len, heads), default=0) * LEADING + BREATH
    cells, names = [], list[Words]()
    for n, (row, line) in enumerate(zip(rows, counts, strict=True)):
        y = one(top + n * high)
        names += _stack(wrapped(row, NAMED, 3, SMALL), MARGIN, y + high / 2, "start")
        for m, (column, count) in enumerate(zip(columns, line, strict=True)):
            if count is None:
                continue
            x = one(left + m * wide)
            said = plain(row), plain(column), count, step_of(count)
            cells.append(Cell(*said, x, y, wide, high))
    above = [
        words
        for m, head in enumerate(heads)
        for words in _stack(
            head, left + (m + 0.5) * wide, top - BREATH + 2 - len(head) * LEADING / 2, "middle"
        )
    ]
    size = one(left + len(columns) * wide + MARGIN), one(top + len(rows) * high + MARGIN)
    return GridDrawing(*size, tuple(cells), tuple(names), tuple(above))


def _stack(lines: Sequence[str], x: float, middle: float, anchor: str) -> list[Words]:
    head = middle - LEADING * len(lines) / 2 + LEADING * 0.76
    return [Words(one(x), one(head + LEADING * n), line, anchor) for n, line in enumerate(lines)]
