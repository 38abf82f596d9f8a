"""The calendar holds every day of every noun for those who read it, and for nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models.dialogues import DialogueState
from models.records import Action, Point
from portal.access import Actor
from portal.db import reading, writing
from portal.diary import Entry, diary, weeks
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.commitments import builders as commitments
from tests.dialogues.builders import drafted
from tests.dialogues.later_builders import DAY, comes, convened, held, recorded
from tests.factories import opened_process, published, sent_to
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
FIRST, LAST = NOW.date() - 40 * DAY, NOW.date() + 60 * DAY
TELCO, CLOUD, ORGANISER, OUTSIDER = (
    "liaison@telco",
    "liaison@cloud",
    "coordinator@peace",
    "liaison@bank",
)


def entries(
    world: World, name: str, process: str = "", *, first: date = FIRST, last: date = LAST
) -> list[Entry]:
    """All that stands in somebody's calendar."""
    with reading(world.sessions) as session:
        found = diary(session, world.actors[name], NOW, first, last, process)
    return [entry for day in found.days.values() for entry in day]


def sorts(world: World, name: str, process: str = "") -> list[str]:
    return sorted(entry.dated.name for entry in entries(world, name, process))


def everything(session: Any, world: World) -> None:
    """One of each sort of day, between telco and cloud, prepared by peace."""
    published(session, world, "cloud", acknowledge_by_at=NOW + 2 * DAY)
    commitments.agreed(session, world, title="In force")
    commitments.proposed(session, world, title="Proposed")
    convened(session, world, "telco", "cloud", title="Meeting")
    poll = drafted(session, world, "telco", "cloud", title="Poll")
    poll.state, poll.published_at = DialogueState.POLLING, NOW
    poll.poll_until_at = NOW + 3 * DAY
    talk = held(session, world, "telco", "cloud", title="Held")
    comes(session, world, talk, TELCO, came=True)
    comes(session, world, talk, CLOUD, came=True)
    recorded(session, world, talk)
    other = held(session, world, "telco", "cloud", title="Recorded")
    comes(session, world, other, TELCO, came=True)
    record = recorded(session, world, other, "adopted")
    point = Point(
        record_id=record.id,
        number=1,
        title="A point",
        changed_at=NOW,
        changed_by_id=record.author_id,
    )
    session.add(point)
    session.flush()
    homes = world.organisations
    session.add(
        Action(
            record_id=record.id,
            point_id=point.id,
            organisation_id=homes["telco"].id,
            addressee_id=homes["cloud"].id,
            text="Write it up",
            due_at=NOW + 9 * DAY,
        )
    )


def test_each_sort_of_day_stands_there_for_whoever_reads_it(world: World) -> None:
    with writing(world.sessions) as session:
        everything(session, world)
    both = ["acknowledge", "answer", "due", "meeting", "meeting", "meeting", "poll", "silence"]
    assert sorts(world, TELCO) == sorted([*both, "action"])
    assert sorts(world, CLOUD) == both
    assert sorts(world, ORGANISER) == ["meeting", "meeting", "meeting", "poll", "silence"]
    assert sorts(world, "analyst@cert") == ["answer", "due"], "who verifies reads the commitments"
    for name in (OUTSIDER, "observer@un", "steward@portal", "auditor@portal"):
        assert sorts(world, name) == []


def test_what_is_over_reported_or_not_shared_yet_is_no_deadline(world: World) -> None:
    with writing(world.sessions) as session:
        draft = drafted(session, world, "telco")
        draft.starts_at, draft.ends_at = NOW + DAY, NOW + 2 * DAY
        commitments.drafted(session, world)
        notice = published(session, world, "cloud", acknowledge_by_at=NOW + 2 * DAY)
        notice.state = "closed"
        met = commitments.agreed(session, world)
        commitments.reported(session, world, met.ref)
        commitments.found(session, world, met.ref)
        waits = commitments.agreed(session, world)
        commitments.reported(session, world, waits.ref)
    assert sorts(world, TELCO) == []


