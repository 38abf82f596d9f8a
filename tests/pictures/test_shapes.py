"""Ticks are round and few, stripes stay inside, lengths are tenths."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.shapes import TONES, one, points, steps_up_to, stripes


@given(st.integers(0, 10**9))
def test_ticks_are_round_go_beyond_the_most_and_are_few(most: int) -> None:
    ticks = steps_up_to(most)
    step = ticks[1]
    assert ticks[0] == 0
    assert ticks[-2] < max(most, 1) <= ticks[-1]
    assert {after - before for before, after in pairwise(ticks)} == {step}
    assert re.fullmatch(r"[125]0*", str(step))
    assert 2 <= len(ticks) <= 5


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(0, (0, 1)), (3, (0, 1, 2, 3)), (17, (0, 5, 10, 15, 20)), (100, (0, 50, 100))],
)
def test_ticks_as_a_person_would_write_them(most: int, ticks: tuple[int, ...]) -> None:
    assert steps_up_to(most) == ticks


sides = st.floats(0.1, 300).map(one)


@given(sides, sides, sides, sides, st.integers(0, 7))
def test_stripes_stay_inside_their_area(
    x: float, y: float, width: float, height: float, tone: int
) -> None:
    path = stripes(x, y, width, height, tone)
    ends = re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path)
    assert len(ends) % 2 == 0
    for across, down in ends:
        assert x - 0.06 <= float(across) <= x + width + 0.06
        assert y - 0.06 <= float(down) <= y + height + 0.06
    if tone % TONES == 0:
        assert path == ""


def test_each_tone_of_an_area_looks_otherwise() -> None:
    assert len({stripes(0, 0, 40, 40, tone) for tone in range(TONES)}) == TONES == 4


def test_stripes_run_at_half_a_right_angle() -> None:
    for across, down, to, up in re.findall(
        r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)", stripes(3, 5, 60, 20, 2)
    ):
        assert float(to) - float(across) == pytest.approx(float(down) - float(up), abs=0.21)


def test_lengths_are_tenths_and_never_below_nothing_by_a_sign() -> None:
    assert str(one(-0.04)) == "0.0"
    assert points((1.25, 2.0), (3.333, -0.01)) == "1.2,2.0 3.3,0.0"
