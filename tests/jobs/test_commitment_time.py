"""The clock and commitments: days in zones, rounds, grace, sleep, and two schedulers at once."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from models.commitments import Commitment, CommitmentState, Milestone, Sort, Step
from models.ledger import AuditEvent, OutboxLetter
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal import commitments, schedule
from portal.commitments import Shown, StepText
from portal.db import make_sessions, reading, writing
from portal.delivery import SENT
from portal.ledger import first_fault
from portal.reminders import remind
from portal.store import Store, key_from
from tests.cast import NOW, World
from tests.commitments import scenes
from tests.commitments.made import agreed, drafted, found, proposed, reported
from tests.jobs.test_delivery import PAPER, Memory

SECOND, DAY, WEEK = timedelta(seconds=1), timedelta(days=1), timedelta(days=7)
TELCO, CLOUD, CERT = scenes.TELCO, scenes.CLOUD, scenes.CERT
Rounds = Callable[[datetime], Memory]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.fixture
def quiet(world: World) -> World:
    """The world with an empty outbox."""
    with writing(world.sessions) as session:
        session.execute(update(OutboxLetter).values(closed_at=NOW, outcome=SENT))
    return world


@pytest.fixture
def at(quiet: World, monkeypatch: pytest.MonkeyPatch) -> Rounds:
    """Lets the jobs look once, at a time of the test's own."""

    def look(moment: datetime) -> Memory:
        monkeypatch.setattr(schedule, "now", lambda: moment)
        post = Memory()
        schedule.one_round(quiet.sessions, post, PAPER)
        return post

    return look


def living_in(world: World, zone: str, home: str = "telco") -> None:
    """Move an organisation to another zone."""
    with writing(world.sessions) as session:
        moved = update(Organisation).where(Organisation.id == world.organisations[home].id)
        session.execute(moved.values(zone=zone))


def state(world: World, matter: Commitment) -> str:
    with reading(world.sessions) as session:
        return session.get_one(Commitment, matter.id).state


def days(world: World, matter: Commitment) -> list[date]:
    """The due days of a commitment, in their order."""
    with reading(world.sessions) as session:
        rows = select(Milestone.due_on).where(Milestone.commitment_id == matter.id)
        return list(session.scalars(rows.order_by(Milestone.number)))


def reminders(world: World, matter: Commitment, *letters: str) -> dict[str, Counter[str]]:
    """How many letters of each sort about the commitment each person was written."""
    with reading(world.sessions) as session:
        rows = session.execute(
            select(Person.email, OutboxLetter.letter)
            .join(Person, Person.id == OutboxLetter.person_id)
            .where(OutboxLetter.kind == "commitments", OutboxLetter.matter_id == matter.id)
        ).all()
    told: dict[str, Counter[str]] = {}
    for email, letter in rows:
        if letter in letters:
            told.setdefault(email.removesuffix(".example"), Counter())[letter] += 1
    return told


def rungs(world: World, matter: Commitment) -> set[str]:
    """The rungs that were written for the commitment, with their verb."""
    with reading(world.sessions) as session:
        causes = session.scalars(
            select(OutboxLetter.cause).where(
                OutboxLetter.kind == "commitments",
                OutboxLetter.matter_id == matter.id,
                OutboxLetter.by_id.is_(None),
            )
        )
        return {cause.split(":")[2] for cause in causes}


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


def test_whoever_was_asked_just_now_is_not_reminded_as_well(quiet: World, at: Rounds) -> None:
    with writing(quiet.sessions) as session:
        made = proposed(session, quiet, at=NOW + 3 * DAY)
        soon = agreed(session, quiet, due_on=date(2026, 12, 4))
    at(NOW + 3 * DAY + SECOND)
    assert reminders(quiet, made, "propose", "answer-soon") == {CLOUD: Counter({"propose": 1})}
    at(NOW + SECOND)
    assert rungs(quiet, soon) == set(), "a rung from before it began has no letter"
    at(utc(2026, 11, 27, 22))
    assert rungs(quiet, soon) == {"report-soon-7"}


def test_other_terms_make_the_other_side_answer_anew(quiet: World, at: Rounds) -> None:
    with writing(quiet.sessions) as session:
        made = scenes.counter(session, quiet, Tlp.AMBER)
    at(utc(2026, 11, 29, 22))
    assert set(reminders(quiet, made, "answer-soon")) == {TELCO, scenes.COLLEAGUE}


def test_grace_is_announced_to_the_side_that_stopped_and_then_it_ends(
    quiet: World, at: Rounds
) -> None:
    with writing(quiet.sessions) as session:
        second = scenes.answered(session, quiet, Sort.WHILE, Tlp.GREEN, days=5)
        first = scenes.on_which(session, second)
        found(session, quiet, first.ref, Step.MINIMAL, stopped=True)
    seen = []
    for hours in range(0, 121, 12):
        post = at(NOW + timedelta(hours=hours))
        seen += [str(m.get_content()) for m in post.letters if "grace" in str(m["Subject"])]
    assert reminders(quiet, first, "grace-ends") == {
        TELCO: Counter({"grace-ends": 2}),
        scenes.COLLEAGUE: Counter({"grace-ends": 2}),
    }
    assert len(seen) == 4
    assert not any(second.ref in text for text in seen), "what hangs on it is not named"
    assert state(quiet, second) == CommitmentState.SUSPENDED
    assert state(quiet, first) == CommitmentState.IN_FORCE