def test_a_day_stays_its_day_and_an_instant_is_on_the_day_of_the_reader(world: World) -> None:
    with writing(world.sessions) as session:
        commitments.agreed(session, world, title="Due", due_on=date(2026, 12, 5))
    # 22:30 in Helsinki is still the 4th in New York, and the 5th in Tokyo.
    late = NOW.replace(month=12, day=4, hour=20, minute=30)
    with writing(world.sessions) as session:
        convened(session, world, "telco", starts_at=late)
    seen = {}
    for zone in ("Europe/Helsinki", "America/New_York", "Asia/Tokyo"):
        known = world.actors[TELCO]
        actor = Actor(known.person_id, known.name, zone=zone)
        with reading(world.sessions) as session:
            found = diary(session, actor, NOW, date(2026, 12, 1), date(2026, 12, 9)).days
        seen[zone] = {
            entry.dated.name: (entry.day.day, entry.time, entry.place)
            for day in found.values()
            for entry in day
        }
    assert {days["due"] for days in seen.values()} == {(5, "", seen["Asia/Tokyo"]["due"][2])}
    assert seen["Europe/Helsinki"]["meeting"] == (4, "22:30–23:30", "")
    assert seen["America/New_York"]["meeting"] == (4, "15:30–16:30", "")
    assert seen["Asia/Tokyo"]["meeting"] == (5, "05:30–06:30", "")


def test_a_process_narrows_it_for_those_who_sit_there(world: World) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco")
        sent_to(session, world, process, title="Tied")
        published(session, world, "cloud", acknowledge_by_at=NOW + 2 * DAY, title="Not tied")
        ref = process.ref
    assert [entry.title for entry in entries(world, TELCO, ref)] == ["Tied"]
    assert sorted(entry.title for entry in entries(world, TELCO)) == ["Not tied", "Tied"]
    for name, tried in ((OUTSIDER, ref), (CLOUD, ref), (TELCO, "S-26-XXXXXX")):
        with pytest.raises(NotFound):
            entries(world, name, tried)


def test_only_the_days_that_are_asked_for(world: World) -> None:
    with writing(world.sessions) as session:
        published(session, world, "cloud", acknowledge_by_at=NOW + 2 * DAY)
    day = (NOW + 2 * DAY).date()
    assert len(entries(world, TELCO, first=day, last=day)) == 1
    assert entries(world, TELCO, first=day + DAY, last=LAST) == []
    assert entries(world, TELCO, first=FIRST, last=day - DAY) == []


def test_weeks_of_a_month_go_from_monday_to_sunday_and_miss_no_day() -> None:
    for number in range(1, 25):
        month = date(2026 + (number - 1) // 12, (number - 1) % 12 + 1, 1)
        found = weeks(month + 8 * DAY)
        flat = [day for week in found for day in week]
        assert all(week[0].weekday() == 0 for week in found)
        assert flat == [flat[0] + n * DAY for n in range(len(flat))]
        assert {day for day in flat if day.month == month.month} >= {month}
        assert (flat[-1] + DAY).month != month.month or flat[-1].month != month.month
        assert all(any(day.month == month.month for day in week) for week in found)


def test_the_page_shows_month_and_list_and_takes_any_address(visit: Visit, world: World) -> None:
    with writing(world.sessions) as session:
        published(session, world, "cloud", acknowledge_by_at=NOW + 2 * DAY, title="Answer this")
    cloud, day = visit(CLOUD), (NOW + 2 * DAY).date()
    month = cloud.get(f"/calendar/?from={day:%Y-%m}")
    assert len(month.page.select("[data-calendar] td")) in (28, 35, 42)
    assert "Answer this" in month.words
    assert "Times are in" in month.words
    listed = cloud.get(f"/calendar/?view=list&from={day - timedelta(days=3)}")
    assert "Answer this" in listed.words
    assert "Answer this" not in visit(OUTSIDER).get(f"/calendar/?from={day:%Y-%m}").words
    for start in ("", "x", "2026-13", "0001-01-01", "9999-12-31", "2026-02-30"):
        assert cloud.get(f"/calendar/?from={start}").status == 200
    assert cloud.get("/calendar/?process=S-26-XXXXXX").status == 404
    assert "There are no deadlines or meetings" in cloud.get("/calendar/?from=2031-01").words
