"""Fair hours, minute by minute, over midnight and over changes of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.days import ZONES
from portal.slots import BANDS, SORT_MEANING, Sort, Stretch, Wall, hour_sort, instant_of, stretches
from portal.slots import weekend as on_weekend

MINUTE = timedelta(minutes=1)
NIGHT, EDGE, DAY = Sort.NIGHT, Sort.EDGE, Sort.DAY
# From (local, in Nairobi, which has one clock all year), minutes, and how it sits.
PLAIN = [
    ("08:00", 600, DAY),
    ("08:00", 601, EDGE),
    ("07:59", 60, EDGE),
    ("17:00", 60, DAY),
    ("17:30", 60, EDGE),
    ("07:00", 15, EDGE),
    ("07:00", 900, EDGE),
    ("06:59", 5, NIGHT),
    ("06:30", 30, NIGHT),
    ("21:00", 60, EDGE),
    ("21:00", 61, NIGHT),
    ("22:00", 5, NIGHT),
    ("23:30", 60, NIGHT),
    ("09:00", 1440, NIGHT),
    ("00:00", 60, NIGHT),
]
# What 120 minutes from this instant are in each zone.
GOLDEN = {
    "2027-03-25T05:00": {"Europe/Helsinki": EDGE, "Africa/Nairobi": DAY, "Asia/Singapore": DAY},
    "2027-03-29T05:00": {"Europe/Helsinki": DAY, "Africa/Nairobi": DAY, "Asia/Singapore": DAY},
    "2027-03-25T04:00": {"Europe/Helsinki": NIGHT, "Africa/Nairobi": EDGE, "Asia/Singapore": DAY},
    "2027-03-29T04:00": {"Europe/Helsinki": EDGE, "Africa/Nairobi": EDGE, "Asia/Singapore": DAY},
    "2027-03-25T12:30": {"Europe/Helsinki": DAY, "Africa/Nairobi": DAY, "Asia/Singapore": NIGHT},
    "2027-03-29T12:00": {"Europe/Helsinki": DAY, "Africa/Nairobi": DAY, "Asia/Singapore": EDGE},
    "2027-03-25T15:30": {"Europe/Helsinki": EDGE, "Africa/Nairobi": EDGE, "Asia/Singapore": NIGHT},
    "2027-03-29T17:30": {
        "Europe/Helsinki": NIGHT,
        "Africa/Nairobi": NIGHT,
        "Asia/Singapore": NIGHT,
    },
}
ODD = (
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Africa/Nairobi",
    "Asia/Singapore",
    "Europe/Helsinki",
    "America/Havana",
    "Africa/Cairo",
    "Pacific/Easter",
)
zones = st.one_of(st.sampled_from(ODD), st.sampled_from(sorted(ZONES)))
lengths = st.one_of(st.integers(5, 240), st.integers(1, 1440))


@st.composite
def meetings(draw: st.DrawFn) -> tuple[datetime, int, str]:
    """A meeting anywhere, as often as not around a change of clocks."""
    zone, minutes = draw(zones), draw(lengths)
    day = draw(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if draw(st.booleans()):
        at = change_after(at, zone) - draw(st.integers(0, minutes)) * MINUTE
    return at + draw(st.integers(0, 1439)) * MINUTE * draw(st.booleans()), minutes, zone


def change_after(at: datetime, zone: str) -> datetime:
    """The minute of the next change of clocks within a year; the same instant where none is."""
    there = ZoneInfo(zone)
    offset, start = at.astimezone(there).utcoffset(), at
    for day in range(366):
        if (at + timedelta(days=day + 1)).astimezone(there).utcoffset() != offset:
            start = at + timedelta(days=day)
            break
    else:
        return at
    low, high = 0, 1440
    while low < high:
        middle = (low + high) // 2
        same = (start + middle * MINUTE).astimezone(there).utcoffset() == offset
        low, high = (middle + 1, high) if same else (low, middle)
    return start + low * MINUTE


def clocks(at: datetime, minutes: int, zone: str) -> list[datetime]:
    """What the clock shows in each minute of a meeting."""
    return [(at + n * MINUTE).astimezone(ZoneInfo(zone)) for n in range(minutes)]


def in_nairobi(time: str) -> datetime:
    local = datetime.fromisoformat(f"2027-03-25T{time}")
    return instant_of(Wall(local, "Africa/Nairobi"))


@pytest.mark.parametrize(("time", "minutes", "sort"), PLAIN)
def test_a_meeting_sits_in_the_day_by_its_worst_minute(time: str, minutes: int, sort: Sort) -> None:
    assert hour_sort(in_nairobi(time), minutes, "Africa/Nairobi") is sort


@pytest.mark.parametrize(("at", "sorts"), GOLDEN.items())
def test_who_sits_how_before_and_after_helsinki_changes(at: str, sorts: dict[str, Sort]) -> None:
    instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert {zone: hour_sort(instant, 120, zone) for zone in sorts} == sorts


@pytest.mark.parametrize(("minutes", "sort"), [(60, EDGE), (120, EDGE), (121, NIGHT)])
def test_an_evening_hour_that_comes_twice_is_no_night(minutes: int, sort: Sort) -> None:
    # On Easter Island clocks go back at 22:00: from 21:00 on there are two hours until then.
    start = datetime(2025, 4, 6, 2, tzinfo=UTC)
    assert start.astimezone(ZoneInfo("Pacific/Easter")).hour == 21
    assert hour_sort(start, minutes, "Pacific/Easter") is sort


@given(meetings())
@settings(deadline=None, max_examples=300)
def test_it_is_right_minute_by_minute(meeting: tuple[datetime, int, str]) -> None:
    hours = [local.hour for local in clocks(*meeting)]
    expected = EDGE
    if any(hour < 7 or hour >= 22 for hour in hours):
        expected = NIGHT
    elif all(8 <= hour < 18 for hour in hours):
        expected = DAY
    assert hour_sort(*meeting) is expected


@given(meetings())
@settings(deadline=None, max_examples=300)
def test_stretches_are_what_the_clock_shows_in_each_minute(
    meeting: tuple[datetime, int, str],
) -> None:
    found = [
        (part.day, minute) for part in stretches(*meeting) for minute in range(part.start, part.end)
    ]
    assert found == [(local.date(), local.hour * 60 + local.minute) for local in clocks(*meeting)]


# Start (UTC), minutes, zone, and the stretches by the day of the month and local time.
KNOWN = {
    "over midnight": ("2027-03-25T20:30", 60, "Africa/Nairobi", [(25, 1410, 1440), (26, 0, 30)]),
    "over an hour left out": (
        "2027-03-28T00:30",
        60,
        "Europe/Helsinki",
        [(28, 150, 180), (28, 240, 270)],
    ),
    "over an hour that comes twice": (
        "2027-10-31T00:30",
        60,
        "Europe/Helsinki",
        [(31, 210, 240), (31, 180, 210)],
    ),
    "over half an hour that comes twice": (
        "2027-04-03T14:45",
        30,
        "Australia/Lord_Howe",
        [(4, 105, 120), (4, 90, 105)],
    ),
    "over a midnight that is left out": (
        "2025-09-07T03:30",
        60,
        "America/Santiago",
        [(6, 1410, 1440), (7, 60, 90)],
    ),
    "back before midnight": (
        "2025-04-06T02:30",
        120,
        "America/Santiago",
        [(5, 1410, 1440), (5, 1380, 1440), (6, 0, 30)],
    ),
}


@pytest.mark.parametrize(("at", "minutes", "zone", "parts"), KNOWN.values(), ids=KNOWN)
def test_a_change_of_clocks_and_midnight_end_a_stretch(
    at: str, minutes: int, zone: str, parts: list[tuple[int, int, int]]
) -> None:
    start = datetime.fromisoformat(at).replace(tzinfo=UTC)
    found = list(stretches(start, minutes, zone))
    assert [(part.day.day, part.start, part.end) for part in found] == parts
    assert all(isinstance(part, Stretch) for part in found)
    assert sum(part.end - part.start for part in found) == minutes


def test_a_meeting_of_no_length_takes_nothing() -> None:
    assert list(stretches(in_nairobi("12:00"), 0, "Africa/Nairobi")) == []


def test_the_bands_are_one_whole_day_and_every_sort_has_its_words() -> None:
    ends = [end for _start, end, _sort in BANDS]
    assert [start for start, _end, _sort in BANDS] == [0, *ends[:-1]]
    assert ends[-1] == 24 * 60
    for start, end, sort in BANDS:
        at = in_nairobi("00:00") + start * MINUTE
        assert hour_sort(at, end - start, "Africa/Nairobi") is sort
    assert set(SORT_MEANING) == set(Sort)


def test_the_weekend_is_that_of_the_zone_on_the_days_that_are_given() -> None:
    friday = datetime(2027, 3, 26, 20, tzinfo=UTC)
    assert not on_weekend(friday, "Europe/Helsinki")
    assert on_weekend(friday, "Asia/Singapore"), "it is Saturday there"
    sunday = datetime(2027, 3, 28, 20, tzinfo=UTC)
    assert on_weekend(sunday, "Europe/Helsinki")
    assert not on_weekend(sunday, "Asia/Singapore"), "it is Monday there"
    assert on_weekend(friday, "Europe/Helsinki", frozenset({4, 5}))
    assert not on_weekend(sunday, "Europe/Helsinki", frozenset({4, 5}))