def test_a_grace_is_announced_only_where_something_still_hangs_on_it(
    quiet: World, at: Rounds
) -> None:
    with writing(quiet.sessions) as session:
        second = scenes.answered(session, quiet, Sort.WHILE, Tlp.AMBER, days=5)
        first = scenes.on_which(session, second)
        commitments.ask_release(session, quiet.actors[CLOUD], second.ref, why="Over.", now=NOW)
        commitments.release(session, quiet.actors[TELCO], second.ref, NOW)
        found(session, quiet, first.ref, Step.MINIMAL, stopped=True)
        far = scenes.answered(session, quiet, Sort.WHILE, Tlp.AMBER, days=2)
        kept = scenes.on_which(session, far)
    at(NOW + 3 * DAY)
    assert reminders(quiet, first, "grace-ends") == {}, "nothing hangs on it any more"
    at(utc(2026, 12, 20, 12))
    assert reminders(quiet, kept, "grace-ends") == {}, "three days before, but nothing is late"
    at(utc(2026, 12, 20, 23))
    assert reminders(quiet, kept, "grace-ends").keys() == {TELCO, scenes.COLLEAGUE}


def test_a_week_of_sleep_writes_one_letter_for_each_matter_and_person(
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
    assert reminders(quiet, claimed, "find-late") == {CERT: Counter({"find-late": 1})}


def test_the_ladder_of_a_report_goes_on_weekly_for_a_year(quiet: World, at: Rounds) -> None:
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, due_on=date(2026, 12, 20))
    over = utc(2026, 12, 20, 22)
    for after in (-14, -7, -1, 0, 1, 7, 14, 364, 370, 372, 500):
        at(over + after * DAY)
    days = {f"report-late-{n}" for n in (1, 7, 14, 364)}
    soon = {"report-soon-14", "report-soon-7", "report-soon-1"}
    assert rungs(quiet, made) == soon | {"report-due"} | days


def test_the_ladder_of_a_finding_goes_on_for_twelve_weeks_and_begins_anew_with_a_report(
    quiet: World, at: Rounds
) -> None:
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, due_on=date(2027, 6, 1))
        reported(session, quiet, made.ref)
    for after in (1, 3, 7, 14, 84, 92):
        at(NOW + after * DAY)
    assert rungs(quiet, made) == {f"find-late-{n}" for n in (3, 7, 14, 84)}
    again = NOW + 100 * DAY
    with writing(quiet.sessions) as session:
        found(session, quiet, made.ref, Step.MINIMAL, at=again)
        reported(session, quiet, made.ref, at=again)
    at(again + 3 * DAY)
    assert reminders(quiet, made, "find-late") == {CERT: Counter({"find-late": 5})}


def test_evidence_is_remembered_until_newer_takes_its_place(
    quiet: World, at: Rounds, tmp_path: Path
) -> None:
    store = Store(tmp_path / "files", key_from("a secret of the tests, long enough"))

    def add(expires_on: date, replaces: str = "") -> Any:
        shown = Shown(
            "What we saw",
            link="https://telco.example/",
            sha256="0" * 64,
            expires_on=expires_on,
            replaces=replaces,
        )
        with writing(quiet.sessions) as session:
            actor, now = quiet.actors[TELCO], NOW
            return commitments.add_evidence(
                session, actor, made.ref, shown=shown, store=store, now=now
            )

    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, due_on=date(2027, 12, 1))
    first, both = add(date(2027, 1, 31)), (add(date(2027, 1, 31)), add(date(2026, 11, 25)))
    over = utc(2027, 1, 31, 22)
    for moment in (NOW + SECOND, over - 14 * DAY, over - DAY, over):
        at(moment)
    for old in (first, both[0]):
        add(date(2028, 1, 31), replaces=old.ref)
    at(over + DAY)
    assert rungs(quiet, made) >= {f"add-evidence-{rung}" for rung in ("soon-14", "soon-1", "due")}
    told = reminders(quiet, made, "evidence-expires")
    assert told[CERT]["evidence-expires"] == 3, "two that expire on one day make one letter"
    with writing(quiet.sessions) as session:
        remind(session, over + WEEK)
    assert reminders(quiet, made, "evidence-expires") == told


def test_one_that_cannot_be_done_stops_no_other_and_waits_for_the_next_round(
    quiet: World, at: Rounds
) -> None:
    with writing(quiet.sessions) as session:
        bad, *good = (agreed(session, quiet, every="month") for _ in range(3))
        due = commitments.due_for_the_house(session, NOW + 30 * DAY)
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


def test_what_the_house_did_is_told_in_the_same_round(quiet: World, at: Rounds) -> None:
    with writing(quiet.sessions) as session:
        first = agreed(session, quiet)
        second = drafted(session, quiet, by=CLOUD, to="telco")
        scenes.hang(session, quiet, second.ref, first.ref, Sort.AFTER, CLOUD, days=2)
        cloud, until = quiet.actors[CLOUD], date(2026, 12, 1)
        commitments.propose(session, cloud, second.ref, answer_by_on=until, now=NOW)
        commitments.accept(session, quiet.actors[TELCO], second.ref, NOW)
        found(session, quiet, first.ref)
    at(NOW + 2 * DAY - SECOND)
    assert state(quiet, second) == CommitmentState.ACCEPTED
    post = at(NOW + 2 * DAY)
    assert state(quiet, second) == CommitmentState.IN_FORCE
    told = [s for s in post.to(CLOUD) if second.ref in s]
    assert [s.rpartition(": ")[2] for s in told] == ["in force"]


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
    names = [str(letter["Message-ID"]) for letter in post.letters]
    assert len(names) == len(set(names)) > 20
