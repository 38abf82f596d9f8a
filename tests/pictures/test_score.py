"""Gauges: filled as far as the value goes, and no finding is not the same as nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.score import gauges
from portal.pictures.text_width import width_of

themes = st.lists(st.tuples(st.text(max_size=90), st.none() | st.integers(-50, 200)), max_size=9)


@given(themes)
def test_gauges_are_filled_by_their_value_and_stay_on_their_track(
    case: list[tuple[str, int | None]],
) -> None:
    drawing = gauges(case)
    assert [gauge.value for gauge in drawing.gauges] == [value for _theme, value in case]
    for gauge in drawing.gauges:
        share = min(100, max(0, gauge.value or 0)) / 100
        assert gauge.filled == pytest.approx(gauge.width * share, abs=0.06)
        assert 0 < gauge.x < gauge.x + gauge.width < drawing.width
        assert gauge.y + gauge.height < drawing.height
        assert all(words.y < gauge.y for words in (*gauge.names, gauge.said))
    for one, other in pairwise(drawing.gauges):
        assert all(words.y - 12 > one.y + one.height for words in other.names)


def test_no_finding_is_kept_apart_from_nothing() -> None:
    silent, nothing = gauges([("a", None), ("b", 0)]).gauges
    assert (silent.value, silent.said.text) == (None, "")
    assert (nothing.value, nothing.said.text) == (0, "0")
    assert silent.filled == nothing.filled == 0


def test_ticks_stand_where_the_values_end() -> None:
    drawing = gauges([(str(value), value) for value in (25, 50, 100)])
    ends = [gauge.x + gauge.filled for gauge in drawing.gauges]
    assert ends == [tick.x1 for tick in drawing.ticks if tick.number in (25, 50, 100)]


def test_a_name_and_what_is_said_of_it_do_not_touch() -> None:
    name = "Restraint in what is said and done during the talks, and for a while after them"
    for value, said in ((100, "100"), (None, "no finding yet")):
        gauge = gauges([(name, value)]).gauges[0]
        assert len(gauge.names) == 2
        for words in gauge.names:
            assert words.x + width_of(words.text) < gauge.said.x - width_of(said)
