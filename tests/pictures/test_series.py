"""Two accounts: each on its lane, held until it speaks again; where they differ is marked."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.series import LEFT, RIGHT, Account, AccountsDrawing, Point, accounts, height_of

START, DAY = datetime(2026, 3, 1, 9, tzinfo=UTC), timedelta(days=1)


def point(day: float, account: Account, level: int | None) -> Point:
    return Point(START + day * DAY, account, level)


points = st.lists(
    st.builds(
        point,
        st.integers(0, 400).map(lambda n: n / 4),
        st.sampled_from(("report", "finding")),
        st.none() | st.integers(0, 3),
    ),
    max_size=20,
)


def times(drawing: AccountsDrawing) -> list[tuple[float, float]]:
    """From which to which day the strip is marked, where the picture spans a hundred days."""
    day = (RIGHT - LEFT) / 100
    return [
        (round((part.x - LEFT) / day), round((part.x + part.width - LEFT) / day))
        for part in drawing.apart
    ]


@given(points, st.integers(0, 200))
def test_every_point_lies_on_its_lane_and_all_in_the_frame(said: list[Point], until: int) -> None:
    drawing = accounts(said, START + until * DAY)
    assert sorted(map(repr, said)) == sorted(repr(mark.point) for mark in drawing.spoken)
    lanes = {lane.level: lane.y for lane in drawing.lanes}
    for mark in drawing.spoken:
        assert LEFT <= mark.x <= RIGHT
        away = mark.y - lanes[mark.point.level]
        assert away == (6 if mark.point.account == "finding" else -6)
    for part in drawing.apart:
        assert LEFT <= part.x < part.x + part.width <= RIGHT + 0.05
        assert max(lanes.values()) < part.y < part.y + part.height < drawing.height
    for one, other in pairwise(drawing.apart):
        assert one.x + one.width < other.x, "neighbouring times are one"


@given(points)
def test_differing_is_marked_exactly_when_the_latest_of_each_differ(said: list[Point]) -> None:
    end = START + 100 * DAY
    said = [point(0, "report", 2), *said]
    drawing = accounts(said, end)
    marked = times(drawing)
    for day in range(100):
        now = START + (day + 0.6) * DAY
        latest = {
            spoken.account: spoken.level
            for spoken in sorted(said, key=lambda spoken: spoken.at)
            if spoken.at <= now
        }
        x = LEFT + (RIGHT - LEFT) * (day + 0.6) / 100
        inside = any(part.x <= x <= part.x + part.width for part in drawing.apart)
        differ = len(latest) == 2 and latest["report"] != latest["finding"]
        assert inside is differ, (day, marked)


def test_one_voice_alone_differs_from_nobody() -> None:
    said = [point(0, "report", 0), point(5, "report", 3)]
    drawing = accounts(said, START + 100 * DAY)
    assert drawing.apart == ()
    assert drawing.between == ""
    assert dict(drawing.paths)["finding"] == ""


def test_times_that_differ_in_turn_are_one_until_both_agree() -> None:
    said = [
        point(0, "report", 1),
        point(10, "finding", 0),
        point(20, "report", 2),
        point(30, "finding", None),
        point(40, "finding", 2),
        point(70, "report", 3),
    ]
    drawing = accounts(said, START + 100 * DAY)
    assert times(drawing) == [(10, 40), (70, 100)]
    assert drawing.between.count("M") == 4, "the area follows each step"


def test_no_evidence_differs_from_every_step_and_not_from_itself() -> None:
    said = [point(0, "report", None), point(10, "finding", None), point(50, "report", 0)]
    assert times(accounts(said, START + 100 * DAY)) == [(50, 100)]


def test_a_voice_holds_until_it_speaks_again_and_no_line_leads_to_no_evidence() -> None:
    said = [point(0, "report", 0), point(25, "report", 2), point(50, "report", None)]
    path = dict(accounts(said, START + 100 * DAY).paths)["report"]
    steps = re.findall(r"([MHV])([\d. ]+)", path)
    assert [letter for letter, _place in steps] == ["M", "H", "V", "H", "M", "H"]
    assert float(steps[2][1]) == height_of(2) - 6
    assert float(steps[-1][1]) == RIGHT


@pytest.mark.parametrize("until", [START, START + timedelta(hours=1)])
def test_a_single_word_makes_a_picture_of_a_day(until: datetime) -> None:
    drawing = accounts([point(0, "finding", 3)], until)
    assert [instant.at for instant in drawing.instants] == [START, START + DAY]
    assert drawing.spoken[0].x == LEFT
    assert drawing.spoken[0].sign, "a finding has a sign other than the disc of a report"


def test_before_anybody_spoke_there_are_only_lanes() -> None:
    drawing = accounts([], START)
    assert drawing.spoken == drawing.apart == ()
    assert [lane.level for lane in drawing.lanes] == [3, 2, 1, 0, None]
    assert drawing.last("report") is None


def test_the_last_word_counts_also_of_two_at_one_instant() -> None:
    said = [point(9, "report", 1), point(9, "report", 3), point(2, "report", 0)]
    last = accounts(said, START).last("report")
    assert last is not None
    assert last.level == 3


def test_instants_are_spread_over_the_whole_time() -> None:
    drawing = accounts([point(0, "report", 0)], START + 100 * DAY)
    assert [(instant.at - START).days for instant in drawing.instants] == [0, 25, 50, 75, 100]
    assert [drawing.instants[0].x, drawing.instants[-1].x] == [LEFT, RIGHT]
