"""The instant that was put in is the one that three programs read, whatever the zone did then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.calendars import Meeting, feed, invitation
from tests.calendars.cases import MEETING, TO_LIAISON
from tests.calendars.readers import Read, by_ical_js, by_icalendar, by_vobject

ZONES = (
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Africa/Nairobi",
    "Europe/Helsinki",
    "Asia/Singapore",
    "UTC",
)
CHANGING = ("Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Europe/Helsinki")
FIRST, YEARS = 2026, 3
QUARTER = timedelta(minutes=15)


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """The hours, in UTC, at whose end the zone has another offset."""
    rules = ZoneInfo(zone)
    hours = [datetime(FIRST, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(8766 * YEARS)]
    offsets = [hour.astimezone(rules).utcoffset() for hour in hours]
    return tuple(hour for n, hour in enumerate(hours[:-1]) if offsets[n] != offsets[n + 1])


def around(zone: str) -> Iterator[datetime]:
    """What clocks of the zone show around each change, each reading twice: fold 0 and 1.

    Among them are readings that are left out and readings that come twice.
    """
    rules = ZoneInfo(zone)
    noons = [datetime(FIRST, month, 1, 12, tzinfo=rules) for month in (1, 7)]
    for middle in (*changes(zone), *noons):
        wall = middle.astimezone(rules).replace(tzinfo=None)
        for step in range(-8, 13):
            for fold in (0, 1):
                yield (wall + step * QUARTER).replace(tzinfo=rules, fold=fold)


def at(start: datetime, minutes: int = 75) -> Meeting:
    """A meeting from such a reading on."""
    ends_at = start.astimezone(UTC) + timedelta(minutes=minutes)
    return replace(MEETING, starts_at=start, ends_at=ends_at)


def instants(event: Read) -> tuple[float, float]:
    return event.starts_at.timestamp(), event.ends_at.timestamp()


def put_in(meeting: Meeting) -> tuple[float, float]:
    return meeting.starts_at.timestamp(), meeting.ends_at.timestamp()


starts = st.builds(
    lambda wall, zone, fold: wall.replace(tzinfo=ZoneInfo(zone), fold=fold),
    st.datetimes(datetime(2024, 1, 1), datetime(2045, 12, 31)).map(  # noqa: DTZ001
        lambda wall: wall.replace(microsecond=0)
    ),
    st.sampled_from(ZONES),
    st.integers(0, 1),
) | st.sampled_from(ZONES).flatmap(lambda zone: st.sampled_from(list(around(zone))))


@pytest.mark.parametrize("zone", CHANGING)
def test_the_zones_do_change_and_some_readings_come_twice(zone: str) -> None:
    assert len(changes(zone)) >= 2 * YEARS - 1
    readings = list(around(zone))
    pairs = zip(readings[::2], readings[1::2], strict=True)
    assert any(one.timestamp() != two.timestamp() for one, two in pairs)


def test_three_programs_read_the_instant_around_every_change_of_rules() -> None:
    meetings = [at(start) for zone in ZONES for start in around(zone)]
    requests = [invitation(meeting, **TO_LIAISON) for meeting in meetings]
    feeds = [feed([meeting], name="Mine") for meeting in meetings]
    third = by_ical_js([*requests, *feeds])
    assert len(meetings) > 600
    for n, meeting in enumerate(meetings):
        for data, theirs in ((requests[n], third[n]), (feeds[n], third[len(meetings) + n])):
            for events in (by_icalendar(data), by_vobject(data), theirs):
                assert [instants(event) for event in events] == [put_in(meeting)]


@given(starts, st.integers(1, 2000))
@settings(deadline=None, max_examples=200)
def test_two_programs_read_the_instant_of_any_reading_of_any_clock(
    start: datetime, minutes: int
) -> None:
    meeting = at(start, minutes)
    for data in (invitation(meeting, **TO_LIAISON), feed([meeting], name="Mine")):
        for read in (by_icalendar, by_vobject):
            assert [instants(event) for event in read(data)] == [put_in(meeting)]


@given(st.lists(starts, min_size=20, max_size=60))
@settings(deadline=None, max_examples=5)
def test_the_third_program_reads_a_feed_of_them_alike(many: list[datetime]) -> None:
    meetings = [replace(at(start), uid=f"{n}@portal.example") for n, start in enumerate(many)]
    (events,) = by_ical_js([feed(meetings, name="Mine")])
    assert {event.uid: instants(event) for event in events} == {
        meeting.uid: put_in(meeting) for meeting in meetings
    }
