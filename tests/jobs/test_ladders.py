"""The ladders of commitments: an answer, a report, a finding, evidence, a grace that ends."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from models.commitments import CommitmentState, ConditionType, Step
from models.stakeholders import Membership, Person, Role, Standing
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Shown, StepText
from portal.db import writing
from portal.reminders import remind
from portal.store import Store, key_from
from tests.cast import NOW, World
from tests.commitments import scenes
from tests.commitments.builders import agreed, found, proposed, reported
from tests.jobs.clock import DAY, SECOND, WEEK, Rounds, reminders, rungs, state, utc
from tests.mail import whole

TELCO, CLOUD, CERT = scenes.TELCO, scenes.CLOUD, scenes.CERT


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
        second = scenes.answered(session, quiet, ConditionType.WHILE, Tlp.GREEN, days=5)
        first = scenes.on_which(session, second)
        found(session, quiet, first.ref, Step.MINIMAL, stopped=True)
    seen = []
    for hours in range(0, 121, 12):
        post = at(NOW + timedelta(hours=hours))
        seen += [whole(m) for m in post.emails if "grace" in str(m["Subject"])]
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
        second = scenes.answered(session, quiet, ConditionType.WHILE, Tlp.AMBER, days=5)
        first = scenes.on_which(session, second)
        commitments.ask_release(session, quiet.actors[CLOUD], second.ref, why="Over.", now=NOW)
        commitments.release(session, quiet.actors[TELCO], second.ref, NOW)
        found(session, quiet, first.ref, Step.MINIMAL, stopped=True)
        far = scenes.answered(session, quiet, ConditionType.WHILE, Tlp.AMBER, days=2)
        kept = scenes.on_which(session, far)
    at(NOW + 3 * DAY)
    assert reminders(quiet, first, "grace-ends") == {}, "nothing hangs on it any more"
    at(utc(2026, 12, 20, 12))
    assert reminders(quiet, kept, "grace-ends") == {}, "three days before, but nothing is late"
    at(utc(2026, 12, 20, 23))
    assert reminders(quiet, kept, "grace-ends") == {}, "of two days the third before never was"
    at(utc(2026, 12, 21, 23))
    assert reminders(quiet, kept, "grace-ends").keys() == {TELCO, scenes.COLLEAGUE}


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
    assert rungs(quiet, made) == {f"verify-late-{n}" for n in (3, 7, 14, 84)}
    again = NOW + 100 * DAY
    with writing(quiet.sessions) as session:
        found(session, quiet, made.ref, Step.MINIMAL, at=again)
        reported(session, quiet, made.ref, at=again)
    at(again + 3 * DAY)
    assert reminders(quiet, made, "verify-late") == {CERT: Counter({"verify-late": 5})}


def test_what_was_never_verified_hides_no_later_report_for_ever(quiet: World, at: Rounds) -> None:
    steps = tuple(StepText(f"Step {n}", date(2027, 6, n)) for n in (1, 2))
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, due_on=None, steps=steps)
        reported(session, quiet, made.ref, milestone=1)
        reported(session, quiet, made.ref, milestone=2, at=NOW + 50 * DAY)
    at(NOW + 85 * DAY)
    assert rungs(quiet, made) == {"verify-late-84"}
    at(NOW + 95 * DAY)
    assert rungs(quiet, made) == {"verify-late-84", "verify-late-42"}


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
    notified = reminders(quiet, made, "evidence-expires")
    assert CERT not in notified, "who verifies cannot replace it"
    assert notified[TELCO]["evidence-expires"] == 3, "two that expire on one day make one letter"
    with writing(quiet.sessions) as session:
        remind(session, over + WEEK)
    assert reminders(quiet, made, "evidence-expires") == notified


def test_more_emails_than_one_statement_holds_are_all_written(quiet: World) -> None:
    many = range(3400)
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet)
        person = {"created_at": NOW, "state": Standing.ACTIVE}
        people = [
            {"ref": f"P-{n}", "name": f"Hand {n}", "email": f"{n}@hands.example"} | person
            for n in many
        ]
        session.execute(insert(Person), people)
        keys = session.scalars(select(Person.id).where(Person.name.startswith("Hand "))).all()
        role = {"organisation_id": made.organisation_id, "role": Role.LIAISON, "begins_at": NOW}
        session.execute(insert(Membership), [role | {"person_id": key} for key in keys])
    for _ in range(2):
        with writing(quiet.sessions) as session:
            remind(session, utc(2026, 12, 21))
    notified = reminders(quiet, made, "report-late")
    assert len(notified) == len(many) + 2
    assert set(map(str, notified.values())) == {"Counter({'report-late': 1})"}
