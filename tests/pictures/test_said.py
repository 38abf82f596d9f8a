"""The picture of who said what on which day: each has its line, in the order given."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.said import MOST_LINES, OVER, Said, said_over

DATES = st.dates(date(1970, 1, 1), date(2100, 12, 31))
PAIR = st.none() | st.tuples(DATES, DATES).map(lambda two: (min(two), max(two)))
TEXT = st.text(max_size=300)
SAID = st.builds(Said, TEXT, TEXT, st.lists(st.text(max_size=2000), max_size=3), PAIR)


@given(st.lists(SAID, max_size=6), st.integers(0, 8))
def test_every_line_is_drawn_in_its_order_or_counted_as_left_out(
    every: list[Said], most: int
) -> None:
    drawing = said_over(every, most=most)
    assert [line.said for line in drawing.lines] == every[:most]
    assert drawing.left_out == max(len(every) - most, 0)
    tops = [words.y for line in drawing.lines for words in (*line.who, *line.words)]
    assert tops == sorted(tops), "no line lies over another"
    assert all(top < drawing.height for top in tops)


@given(SAID)
def test_a_day_that_is_not_known_has_no_sign(said: Said) -> None:
    (line,) = said_over([said]).lines
    assert bool(line.sign) == (said.on is not None)
    assert len(line.words) <= 3 + MOST_LINES * len(said.beside)


def test_a_month_is_drawn_out_over_the_whole_of_it() -> None:
    month = Said("Ava", "Says so", (), (date(2017, 6, 1), date(2017, 6, 30)))
    day = Said("Bo", "Says so", (), (date(2017, 6, 27), date(2017, 6, 27)))
    wide, narrow = (
        [float(point.split(",")[0]) for point in line.sign.split()]
        for line in said_over([month, day]).lines
    )
    assert max(wide) - min(wide) > 2 * (max(narrow) - min(narrow))
    assert OVER[0] <= min(wide) < max(wide) <= OVER[0] + OVER[1]
