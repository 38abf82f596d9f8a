"""The clock and commitments: days in zones, rounds, sleep, and two schedulers at once."""

import threading
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from models.commitments import Commitment, CommitmentState, ConditionType
from models.ledger import AuditEvent
from portal import commitments, schedule
from portal.commitments import StepText
from portal.db import make_sessions, reading, writing
from portal.ledger import first_fault
from tests.cast import NOW, World
from tests.commitments import scenes
from tests.commitments.builders import agreed, drafted, found, proposed, reported
from tests.jobs.clock import (
    DAY,
    SECOND,
    Rounds,
    days,
    living_in,
    reminders,
    rungs,
    state,
    utc,
)
from tests.jobs.test_delivery import PAPER, Memory

TELCO, CLOUD, CERT = scenes.TELCO, scenes.CLOUD, scenes.CERT


@pytest.mark.parametrize(
    ("zone", "due_on", "over"),
    [
        ("Asia/Singapore", date(2026, 12, 20), utc(2026, 12, 20, 16)),
        ("America/Los_Angeles", date(2026, 12, 20), utc(2026, 12, 21, 8)),
        ("Europe/Helsinki", date(2027, 3, 28), utc(2027, 3, 28, 21)),
        ("Europe/Helsinki", date(2027, 10, 31), utc(2027, 10, 31, 22)),
        ("America/Santiago", date(2026, 12, 31), utc(2027, 1, 1, 3)),
    ],
    ids=["Singapore", "Los Angeles", "spring forward", "fall back", "new year"],
)
def test_a_day_is_over_where_the_promisor_lives_and_late_begins_at_that_instant(
    quiet: World, at: Rounds, zone: str, due_on: date, over: datetime
) -> None:
    living_in(quiet, zone)
    with writing(quiet.sessions) as session:
        late, kept = agreed(session, quiet, due_on=due_on), agreed(session, quiet, due_on=due_on)
        reported(session, quiet, kept.ref, at=over - timedelta(minutes=1))
    at(over - SECOND)
    assert reminders(quiet, late, "report-late") == {}, "at 23:59 it is not late yet"
    at(over)
    at(over + SECOND)
    once = Counter({"report-late": 1})
    assert reminders(quiet, late, "report-late") == {TELCO: once, scenes.COLLEAGUE: once}
    assert rungs(quiet, late) == {"report-soon-1", "report-due"}
    assert reminders(quiet, kept, "report-late", "report-soon") == {}


def test_a_day_before_the_clocks_change_is_a_day_of_24_hours(quiet: World, at: Rounds) -> None:
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, due_on=date(2027, 3, 28))
    over = utc(2027, 3, 28, 21)
    at(over - DAY - SECOND)
    assert rungs(quiet, made) == {"report-soon-7"}
    at(over - DAY)
    assert rungs(quiet, made) == {"report-soon-7", "report-soon-1"}


def test_rounds_open_by_themselves_on_the_last_day_of_short_months(
    quiet: World, at: Rounds
) -> None:
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, due_on=date(2027, 1, 31), every="month")
    assert days(quiet, made) == [date(2027, 1, 31)]
    at(utc(2027, 1, 31, 22) - SECOND)
    assert days(quiet, made) == [date(2027, 1, 31)]
    at(utc(2027, 1, 31, 22))
    assert days(quiet, made) == [date(2027, 1, 31), date(2027, 2, 28)]
    at(utc(2027, 4, 1))
    assert days(quiet, made)[2:] == [date(2027, 3, 31), date(2027, 4, 30)], "two at once"


def test_a_leap_day_comes_back_when_the_calendar_has_it(quiet: World, at: Rounds) -> None:
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, due_on=date(2028, 2, 29), every="year")
    at(utc(2031, 6, 1))
    assert days(quiet, made) == [
        date(2028, 2, 29),
        date(2029, 2, 28),
        date(2030, 2, 28),
        date(2031, 2, 28),
        date(2032, 2, 29),
    ]


def test_rounds_end_where_the_terms_say_so(quiet: World, at: Rounds) -> None:
    with writing(quiet.sessions) as session:
        said = {"due_on": date(2026, 12, 1), "every": "week", "until_on": date(2026, 12, 20)}
        made = agreed(session, quiet, **said)
    at(utc(2027, 6, 1))
    assert days(quiet, made) == [date(2026, 12, day) for day in (1, 8, 15)]


def test_a_proposal_lapses_when_its_day_is_over_and_not_before(quiet: World, at: Rounds) -> None:
    with writing(quiet.sessions) as session:
        made = proposed(session, quiet)
    over = utc(2026, 12, 1, 22)
    for before in (over - 8 * DAY, over - 2 * DAY, over - SECOND):
        at(before)
        assert state(quiet, made) == CommitmentState.PROPOSED
    post = at(over)
    assert state(quiet, made) == CommitmentState.LAPSED
    assert [s.rpartition(": ")[2] for s in post.to(CLOUD)] == ["proposal lapsed"]
    assert rungs(quiet, made) == {"accept-soon-3", "accept-soon-1"}
    at(over + SECOND)
    assert state(quiet, made) == CommitmentState.LAPSED


