"""Columns and orders: circles are cut, the longest way counts, crossings are taken out."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.commitments import CommitmentState
from portal.pictures.layers import crossings, in_turn, joined, layered, ordered
from portal.pictures.marks import MARKS
from portal.pictures.places import APART, settled

pairs = st.integers(1, 12).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.lists(
            st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
                lambda pair: pair[0] != pair[1]
            ),
            max_size=25,
        ),
    )
)


@given(pairs)
def test_every_pair_leads_to_a_later_column_and_one_column_after_the_last(
    case: tuple[int, list[tuple[int, int]]],
) -> None:
    count, wanted = case
    layer, onward = layered(count, wanted)
    assert [set(pair) for pair in onward] == [set(pair) for pair in wanted]
    for thing in range(count):
        before = [layer[one] for one, other in onward if other == thing]
        assert layer[thing] == max(before, default=-1) + 1


@given(pairs)
def test_pairs_are_turned_only_where_there_is_a_circle(
    case: tuple[int, list[tuple[int, int]]],
) -> None:
    count, wanted = case
    downhill = [pair if pair[0] < pair[1] else pair[::-1] for pair in wanted]
    assert layered(count, downhill)[1] == downhill
    assert sorted(in_turn(count, wanted)) == list(range(count))


def test_a_circle_is_cut_on_the_circle_not_beside_it() -> None:
    # 0 hangs on a circle of 1 and 2: the line to 0 is not the one that is cut.
    layer, onward = layered(3, [(1, 2), (2, 1), (2, 0)])
    assert (2, 0) in onward
    assert layer[0] > layer[2]


def test_groups_are_those_that_pairs_join_through_others_too() -> None:
    assert joined(6, [(4, 1), (1, 3), (5, 2)]) == [[0], [1, 3, 4], [2, 5]]
    assert joined(3, []) == [[0], [1], [2]]


def test_crossings_are_counted_between_neighbouring_columns() -> None:
    columns = [[0, 1, 2], [3, 4, 5]]
    assert crossings(columns, [(0, 3), (1, 4), (2, 5)]) == 0
    assert crossings(columns, [(0, 5), (1, 4), (2, 3)]) == 3
    assert crossings(columns, [(0, 4), (0, 5), (1, 4)]) == 1


@pytest.mark.parametrize("order", list(permutations([3, 4, 5])))
def test_a_ladder_is_uncrossed_in_whatever_order_it_comes(order: tuple[int, ...]) -> None:
    links = [(0, 3), (1, 4), (2, 5)]
    assert crossings(ordered([[0, 1, 2], list(order)], links), links) == 0


@given(st.permutations(range(4, 8)), st.lists(st.tuples(st.integers(0, 3), st.integers(4, 7))))
def test_an_order_is_never_worse_than_the_one_given(
    order: list[int], links: list[tuple[int, int]]
) -> None:
    columns = [[0, 1, 2, 3], list(order)]
    found = ordered(columns, links)
    assert [sorted(column) for column in found] == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert crossings(found, links) <= crossings(columns, links)


heights = st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 200)), min_size=1, max_size=8)


@given(heights)
def test_settled_things_keep_their_order_and_distance(case: list[tuple[float, float]]) -> None:
    wanted, sizes = [place for place, _size in case], [size for _place, size in case]
    found = settled(wanted, sizes)
    for n in range(len(found) - 1):
        least = (sizes[n] + sizes[n + 1]) / 2 + APART
        assert found[n + 1] - found[n] >= least - 1e-6
    assert sum(found) / len(found) == pytest.approx(sum(wanted) / len(wanted), abs=1e-6)


def test_settled_things_stay_where_they_want_to_be_if_there_is_room() -> None:
    assert settled([0.0, 200.0, 500.0], [80.0, 80.0, 80.0]) == [0.0, 200.0, 500.0]
    assert settled([100.0, 100.0], [80.0, 80.0]) == [49.0, 151.0]


def test_every_state_of_a_commitment_has_a_mark() -> None:
    assert set(CommitmentState) <= set(MARKS)
