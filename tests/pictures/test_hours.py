"""Hours by zone: each meeting at its local place, told apart by form as well as by colour."""

import re
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.days import ZONES
from portal.pictures.hours import MOST, SIGNS, HoursDrawing, Sitting, hours
from portal.slots import Offer, Side, Sort, hour_sort, shown

HOUR = timedelta(hours=1)
BEFORE, AFTER = (datetime(2027, 3, day, tzinfo=UTC) for day in (25, 29))
PLACES = ("Europe/Helsinki", "Africa/Nairobi", "Asia/Singapore")
SIDES = [Side(n, f"Side {zone}", zone, True, 1) for n, zone in enumerate(PLACES)]


def offers(*starts: datetime, minutes: int = 120) -> list[Offer]:
    return [Offer(n, at, minutes) for n, at in enumerate(starts)]


def sides(*zones: str) -> list[Side]:
    return [Side(n, f"Side {n}", zone, True, 1) for n, zone in enumerate(zones)]


def only(at: datetime, zone: str, minutes: int = 120) -> Sitting:
    (sitting,) = hours(offers(at, minutes=minutes), sides(zone)).sittings
    return sitting


def on_the_clock(sitting: Sitting) -> list[tuple[float, float]]:
    """From and until which hour each block is drawn."""
    scale = 24 / sitting.width
    return [
        (round((x - sitting.x) * scale, 1), round((x + width - sitting.x) * scale, 1))
        for x, width in sitting.blocks
    ]


def boxes(path: str) -> list[tuple[float, float, float, float]]:
    """The rectangles of a path: left, top, width and height."""
    found = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z", path)
    assert "".join(path.split("M")).count("z") == len(found)
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in found]


def test_each_zone_has_a_row_and_sides_of_one_zone_share_it() -> None:
    more = [*SIDES, Side(9, "Telco", "Africa/Nairobi", False, 1)]
    drawing = hours(offers(BEFORE, AFTER), more, "Europe/Helsinki")
    assert [row.zone for row in drawing.rows] == list(PLACES)
    assert drawing.rows[1].sides == ("Side Africa/Nairobi", "Telco")
    assert [row.title.text for row in drawing.rows] == list(PLACES)
    assert " ".join(words.text for words in drawing.rows[1].names) == "Side Africa/Nairobi, Telco"
    assert [(c.number, c.start.time, c.start.abbreviation) for c in drawing.columns] == [
        (1, "02:00", "EET"),
        (2, "03:00", "EEST"),
    ]
    assert (drawing.more_zones, drawing.more_offers) == (0, 0)


# Two hours from midnight in UTC: local start, sort, and hours of the block.
GOLDEN = {
    (BEFORE, "Europe/Helsinki"): ("02:00", Sort.NIGHT, [(2, 4)]),
    (AFTER, "Europe/Helsinki"): ("03:00", Sort.NIGHT, [(3, 5)]),
    (BEFORE, "Africa/Nairobi"): ("03:00", Sort.NIGHT, [(3, 5)]),
    (AFTER, "Africa/Nairobi"): ("03:00", Sort.NIGHT, [(3, 5)]),
    (BEFORE, "Asia/Singapore"): ("08:00", Sort.DAY, [(8, 10)]),
    (AFTER, "Asia/Singapore"): ("08:00", Sort.DAY, [(8, 10)]),
    (BEFORE + 11 * HOUR, "Asia/Singapore"): ("19:00", Sort.EDGE, [(19, 21)]),
}


@pytest.mark.parametrize(("where", "facts"), GOLDEN.items())
def test_a_meeting_stands_at_its_local_hours(
    where: tuple[datetime, str], facts: tuple[str, Sort, list[tuple[float, float]]]
) -> None:
    sitting = only(*where)
    assert (sitting.start.time, sitting.sort, on_the_clock(sitting)) == facts
    assert sitting.sign.text == SIGNS[sitting.sort]
    assert sitting.beyond == ""


def test_every_sort_but_the_day_has_a_sign_of_its_own_and_all_have_words() -> None:
    assert SIGNS[Sort.DAY] == ""
    assert len(set(SIGNS.values())) == len(Sort)
    drawing = hours(offers(BEFORE, BEFORE + 11 * HOUR), SIDES)
    assert [(sort, means) for sort, _sign, means in drawing.marks] == [
        (Sort.EDGE, "early or late"),
        (Sort.NIGHT, "at night"),
    ]
    assert {sitting.zone for sitting in drawing.nights} == {"Europe/Helsinki", "Africa/Nairobi"}


