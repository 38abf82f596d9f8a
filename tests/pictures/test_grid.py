"""The matrix: a cell for every pair, darker by thresholds, with its number in it."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.grid import grid, step_of

STEPS = {0: 0, 1: 1, 2: 2, 3: 2, 4: 3, 9: 3, 10: 4, 11: 4, 5000: 4}


@pytest.mark.parametrize(("count", "step"), STEPS.items())
def test_a_cell_is_darker_by_steps(count: int, step: int) -> None:
    assert step_of(count) == step
    assert grid(["norm"], ["Telco"], [[count]]).cells[0].step == step


names = st.lists(st.text(max_size=80), max_size=6)


@given(names, names, st.data())
def test_every_pair_has_its_cell_in_the_frame_beside_no_other(
    rows: list[str], columns: list[str], data: st.DataObject
) -> None:
    counts = [[data.draw(st.integers(0, 20)) for _ in columns] for _ in rows]
    drawing = grid(rows, columns, counts)
    assert [cell.count for cell in drawing.cells] == [count for line in counts for count in line]
    for cell in drawing.cells:
        assert 0 < cell.x < cell.x + cell.width < drawing.width
        assert 0 < cell.y < cell.y + cell.height < drawing.height
    for one, other in combinations(drawing.cells, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.y + one.height <= other.y + 0.05 or other.y + other.height <= one.y


def test_names_stand_beside_and_above_their_cells() -> None:
    rows = ["UN norm f: Critical infrastructure left alone", "UN norm k"]
    drawing = grid(rows, ["Telco", "Peace Mediation"], [[1, 2], [3, 4]])
    cells = {(cell.row, cell.column): cell for cell in drawing.cells}
    assert cells[rows[1], "Peace Mediation"].count == 4
    first, last = cells[rows[0], "Telco"], cells[rows[1], "Peace Mediation"]
    assert all(words.x < first.x for words in drawing.rows)
    assert all(words.y < first.y for words in drawing.columns)
    beside = [words.text for words in drawing.rows if first.y < words.y < first.y + first.height]
    assert " ".join(beside) == rows[0]
    above = [words.text for words in drawing.columns if last.x < words.x < last.x + last.width]
    assert " ".join(above) == "Peace Mediation"


def test_a_row_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        grid(["a"], ["b", "c"], [[1]])
