"""Finding: the verifier's voice meets the days, the last full one fulfils the commitment."""

from datetime import date, timedelta

import pytest

from models.commitments import Commitment, CommitmentState, ConditionType, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Said, StepText
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found, proposed, reported
from tests.commitments.scenes import answered, on_which
from tests.commitments.trail import acts, again, dues, notified, statements

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)
TWO = (StepText("First", date(2026, 12, 10)), StepText("Then", date(2026, 12, 20)))
IN_FORCE, FULFILLED = CommitmentState.IN_FORCE, CommitmentState.FULFILLED


def test_less_than_full_opens_again_what_was_reported_or_met(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, due_on=None, steps=TWO)
        found(session, world, one.ref, milestone=1)
        reported(session, world, one.ref, milestone=2)
        assert again(session, one).due_at is None, "nothing is left to report"
        found(session, world, one.ref, Step.NO_EVIDENCE, milestone=1, at=NOW + DAY)
        found(session, world, one.ref, Step.INTERMEDIATE, milestone=2, at=NOW + DAY)
        days = dues(session, one)
        assert [(day.met_at, day.reported_at) for day in days] == [(None, None)] * 2
        assert again(session, one).due_at == days[0].due_at
        assert [row.step for row in statements(session, one)] == [
            "full", "full", "no-evidence", "intermediate",
        ]  # fmt: skip


def test_stopped_keeps_its_first_moment_and_is_cleared_by_the_next_finding(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        for days, stopped, since in (
            (0, True, NOW), (1, True, NOW), (2, False, None), (3, True, NOW + 3 * DAY),
        ):  # fmt: skip
            step, at = Step.MINIMAL, NOW + days * DAY
            found(session, world, one.ref, step, stopped=stopped, at=at)
            assert again(session, one).stopped_at == since
        found(session, world, one.ref, stopped=True, at=NOW + 4 * DAY)
        assert again(session, one).stopped_at is None, "what is fulfilled has not stopped"


def test_stopped_is_felt_at_once_where_there_is_no_grace(world: World) -> None:
    with writing(world.sessions) as session:
        second = answered(session, world, ConditionType.WHILE, Tlp.AMBER_STRICT)
        first = on_which(session, second)
        for step, stopped, state in (
            (Step.MINIMAL, True, CommitmentState.SUSPENDED),
            (Step.MINIMAL, False, IN_FORCE),
            (Step.NONE, True, CommitmentState.SUSPENDED),
            (Step.FULL, False, IN_FORCE),
        ):
            found(session, world, first.ref, step, stopped=stopped)
            assert again(session, second).state == state
        assert again(session, first).state == FULFILLED, "kept to the end: it breaks no more"


def open_rounds(world: World, one: Commitment, *days: date) -> None:
    """The jobs come by when each of these days is over."""
    for day in days:
        with writing(world.sessions) as session:
            over = again(session, one).next_round_at
            assert over is not None
            assert dues(session, one)[-1].due_on == day
            assert commitments.due_for_the_system(session, over - timedelta(seconds=1)) == []
            assert commitments.due_for_the_system(session, over) == [one.ref]
            assert commitments.apply_due_transitions(session, one.ref, over) == 1
            assert commitments.apply_due_transitions(session, one.ref, over) == 0


def test_found_full_in_all_a_recurring_one_goes_on_to_its_last_round(world: World) -> None:
    with writing(world.sessions) as session:
        said = {"due_on": date(2026, 12, 1), "every": "week", "until_on": date(2026, 12, 14)}
        one = agreed(session, world, **said)
        found(session, world, one.ref)
        now = again(session, one)
        assert (now.state, now.due_at, acts(session, one)[-1]) == (IN_FORCE, None, "verify")
    open_rounds(world, one, date(2026, 12, 1))
    with writing(world.sessions) as session:
        now = again(session, one)
        assert (now.next_round_at, now.due_at) == (None, dues(session, one)[-1].due_at)
        found(session, world, one.ref, milestone=2)
        assert again(session, one).state == FULFILLED


def test_who_finds_is_the_verifier_or_without_one_the_addressee(world: World) -> None:
    with writing(world.sessions) as session:
        verified, plain = agreed(session, world), agreed(session, world, verifier="")
        for one, names in ((verified, (TELCO, CLOUD)), (plain, (TELCO,))):
            for name in names:
                with pytest.raises(Refused):
                    found(session, world, one.ref, by=name)
        found(session, world, plain.ref, Step.MINIMAL, by=CLOUD)
        (said,) = statements(session, plain)
        assert said.organisation_id == plain.addressee_id
        assert notified(session, plain, "verify") == {TELCO, COLLEAGUE}, "not the one who found"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said("some", "Well."), "step"),
        (Said(Step.FULL, ""), "words"),
        (Said(Step.FULL, "Well.", 7), "milestone"),
    ],
    ids=["no step", "no words", "no such day"],
)
def test_what_cannot_be_taken_meets_nothing(world: World, said: Said, field: str) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
    with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
        commitments.verify(session, world.actors[CERT], one.ref, said=said, now=NOW)
    assert set(wrong.value.problems) == {field}
    with reading(world.sessions) as session:
        assert again(session, one).state == IN_FORCE
        assert [day.met_at for day in dues(session, one)] == [None]
        assert statements(session, one) == []


def test_nothing_is_found_before_it_is_in_force(world: World) -> None:
    with writing(world.sessions) as session, pytest.raises(TooLate):
        found(session, world, proposed(session, world).ref)
