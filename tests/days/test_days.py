"""A due day ends where the next day of its zone begins, and rounds come back to their own day."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.days import EVERY, ZONES, day_of, end_of, following, known_zone

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
# Each as the tz database tells it.
KNOWN = {
    "in UTC a day is a day": ("UTC", "2026-11-03", "2026-11-04T00:00:00"),
    "east of it the day ends earlier": ("Asia/Kathmandu", "2026-11-03", "2026-11-03T18:15:00"),
    "west of it later": ("Pacific/Honolulu", "2026-11-03", "2026-11-04T10:00:00"),
    "a spring day of 23 hours": ("Europe/Helsinki", "2026-03-29", "2026-03-29T21:00:00"),
    "an autumn day of 25 hours": ("Europe/Helsinki", "2026-10-25", "2026-10-25T22:00:00"),
    "no midnight in Beirut": ("Asia/Beirut", "2026-03-28", "2026-03-28T22:00:00"),
    "no midnight in Cairo": ("Africa/Cairo", "2026-04-23", "2026-04-23T22:00:00"),
    "no midnight in Santiago": ("America/Santiago", "2025-09-06", "2025-09-07T04:00:00"),
    "Santiago goes back at midnight": ("America/Santiago", "2026-04-04", "2026-04-05T04:00:00"),
    "Cairo goes back at midnight": ("Africa/Cairo", "2026-10-29", "2026-10-29T22:00:00"),
    "two midnights on one day, the first counts": (
        "America/Havana",
        "2026-10-31",
        "2026-11-01T04:00:00",
    ),
    "clocks go back into the day before, the second counts": (
        "America/St_Johns",
        "2006-10-28",
        "2006-10-29T03:30:00",
    ),
    "clocks leap over midnight": ("America/Toronto", "1919-03-30", "1919-03-31T04:30:00"),
    "the day before a skipped one": ("Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00"),
    "a skipped day ends with it": ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00"),
    "the day after a skipped one": ("Pacific/Apia", "2011-12-31", "2011-12-31T10:00:00"),
}
SKIPPED = {
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Fakaofo", date(2011, 12, 30)),
    ("Pacific/Enderbury", date(1994, 12, 31)),
    ("Pacific/Kanton", date(1994, 12, 31)),
    ("Pacific/Kiritimati", date(1994, 12, 31)),
    ("Pacific/Kwajalein", date(1993, 8, 21)),
}
zones = st.sampled_from(sorted(ZONES))
dates = st.dates(date(1880, 1, 1), date(2100, 12, 31))
hours = st.integers(-72, 72).map(lambda n: timedelta(hours=n))


@pytest.mark.parametrize(("zone", "day", "instant"), KNOWN.values(), ids=KNOWN)
def test_a_day_ends_where_the_next_begins_for_good(zone: str, day: str, instant: str) -> None:
    end = end_of(date.fromisoformat(day), zone)
    assert end == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert end.tzinfo is UTC


def near_a_change(zone: str, day: date) -> date:
    """The last day before `day` on which the zone's clocks changed; `day` where none did."""
    there = ZoneInfo(zone)
    for n in range(400):
        noons = [datetime(d.year, d.month, d.day, 12, tzinfo=there) for d in (day, day - n * DAY)]
        if noons[0].utcoffset() != noons[1].utcoffset():
            return day - n * DAY
    return day


@given(zones, dates, st.booleans(), st.integers(-1, 1))
@settings(deadline=None)
def test_the_second_before_is_the_day_and_the_end_is_not(
    zone: str, day: date, at_change: bool, aside: int
) -> None:
    day = near_a_change(zone, day) + aside * DAY if at_change else day
    end = end_of(day, zone)
    assert day_of(end, zone) > day
    if (zone, day) not in SKIPPED:
        assert day_of(end - SECOND, zone) == day


@given(zones, dates, hours, st.integers(0, 3599), st.booleans())
@settings(deadline=None)
def test_no_instant_of_a_day_lies_at_or_after_its_end(
    zone: str, day: date, aside: timedelta, seconds: int, at_change: bool
) -> None:
    day = near_a_change(zone, day) if at_change else day
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + aside + seconds * SECOND
    assert end_of(day_of(at, zone), zone) > at


@given(zones, dates)
@settings(deadline=None)
def test_ends_come_in_the_order_of_their_days(zone: str, day: date) -> None:
    before, end = end_of(day - DAY, zone), end_of(day, zone)
    assert before == end if (zone, day) in SKIPPED else before < end


def test_days_left_out_of_a_calendar_end_with_the_day_before() -> None:
    for zone, day in SKIPPED & {(zone, day) for zone in ZONES for _zone, day in SKIPPED}:
        end = end_of(day, zone)
        assert (day_of(end - SECOND, zone), day_of(end, zone)) == (day - DAY, day + DAY)


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "America/Argentina/Ushuaia", "UTC"])
def test_regions_and_utc_are_known(zone: str) -> None:
    assert known_zone(zone)


@pytest.mark.parametrize(
    "zone", ["", "Helsinki", "localtime", "EST", "Europe", "europe/helsinki", "../UTC", "/UTC"]
)
def test_other_names_are_not(zone: str) -> None:
    assert not known_zone(zone)


def rounds(first: date, every: str, count: int) -> list[str]:
    """The days of the rounds after the first."""
    days = [first]
    for _ in range(count):
        days.append(following(days[-1], every, first.day))
    return [day.isoformat() for day in days[1:]]


def test_the_31st_is_the_last_day_of_short_months_and_comes_back() -> None:
    assert rounds(date(2027, 12, 31), "month", 5) == [
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
        "2028-05-31",
    ]


def test_the_29th_of_february_is_the_28th_in_common_years_and_comes_back() -> None:
    assert rounds(date(2028, 2, 29), "year", 5) == [
        "2029-02-28",
        "2030-02-28",
        "2031-02-28",
        "2032-02-29",
        "2033-02-28",
    ]


def test_quarters_keep_their_day_over_the_year() -> None:
    assert rounds(date(2026, 8, 31), "quarter", 4) == [
        "2026-11-30",
        "2027-02-28",
        "2027-05-31",
        "2027-08-31",
    ]


def test_weeks_keep_their_day_of_the_week() -> None:
    assert rounds(date(2026, 12, 28), "week", 2) == ["2027-01-04", "2027-01-11"]


@pytest.mark.parametrize("every", ["", "day", "decade"])
def test_what_has_no_next_round_is_refused(every: str) -> None:
    with pytest.raises(ValueError, match="no next round"):
        following(date(2026, 11, 3), every, 3)


def test_every_rhythm_has_a_label() -> None:
    assert list(EVERY) == ["", "week", "month", "quarter", "year"]
    assert all(EVERY.values())


@given(dates, st.sampled_from(["month", "quarter", "year"]), st.integers(1, 60))
@settings(deadline=None)
def test_a_round_lies_in_its_month_on_its_day_or_on_the_last(
    first: date, every: str, count: int
) -> None:
    last = date.fromisoformat(rounds(first, every, count)[-1])
    months = {"month": 1, "quarter": 3, "year": 12}[every] * count
    assert (last.year - first.year) * 12 + last.month - first.month == months
    assert last.day == min(first.day, monthrange(last.year, last.month)[1])


@given(zones, dates, st.sampled_from([every for every in EVERY if every]))
@settings(deadline=None)
def test_the_next_round_ends_later(zone: str, day: date, every: str) -> None:
    assume((zone, day) not in SKIPPED)
    assert end_of(following(day, every, day.day), zone) > end_of(day, zone)
