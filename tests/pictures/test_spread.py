"""The picture of a spread: what is not known has no mark, and no row is left out silently."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.spread import OVER, RANGE, Item, Step, spread_over

PART = st.none() | st.integers(0, 10**15)
DATES = st.dates(date(1970, 1, 1), date(2100, 12, 31))
PAIR = st.none() | st.tuples(DATES, DATES).map(lambda two: (min(two), max(two)))
PARTS = st.tuples(PART, PART, PART)
ITEM = st.builds(
    Item,
    st.tuples(st.text(max_size=300), st.text(max_size=300)),
    st.text(max_size=80),
    st.text(max_size=80),
    PAIR,
    PAIR,
    PAIR,
    PARTS,
    st.none() | st.integers(0, 10**15),
)
DAY = date(2017, 6, 27)


@given(st.lists(st.lists(ITEM, max_size=3), max_size=4), st.integers(0, 8))
def test_every_row_is_drawn_or_counted_as_left_out_in_the_frame(
    steps: list[list[Item]], most: int
) -> None:
    drawing = spread_over([Step("A step", "rows", items) for items in steps], most=most)
    items = [item for step in steps for item in step]
    assert [row.item for row in drawing.rows] == items[:most]
    assert drawing.left_out == max(len(items) - most, 0)
    for row in drawing.rows:
        assert 0 < row.y < drawing.height
        for area in row.areas:
            assert OVER[0] <= area.x
            assert area.x + area.width <= OVER[0] + OVER[1] + 4.1
        if row.best:
            assert RANGE[0] <= row.best[0] <= RANGE[0] + RANGE[1]


@given(ITEM)
def test_what_is_not_known_has_no_mark_and_zero_has_one(item: Item) -> None:
    row = spread_over([Step("A step", "1 row", [item])]).rows[0]
    assert row.known == any(part is not None for part in item.parts)
    assert bool(row.span) == row.known
    assert (row.best is None) == (item.parts[1] is None)
    assert bool(row.areas) == (item.begins is not None or item.ends is not None)
    assert bool(row.said) == (item.said is not None)


Parts = tuple[int | None, int | None, int | None]


@pytest.mark.parametrize(
    ("parts", "ends"),
    [((1, None, 3), 0), ((1, 2, None), 1), ((None, 2, 3), 1), ((None, 2, None), 2), ((0, 0, 0), 0)],
)
def test_an_end_that_is_not_known_is_a_broken_line(parts: Parts, ends: int) -> None:
    item = Item(("a", "b"), "", "", (DAY, DAY), (DAY, DAY), parts=parts, most=3)
    row = spread_over([Step("A step", "1 row", [item])]).rows[0]
    assert row.broken.count("M") == ends


@pytest.mark.parametrize(
    ("begins", "ends", "hatched", "broken"),
    [
        ((DAY, DAY), (DAY, DAY), 0, 0),
        ((DAY, DAY), None, 0, 1),
        (None, (DAY, DAY), 0, 1),
        ((date(2017, 6, 1), date(2017, 6, 30)), None, 1, 1),
        ((date(2017, 6, 1), date(2017, 6, 30)), (DAY, DAY), 1, 0),
        ((date(2017, 1, 1), date(2017, 1, 31)), (date(2018, 1, 1), date(2018, 12, 31)), 2, 0),
        (None, None, 0, 0),
    ],
)
def test_days_known_to_the_month_are_hatched(
    begins: tuple[date, date] | None, ends: tuple[date, date] | None, hatched: int, broken: int
) -> None:
    item = Item(("a", "b"), "", "", begins, ends, (DAY, DAY), parts=(1, 2, 3), most=3)
    row = spread_over([Step("A step", "1 row", [item])]).rows[0]
    assert sum(1 for area in row.areas if area.stripes) == hatched
    assert row.broken.count("M") == broken


def test_what_was_said_in_a_year_is_drawn_over_the_whole_of_it() -> None:
    year = (date(2017, 1, 1), date(2017, 12, 31))
    items = [Item(("a", "b"), "", "", (DAY, DAY), said=said) for said in ((DAY, DAY), year)]
    day, whole = (row.said for row in spread_over([Step("A step", "2 rows", items)]).rows)
    wide = [max(x) - min(x) for x in map(across, (day, whole))]
    assert wide[0] == pytest.approx(12)
    assert wide[1] > OVER[1] / 2


def across(polygon: str) -> list[float]:
    """How far right each corner is."""
    return [float(corner.split(",")[0]) for corner in polygon.split()]
