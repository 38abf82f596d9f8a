"""A wall time keeps its reading, an instant its place; what no clock shows is refused."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.days import ZONES
from portal.slots import Shown, Wall, instant_of, problem_of, shown, twice

MINUTE = timedelta(minutes=1)
GAP = "This time does not exist in that zone: the clocks go forward over it."
# Nine in the morning in UTC, before and after Helsinki changed its clocks on 28 March 2027.
BEFORE, AFTER = (datetime(2027, 3, day, 9, tzinfo=UTC) for day in (25, 29))
READ = {
    "Europe/Helsinki": [("11:00", "EET", "UTC+02:00"), ("12:00", "EEST", "UTC+03:00")],
    "Africa/Nairobi": [("12:00", "EAT", "UTC+03:00")] * 2,
    "Asia/Singapore": [("17:00", "", "UTC+08:00")] * 2,
    "Asia/Kathmandu": [("14:45", "", "UTC+05:45")] * 2,
    "America/Santiago": [("06:00", "", "UTC-03:00")] * 2,
    "America/St_Johns": [("06:30", "NDT", "UTC-02:30")] * 2,
    "Australia/Lord_Howe": [("20:00", "", "UTC+11:00")] * 2,
    "UTC": [("09:00", "UTC", "UTC+00:00")] * 2,
}
# Local time, zone, and whether clocks leave it out (gap), show it twice, or neither.
CHANGES = [
    ("2027-03-28T02:59", "Europe/Helsinki", ""),
    ("2027-03-28T03:00", "Europe/Helsinki", "gap"),
    ("2027-03-28T03:59", "Europe/Helsinki", "gap"),
    ("2027-03-28T04:00", "Europe/Helsinki", ""),
    ("2027-10-31T02:59", "Europe/Helsinki", ""),
    ("2027-10-31T03:00", "Europe/Helsinki", "twice"),
    ("2027-10-31T03:59", "Europe/Helsinki", "twice"),
    ("2027-10-31T04:00", "Europe/Helsinki", ""),
    ("2027-10-03T02:00", "Australia/Lord_Howe", "gap"),
    ("2027-10-03T02:29", "Australia/Lord_Howe", "gap"),
    ("2027-10-03T02:30", "Australia/Lord_Howe", ""),
    ("2027-04-04T01:29", "Australia/Lord_Howe", ""),
    ("2027-04-04T01:30", "Australia/Lord_Howe", "twice"),
    ("2027-04-04T01:59", "Australia/Lord_Howe", "twice"),
    ("2027-04-04T02:00", "Australia/Lord_Howe", ""),
    ("2025-09-07T00:00", "America/Santiago", "gap"),
    ("2025-04-05T23:30", "America/Santiago", "twice"),
    ("2025-02-23T02:00", "Africa/Casablanca", "twice"),
    ("2025-04-06T02:30", "Africa/Casablanca", "gap"),
    ("2027-03-28T03:30", "Africa/Nairobi", ""),
    ("2027-03-28T03:30", "Asia/Kathmandu", ""),
    ("2011-12-30T12:00", "Pacific/Apia", "gap"),
]
ODD = ("Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Asia/Kathmandu")
zones = st.one_of(st.sampled_from(ODD), st.sampled_from(sorted(ZONES)))
locals_ = st.datetimes(*map(datetime.fromisoformat, ("1995-01-01", "2060-01-01"))).map(
    lambda at: at.replace(second=0, microsecond=0)
)
instants = locals_.map(lambda at: at.replace(tzinfo=UTC))


def wall(text: str, zone: str = "Europe/Helsinki") -> Wall:
    return Wall(datetime.fromisoformat(text), zone)


@pytest.mark.parametrize(("zone", "readings"), READ.items())
def test_an_instant_reads_as_the_clock_of_the_zone(
    zone: str, readings: list[tuple[str, str, str]]
) -> None:
    for at, (time, abbreviation, offset) in zip((BEFORE, AFTER), readings, strict=True):
        assert shown(at, zone) == Shown(at.date(), time, abbreviation, offset, zone)


def test_the_day_is_that_of_the_zone() -> None:
    late = BEFORE.replace(hour=22)
    assert shown(late, "Africa/Nairobi").day == date(2027, 3, 26)
    assert shown(late, "America/Santiago").day == date(2027, 3, 25)


@pytest.mark.parametrize(("text", "zone", "change"), CHANGES)
def test_gaps_are_refused_and_double_times_said(text: str, zone: str, change: str) -> None:
    local = datetime.fromisoformat(text)
    assert problem_of(local, zone) == (GAP if change == "gap" else None)
    assert twice(local, zone) == (change == "twice")


def test_unknown_zones_and_days_out_of_reach_are_refused() -> None:
    noon = datetime.fromisoformat("2027-03-25T12:00")
    assert problem_of(noon, "Europe/Atlantis") == "Choose a zone from the list."
    assert problem_of(noon, "EST") == "Choose a zone from the list."
    assert problem_of(noon, "UTC") is None
    for year in (1, 9999):
        assert problem_of(noon.replace(year=year), "UTC") == "This day is too far away."


def test_what_happens_twice_is_taken_at_the_first() -> None:
    first = wall("2027-10-31T03:30")
    assert instant_of(first) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    again = Wall(first.local.replace(fold=1), first.zone)
    assert instant_of(again) == instant_of(first)


def test_a_wall_time_keeps_its_reading_while_the_instant_moves() -> None:
    days = [wall(f"2027-03-{day}T14:00") for day in (25, 29)]
    assert [instant_of(day) for day in days] == [
        datetime(2027, 3, 25, 12, tzinfo=UTC),
        datetime(2027, 3, 29, 11, tzinfo=UTC),
    ]


def test_a_time_that_new_rules_left_out_is_read_by_the_offset_before() -> None:
    at = instant_of(wall("2027-03-28T03:30"))
    assert at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert shown(at, "Europe/Helsinki").time == "04:30"


def test_a_local_time_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone of its own"):
        Wall(BEFORE, "UTC")


@given(locals_, zones)
@settings(deadline=None)
def test_what_is_not_refused_is_shown_as_it_was_typed(local: datetime, zone: str) -> None:
    at = instant_of(Wall(local, zone))
    assert at.tzinfo is UTC
    read = shown(at, zone)
    typed = (read.day, read.time) == (local.date(), f"{local:%H:%M}")
    assert typed == (problem_of(local, zone) is None)


@given(instants, zones)
@settings(deadline=None)
def test_every_instant_is_a_time_that_comes_and_the_first_or_the_second_of_it(
    at: datetime, zone: str
) -> None:
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    assert problem_of(local, zone) is None
    first = instant_of(Wall(local, zone))
    assert first == at or (first < at and twice(local, zone))


@given(instants, zones)
@settings(deadline=None)
def test_day_time_and_offset_together_are_the_instant(at: datetime, zone: str) -> None:
    read = shown(at, zone)
    assert read.zone == zone
    text = f"{read.day}T{read.time}{read.offset.removeprefix('UTC')}"
    assert abs(datetime.fromisoformat(text) - at) < MINUTE
    assert read.abbreviation == "" or read.abbreviation[0].isalpha()


@pytest.mark.parametrize(
    ("zone", "change", "offsets"),
    [
        ("Australia/Lord_Howe", "2027-04-03T15:00", ["UTC+11:00", "UTC+10:30"]),
        ("Europe/Helsinki", "2027-03-28T01:00", ["UTC+02:00", "UTC+03:00"]),
        ("Africa/Casablanca", "2025-02-23T02:00", ["UTC+01:00", "UTC+00:00"]),
    ],
)
def test_the_offset_changes_with_the_minute(zone: str, change: str, offsets: list[str]) -> None:
    at = datetime.fromisoformat(change).replace(tzinfo=UTC)
    assert [shown(instant, zone).offset for instant in (at - MINUTE, at)] == offsets