def test_what_goes_on_after_midnight_ends_in_an_arrow() -> None:
    sitting = only(BEFORE + 20 * HOUR, "Africa/Nairobi")
    assert on_the_clock(sitting) == [(23, 24)]
    tips = [float(point.split(",")[0]) for point in sitting.beyond.split()]
    assert min(tips) > sitting.x + sitting.width
    assert sitting.end.day > sitting.start.day
    until_midnight = only(BEFORE + 19 * HOUR, "Africa/Nairobi")
    assert on_the_clock(until_midnight) == [(22, 24)]
    assert until_midnight.beyond == ""


@pytest.mark.parametrize(
    ("at", "zone", "minutes", "blocks"),
    [
        ("2027-03-28T00:30", "Europe/Helsinki", 60, [(2.5, 3), (4, 4.5)]),
        ("2027-10-31T00:30", "Europe/Helsinki", 60, [(3, 4)]),
        ("2025-04-06T01:30", "America/Santiago", 120, [(22.5, 24)]),
        ("2027-03-25T12:00", "Asia/Kathmandu", 60, [(17.8, 18.8)]),
    ],
)
def test_blocks_go_by_the_clock_on_the_wall(
    at: str, zone: str, minutes: int, blocks: list[tuple[float, float]]
) -> None:
    assert on_the_clock(only(datetime.fromisoformat(f"{at}+00:00"), zone, minutes)) == blocks


def test_a_short_meeting_is_still_seen() -> None:
    ((_x, width),) = only(BEFORE, "UTC", minutes=5).blocks
    assert width == 3


def test_the_day_rises_from_night_to_day() -> None:
    drawing = hours(offers(BEFORE), sides("UTC"))
    (sitting,) = drawing.sittings
    found = {sort: boxes(path) for sort, path in drawing.bands}
    assert {sort: len(places) for sort, places in found.items()} == {
        Sort.NIGHT: 2,
        Sort.EDGE: 2,
        Sort.DAY: 1,
    }
    heights = [found[sort][0][3] for sort in (Sort.NIGHT, Sort.EDGE, Sort.DAY)]
    assert heights == sorted(set(heights))
    for places in found.values():
        assert all(y + high == sitting.y + sitting.height for _x, y, _wide, high in places)
    ((x, _y, wide, _high),) = found[Sort.DAY]
    assert (x - sitting.x) / sitting.width == pytest.approx(8 / 24)
    assert wide / sitting.width == pytest.approx(10 / 24)


def test_at_most_twelve_of_each_are_drawn_and_the_rest_is_counted() -> None:
    zones = sorted(ZONES)[:30]
    starts = [BEFORE + n * HOUR for n in range(15)]
    drawing = hours(offers(*starts), sides(*zones, *zones))
    assert [row.zone for row in drawing.rows] == zones[:MOST]
    assert [column.number for column in drawing.columns] == list(range(1, MOST + 1))
    assert (drawing.more_zones, drawing.more_offers) == (18, 3)
    assert drawing.rows[-1].sittings[-1].y < drawing.more.y < drawing.height
    assert all(len(row.sides) == 2 for row in drawing.rows)


@pytest.mark.parametrize("drawing", [hours([], SIDES), hours(offers(BEFORE), []), hours([], [])])
def test_nothing_to_draw_is_a_small_picture(drawing: HoursDrawing) -> None:
    assert drawing.sittings == drawing.marks == ()
    assert not drawing.goes_on
    assert 0 < drawing.width < 500
    assert 0 < drawing.height < 300


starts = st.lists(
    st.integers(0, 60 * 24 * 900).map(lambda n: BEFORE + timedelta(minutes=n)), max_size=5
)
places = st.lists(st.sampled_from(sorted(ZONES)), max_size=5)


@given(starts, places, st.integers(5, 1440), st.text(max_size=60))
@settings(deadline=None)
def test_everything_lies_in_the_frame_and_no_day_upon_another(
    at: list[datetime], zones: list[str], minutes: int, name: str
) -> None:
    given_ = [Side(n, name, zone, False, 1) for n, zone in enumerate(zones)]
    drawing = hours(offers(*at, minutes=minutes), given_)
    for sitting in drawing.sittings:
        offer = sitting.offer
        assert sitting.start == shown(offer.starts_at, sitting.zone)
        assert sitting.end == shown(offer.ends_at, sitting.zone)
        assert sitting.sort is hour_sort(offer.starts_at, minutes, sitting.zone)
        assert 0 < sitting.x < sitting.x + sitting.width < drawing.width
        assert 0 < sitting.words.y < sitting.y + sitting.height < drawing.height
        assert sitting.blocks
        for x, width in sitting.blocks:
            assert sitting.x - 0.1 <= x < x + width <= sitting.x + sitting.width + 3
        last = shown(offer.ends_at - timedelta(minutes=1), sitting.zone)
        assert bool(sitting.beyond) == (last.day > sitting.start.day)
    for one, other in combinations(drawing.sittings, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
