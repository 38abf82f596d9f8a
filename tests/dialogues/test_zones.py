"""Page, e-mail and feed agree on the instant, whatever the clocks of the zone did then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from models.dialogues import Dialogue
from portal import dialogues, diary
from portal.db import reading, writing
from portal.errors import Invalid
from tests.calendars.test_instants import around
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import LOCAL, TELCO, convened, event, move, name, posted
from tests.pages import Visitor, sign_in

ZONES: Final = (
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Africa/Nairobi",
    "Asia/Singapore",
    "Europe/Helsinki",
)
MINUTES: Final = timedelta(minutes=90)
# Of the readings around each change of the clocks, those that lie ahead of the tests.
AROUND: Final = {
    zone: sorted({one.replace(tzinfo=None, fold=0) for one in around(zone) if one > NOW})
    for zone in ZONES
}
GAP: Final = datetime(2027, 10, 3, 2, 15)  # noqa: DTZ001 - left out at Lord Howe, by half an hour


def is_there(local: datetime, zone: str) -> bool:
    """Whether the clock of the zone ever shows this."""
    aware = local.replace(tzinfo=ZoneInfo(zone))
    return aware.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == local


@pytest.fixture
def at_now(app: Any, world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Visitor]:
    """Signs in somebody of the cast at the time of the tests."""
    monkeypatch.setattr("portal.web.read_clock", lambda: NOW)
    return lambda who: sign_in(app, world, who, NOW)


def instants_of(world: World, liaison: Visitor, ref: str, key: str) -> list[tuple[datetime, ...]]:
    """Begin and end, as the page, the e-mail and the feed say them."""
    shown = [
        one["datetime"] for one in liaison.get(f"/dialogues/{ref}/answer").page.select("dd time")
    ]
    held = event(posted(world, ref)[TELCO][-1])
    with reading(world.sessions) as session:
        calendar: Any = Calendar.from_ical(
            diary.calendar_of(session, key, "https://portal.example", NOW)
        )
    (fed,) = [one for one in calendar.walk("VEVENT") if str(one["UID"]) == str(held["UID"])]
    pairs = [tuple(one[name].dt for name in ("DTSTART", "DTEND")) for one in (held, fed)]
    return [tuple(datetime.fromisoformat(str(one)) for one in shown), *pairs]


def readings(zone: str) -> st.SearchStrategy[tuple[str, datetime]]:
    """Any minute of the years ahead, and often one around a change of the clocks."""
    first, last = datetime(2027, 1, 1), datetime(2028, 12, 31)  # noqa: DTZ001
    any_minute = st.datetimes(first, last).map(lambda one: one.replace(second=0, microsecond=0))
    near = st.sampled_from(AROUND[zone]) if AROUND[zone] else st.nothing()
    return st.tuples(st.just(zone), near | any_minute)


@settings(
    deadline=None,
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(when=st.sampled_from(ZONES).flatmap(readings))
@example(when=("Australia/Lord_Howe", datetime(2027, 4, 4, 1, 45)))  # noqa: DTZ001 - comes twice
@example(when=("America/Santiago", datetime(2027, 4, 3, 23, 30)))  # noqa: DTZ001 - comes twice
@example(when=("Africa/Casablanca", datetime(2027, 2, 7, 3, 30)))  # noqa: DTZ001
def test_page_email_and_feed_say_one_instant(
    world: World, at_now: Callable[[str], Visitor], when: tuple[str, datetime]
) -> None:
    zone, local = when
    assume(is_there(local, zone))
    expected = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assume(expected > NOW)
    with writing(world.sessions) as session:
        ref = convened(session, world, local=local, zone=zone).ref
        name(session, world, ref, TELCO)
        key = dialogues.make_feed(session, world.actors[TELCO], NOW)
    liaison = at_now(TELCO)
    both = (expected, expected + MINUTES)
    assert instants_of(world, liaison, ref, key) == [both, both, both]
    later = LOCAL + timedelta(days=30)
    move(world, ref, NOW, local=later)
    both = (later.replace(tzinfo=ZoneInfo(zone)), later.replace(tzinfo=ZoneInfo(zone)) + MINUTES)
    there = tuple(one.astimezone(UTC) for one in both)
    there = (there[0], there[0] + MINUTES)
    assert instants_of(world, liaison, ref, key) == [there, there, there]


@pytest.mark.parametrize("zone", ["Australia/Lord_Howe", "America/Santiago", "Europe/Helsinki"])
def test_a_time_that_is_left_out_is_refused(world: World, zone: str) -> None:
    gaps = [local for local in AROUND[zone] if not is_there(local, zone)]
    assert gaps
    assert (zone != "Australia/Lord_Howe") or GAP in gaps
    with writing(world.sessions) as session:
        ref = convened(session, world, zone=zone).ref
    for local in gaps[:3]:
        with pytest.raises(Invalid, match="at"):
            move(world, ref, local=local)
    with reading(world.sessions) as session:
        row = session.query(Dialogue).filter_by(ref=ref).one()
        assert row.sequence == 0
    assert ORGANISER in world.actors
