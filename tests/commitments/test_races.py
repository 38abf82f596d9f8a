"""Two who act at once: one outcome, the loser is told, and nothing is written by halves."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from models.commitments import Amendment, Commitment, Condition, ConditionType, Evidence, Step
from portal import commitments
from portal.commitments import Said, Shown, StepText
from portal.db import reading, writing
from portal.errors import Invalid, PortalError, Refused, TooLate
from portal.store import Store, key_from, sweep
from tests.cast import NOW, World
from tests.commitments.at_once import (
    at_once,
    attempt,
    by,
    exactly_one,
    hung,
    jobs,
    made,
    state,
    verbs,
    whole,
)
from tests.commitments.builders import DUE, agreed, drafted, found, proposed, reported, terms
from tests.commitments.trail import statements

pytestmark = pytest.mark.both_engines

SECOND = timedelta(seconds=1)
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
ROUNDS = 8


def test_two_that_begin_together_are_accepted_at_once_and_both_begin(world: World) -> None:
    for _ in range(ROUNDS):
        with writing(world.sessions) as session:
            ours, theirs = hung(session, world, ConditionType.TOGETHER, proposed)
        accept = commitments.accept
        ends = at_once(
            world, by(world, CLOUD, accept, ours.ref), by(world, TELCO, accept, theirs.ref)
        )
        assert ends == [None, None]
        for one in (ours, theirs):
            assert state(world, one) == "in-force"
            assert verbs(world, one, "accept", "start") == ["accept", "start"]
    whole(world)


def test_consented_to_or_taken_back(world: World) -> None:
    for _ in range(ROUNDS):
        one = made(world, agreed)
        text = terms(body="Longer.")
        with writing(world.sessions) as session:
            said = {"text": text, "why": "Clearer.", "version": one.version}
            by(world, TELCO, commitments.amend, one.ref, **said)(session)
        ends = at_once(
            world,
            by(world, CLOUD, commitments.consent, one.ref),
            by(world, TELCO, commitments.take_back, one.ref),
        )
        won = exactly_one(ends, Refused, TooLate)
        with reading(world.sessions) as session:
            asked = session.query(Amendment).filter_by(commitment_id=one.id).one()
            now = session.get_one(Commitment, one.id)
            assert asked.answer == ("agreed", "taken-back")[won]
            assert (now.body, now.edition) == (("Longer.", 2), ("", 1))[won]
    whole(world)


def test_both_ask_for_other_terms_and_one_question_is_open(world: World) -> None:
    for _ in range(ROUNDS):
        one = made(world, agreed)
        ask = partial(
            by, world, act=commitments.amend, ref=one.ref, why="So.", version=one.version
        )  # fmt: skip
        ends = at_once(
            world, ask(TELCO, text=terms(body="Ours.")), ask(CLOUD, text=terms(body="Theirs."))
        )
        exactly_one(ends, Refused, TooLate)
        with reading(world.sessions) as session:
            assert session.query(Amendment).filter_by(commitment_id=one.id).count() == 1
    whole(world)


def test_found_full_and_found_lacking_end_as_fulfilled(world: World) -> None:
    for _ in range(ROUNDS):
        one = made(world, agreed)
        find = partial(by, world, CERT, commitments.verify, one.ref)
        ends = at_once(
            world, find(said=Said(Step.FULL, "All.")), find(said=Said(Step.MINIMAL, "Little."))
        )
        assert ends[0] is None
        assert ends[1] is None or isinstance(ends[1], TooLate)
        assert state(world, one) == "fulfilled"
        done = ["fulfil"] if ends[1] else ["verify", "fulfil"]
        assert verbs(world, one, "verify", "fulfil") == done
        with reading(world.sessions) as session:
            assert len(statements(session, one)) == len(done)
    whole(world)


def test_the_last_two_steps_found_at_once_fulfil_it_once(world: World) -> None:
    for _ in range(ROUNDS):
        one = made(world, agreed, due_on=None, steps=(StepText("A", DUE), StepText("B", DUE)))
        find = partial(by, world, CERT, commitments.verify, one.ref)
        ends = at_once(world, *(find(said=Said(Step.FULL, "Done.", n)) for n in (1, 2)))
        assert ends == [None, None]
        assert state(world, one) == "fulfilled"
        assert verbs(world, one, "verify", "fulfil") == ["verify", "fulfil"]
    whole(world)


def test_reported_on_while_the_jobs_suspend_it(world: World) -> None:
    for _ in range(ROUNDS):
        with writing(world.sessions) as session:
            first, second = hung(session, world, ConditionType.WHILE)
            commitments.accept(session, world.actors[TELCO], second.ref, NOW)
            over = first.due_at
        said = Said(Step.MINIMAL, "Begun.")
        report = by(world, CLOUD, commitments.report, second.ref, said=said, now=over)
        late, job = at_once(world, report, jobs(second.ref, over))
        assert job is None
        assert late is None or isinstance(late, TooLate)
        assert state(world, second) == "suspended"
        done = ["suspend"] if late else ["report", "suspend"]
        assert verbs(world, second, "report", "suspend", "resume") == done
    whole(world)


def test_kept_at_the_moment_at_which_the_other_is_suspended(world: World) -> None:
    for _ in range(ROUNDS):
        with writing(world.sessions) as session:
            first, second = hung(session, world, ConditionType.WHILE)
            commitments.accept(session, world.actors[TELCO], second.ref, NOW)
            over = first.due_at
        said = Said(Step.FULL, "Done in time.")
        report = by(world, TELCO, commitments.report, first.ref, said=said, now=over)
        assert at_once(world, report, jobs(second.ref, over)) == [None, None]
        assert state(world, second) == "in-force"
        assert verbs(world, second, "suspend", "resume") in ([], ["suspend", "resume"])
    whole(world)


@pytest.mark.parametrize("condition_type", [ConditionType.AFTER, ConditionType.WHILE])
def test_a_circle_closed_from_both_ends_is_refused_at_one(
    world: World, condition_type: ConditionType
) -> None:
    for _ in range(ROUNDS):
        one, two = made(world, drafted), made(world, drafted)
        add_condition = partial(
            by, world, act=commitments.add_condition, condition_type=condition_type, days=0
        )
        ends = at_once(
            world,
            add_condition(TELCO, ref=one.ref, on=two.ref),
            add_condition(COLLEAGUE, ref=two.ref, on=one.ref),
        )
        exactly_one(ends, Invalid)
        with reading(world.sessions) as session:
            there = session.query(Condition).filter(Condition.on_id.in_((one.id, two.id)))
            assert there.count() == 1
    whole(world)


def test_a_circle_is_refused_though_it_grew_while_one_waited(world: World) -> None:
    """Both ends wait for a third person who ties what they do not yet know to be near."""
    for _ in range(ROUNDS):
        refs = [made(world, drafted).ref for _ in range(4)]
        add_condition = partial(
            by, world, act=commitments.add_condition, condition_type=ConditionType.AFTER, days=0
        )
        gate = Barrier(3)
        with ThreadPoolExecutor(2) as pool, writing(world.sessions) as session:
            add_condition(TELCO, ref=refs[0], on=refs[1])(session)
            add_condition(TELCO, ref=refs[2], on=refs[3])(session)
            ends: list[Future[PortalError | None]] = [
                pool.submit(attempt, world, gate, add_condition(name, ref=refs[n], on=refs[m]))
                for name, n, m in ((TELCO, 1, 2), (COLLEAGUE, 3, 0))
            ]
            gate.wait()
            time.sleep(0.15)  # both are waiting now
        exactly_one([end.result() for end in ends], Invalid)
    whole(world)


def test_a_piece_of_evidence_is_replaced_once(world: World, tmp_path: Path) -> None:
    store = Store(tmp_path / "files", key_from("a secret of the tests, long enough"))
    for _ in range(ROUNDS):
        one = made(world, agreed)
        show = partial(by, world, act=commitments.add_evidence, ref=one.ref, store=store)
        with writing(world.sessions) as session:
            old = show(TELCO, shown=Shown("A rota", "rota.txt", b"Mon"))(session)
        new = Shown("A rota", "rota.txt", b"Tue", replaces=old.ref)
        ends = at_once(
            world,
            show(TELCO, shown=new, now=NOW + SECOND),
            show(COLLEAGUE, shown=new, now=NOW + 2 * SECOND),
        )
        exactly_one(ends, TooLate, Invalid)
        with reading(world.sessions) as session:
            assert session.query(Evidence).filter_by(commitment_id=one.id).count() == 2
            assert sweep(session, store).without_row == ()
    whole(world)


def test_a_reply_and_a_finding_never_end_in_a_deadlock(world: World) -> None:
    for _ in range(ROUNDS):
        one = made(world, agreed)
        with writing(world.sessions) as session:
            reported(session, world, one.ref)
            found(session, world, one.ref, Step.MINIMAL)
        find, later = Said(Step.INTERMEDIATE, "More."), NOW + SECOND
        first, second = at_once(
            world,
            by(world, CERT, commitments.verify, one.ref, said=find, now=later),
            by(world, TELCO, commitments.reply, one.ref, words="It was.", now=later + SECOND),
        )
        assert first is None or isinstance(first, TooLate)
        assert second is None or isinstance(second, TooLate)
        with reading(world.sessions) as session:
            assert len(statements(session, one)) == 2 + [first, second].count(None)
    whole(world)