def test_a_week_of_sleep_writes_one_email_for_each_resource_and_person(
    quiet: World, at: Rounds
) -> None:
    steps = tuple(StepText(f"Step {n}", date(2026, 12, day)) for n, day in ((1, 2), (2, 3)))
    with writing(quiet.sessions) as session:
        late = agreed(session, quiet, due_on=None, steps=steps)
        claimed = agreed(session, quiet)
        reported(session, quiet, claimed.ref, at=NOW + DAY)
    for _ in range(10):
        at(utc(2026, 12, 10, 12))
    assert reminders(quiet, late, "report-soon", "report-late") == {
        TELCO: Counter({"report-late": 1}),
        scenes.COLLEAGUE: Counter({"report-late": 1}),
    }
    assert rungs(quiet, late) == {"report-late-7"}, "the highest rung of the earliest day"
    assert reminders(quiet, claimed, "verify-late") == {CERT: Counter({"verify-late": 1})}


def test_one_that_cannot_be_done_stops_no_other_and_waits_for_the_next_round(
    quiet: World, at: Rounds
) -> None:
    with writing(quiet.sessions) as session:
        bad, *good = (agreed(session, quiet, every="month") for _ in range(3))
        due = commitments.due_for_the_system(session, NOW + 30 * DAY)
        bad = next(row for row in (bad, *good) if row.ref == due[0])
        nowhere = update(Commitment).where(Commitment.id == bad.id)
        session.execute(nowhere.values(zone="Nowhere/None"))
        made = [row.id for row in session.query(Commitment).where(Commitment.id != bad.id)]
    at(NOW + 30 * DAY)
    assert len(days(quiet, bad)) == 1
    with reading(quiet.sessions) as session:
        assert all(len(days(quiet, session.get_one(Commitment, key))) == 2 for key in made)
    with writing(quiet.sessions) as session:
        mended = update(Commitment).where(Commitment.id == bad.id)
        session.execute(mended.values(zone="Europe/Helsinki"))
    at(NOW + 30 * DAY)
    assert len(days(quiet, bad)) == 2


def test_what_the_system_did_is_told_in_the_same_round(quiet: World, at: Rounds) -> None:
    with writing(quiet.sessions) as session:
        first = agreed(session, quiet)
        second = drafted(session, quiet, by=CLOUD, to="telco")
        scenes.add_condition(
            session, quiet, second.ref, first.ref, ConditionType.AFTER, CLOUD, days=2
        )
        cloud, until = quiet.actors[CLOUD], date(2026, 12, 1)
        commitments.propose(session, cloud, second.ref, answer_by_on=until, now=NOW)
        commitments.accept(session, quiet.actors[TELCO], second.ref, NOW)
        found(session, quiet, first.ref)
    at(NOW + 2 * DAY - SECOND)
    assert state(quiet, second) == CommitmentState.ACCEPTED
    post = at(NOW + 2 * DAY)
    assert state(quiet, second) == CommitmentState.IN_FORCE
    notified = [s for s in post.to(CLOUD) if second.ref in s]
    assert [s.rpartition(": ")[2] for s in notified] == ["in force"]


def test_two_schedulers_at_once_do_and_write_nothing_twice(
    quiet: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(quiet.sessions) as session:
        lapsing = [proposed(session, quiet) for _ in range(4)]
        recurring = [agreed(session, quiet, every="week") for _ in range(4)]
        late = [agreed(session, quiet) for _ in range(4)]
    monkeypatch.setattr(schedule, "now", lambda: utc(2026, 12, 21, 12))
    post, gate, faults = Memory(), threading.Barrier(3), list[BaseException]()

    def look() -> None:
        sessions = make_sessions(quiet.engine)
        gate.wait()
        try:
            for _ in range(2):
                schedule.one_round(sessions, post, PAPER)
        except BaseException as fault:
            faults.append(fault)

    both = [threading.Thread(target=look) for _ in range(2)]
    for scheduler in both:
        scheduler.start()
    gate.wait()
    for scheduler in both:
        scheduler.join()
    assert faults == []
    with reading(quiet.sessions) as session:
        acts = Counter(
            (event.verb, event.ref)
            for event in session.scalars(select(AuditEvent).where(AuditEvent.at > NOW))
        )
        assert first_fault(session) is None
    assert acts == Counter(
        [("lapse", row.ref) for row in lapsing] + [("open-round", row.ref) for row in recurring]
    )
    assert all(len(days(quiet, row)) == 2 for row in recurring)
    once = Counter({"report-late": 1})
    for row in (*late, *recurring):
        assert reminders(quiet, row, "report-late") == {TELCO: once, scenes.COLLEAGUE: once}
    names = [str(email["Message-ID"]) for email in post.emails]
    assert len(names) == len(set(names)) > 20
