"""Bars add up, follow on one another, and stay in the frame."""

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.bars import Bar, BarDrawing, bars
from portal.pictures.text_width import width_of

WORDS = ("kept", "late", "disputed")
counts = st.tuples(*[st.integers(0, 5000)] * 3)
groups = st.lists(st.tuples(st.text(max_size=60), counts), max_size=30)
LYING = pytest.mark.parametrize("lying", [False, True], ids=["standing", "lying"])


def in_groups(drawing: BarDrawing) -> list[list[Bar]]:
    """The parts, three by three, as the groups were case."""
    return [list(drawing.bars[n : n + 3]) for n in range(0, len(drawing.bars), 3)]


@LYING
@given(groups)
def test_parts_follow_on_one_another_and_add_up(
    lying: bool, case: list[tuple[str, tuple[int, ...]]]
) -> None:
    drawing = bars(case, WORDS, lying=lying)
    full = drawing.ticks[-1]
    none = drawing.ticks[0]
    scale = abs(full.x1 - none.x1 if lying else full.y1 - none.y1) / full.number
    assert len(in_groups(drawing)) == len(case) == len(drawing.sums)
    for parts, (_name, said), total in zip(in_groups(drawing), case, drawing.sums, strict=True):
        assert tuple(bar.count for bar in parts) == said
        assert total.text == str(sum(said))
        sizes = [bar.width if lying else bar.height for bar in parts]
        assert sum(sizes) == pytest.approx(sum(said) * scale, abs=0.25)
        for size, count in zip(sizes, said, strict=True):
            assert size == pytest.approx(count * scale, abs=0.25)
        for one, other in pairwise(parts):
            if lying:
                assert one.x + one.width == pytest.approx(other.x, abs=0.11)
            else:
                assert other.y + other.height == pytest.approx(one.y, abs=0.11)


@LYING
@given(groups)
def test_all_stays_in_the_frame(lying: bool, case: list[tuple[str, tuple[int, ...]]]) -> None:
    drawing = bars(case, WORDS, lying=lying)
    for bar in drawing.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= drawing.width + 0.05
        assert 0 <= bar.y <= bar.y + bar.height <= drawing.height + 0.05
    for tick in drawing.ticks:
        assert 0 <= min(tick.x1, tick.x2) <= max(tick.x1, tick.x2) <= drawing.width
        assert 0 <= min(tick.y1, tick.y2) <= max(tick.y1, tick.y2) <= drawing.height
        assert 0 < tick.label_x < drawing.width
        assert 0 < tick.label_y < drawing.height
    for words in (*drawing.names, *drawing.sums):
        assert 0 < words.x < drawing.width
        assert 0 < words.y < drawing.height


@given(groups)
def test_standing_bars_stand_apart_on_one_line(case: list[tuple[str, tuple[int, ...]]]) -> None:
    drawing = bars(case, WORDS)
    foot = drawing.ticks[0].y1
    columns = in_groups(drawing)
    for parts in columns:
        assert len({(bar.x, bar.width) for bar in parts}) == 1
        assert parts[0].y + parts[0].height == pytest.approx(foot, abs=0.11)
    for one, other in pairwise(columns):
        assert one[0].x + one[0].width < other[0].x


def test_names_below_narrow_bars_are_left_out_before_they_would_touch() -> None:
    for many in (1, 6, 12, 36):
        drawing = bars([(f"Sep {1990 + n}", (n, 0, 1)) for n in range(many)], WORDS)
        rows = defaultdict(list)
        for words in drawing.names:
            half = width_of(words.text, 13) / 2
            rows[words.y].append((words.x - half, words.x + half))
        for row in rows.values():
            assert all(one[1] <= other[0] for one, other in pairwise(row))
    assert drawing.names[0].text == "Sep"
    assert len(drawing.bars) == 3 * 36, "the bars are all there"


def test_a_long_name_takes_two_lines_above_its_lying_bar() -> None:
    name = "Ministry of Digital Affairs and Regional Development of the Provinces"
    drawing = bars([(name, (5, 0, 0)), ("Bank", (1, 0, 0))], WORDS, lying=True)
    assert " ".join(words.text for words in drawing.names[:2]) == name
    first, second = drawing.bars[0], drawing.bars[3]
    assert drawing.names[1].y < first.y
    assert first.y + first.height < drawing.names[2].y < second.y


def test_parts_differ_by_more_than_their_colour() -> None:
    drawing = bars([("May", (9, 9, 9))], WORDS)
    assert [key.words for key in drawing.keys] == list(WORDS)
    assert len({key.stripes for key in drawing.keys}) == 3
    assert [bar.tone for bar in drawing.bars] == [key.tone for key in drawing.keys]


def test_nothing_to_count_is_drawn_as_nothing() -> None:
    for lying in (False, True):
        drawing = bars([("May", (0, 0, 0))], WORDS, lying=lying)
        assert [tick.number for tick in drawing.ticks] == [0, 1]
        assert drawing.sums[0].text == "0"
        assert bars([], WORDS, lying=lying).bars == ()


def test_a_group_with_a_count_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        bars([("May", (1, 2))], WORDS)
