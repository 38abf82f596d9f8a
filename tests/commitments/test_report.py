"""Reporting: one voice, about a step or all of it; it is kept beside what was said before."""

from datetime import date

import pytest

from models.commitments import CommitmentState, ConditionType, StatementType, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Said, StepText
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found, proposed, reported
from tests.commitments.scenes import answered
from tests.commitments.trail import acts, again, dues, notified, statements

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TWO = (StepText("First", date(2026, 12, 10)), StepText("Then", date(2026, 12, 20)))


def test_a_full_report_is_the_promisors_word_and_meets_nothing(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        reported(session, world, one.ref)
        now = again(session, one)
        assert (now.state, now.due_at, now.ended_at) == (CommitmentState.IN_FORCE, None, None)
        (day,) = dues(session, one)
        assert (day.reported_at, day.met_at) == (NOW, None)
        (said,) = statements(session, one)
        assert (said.type, said.step, said.organisation_id, said.by_id, said.at) == (
            StatementType.REPORT, Step.FULL, one.organisation_id,
            world.actors[TELCO].person_id, NOW,
        )  # fmt: skip
        assert acts(session, one)[-1] == "report"
        assert notified(session, one, "report") == {CERT}


def test_a_step_is_reported_on_alone_and_less_than_full_opens_it_again(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, due_on=None, steps=TWO)
        reported(session, world, one.ref, milestone=2)
        assert [day.reported_at for day in dues(session, one)] == [None, NOW]
        reported(session, world, one.ref, Step.INTERMEDIATE, milestone=2, by=COLLEAGUE)
        assert [day.reported_at for day in dues(session, one)] == [None, None]
        reported(session, world, one.ref)
        assert [day.reported_at for day in dues(session, one)] == [NOW, NOW]
        said = statements(session, one)
        assert [row.step for row in said] == ["full", "intermediate", "full"], "none is lost"
        assert [row.milestone_id for row in said] == [dues(session, one)[1].id] * 2 + [None]


def test_a_report_on_all_leaves_alone_what_is_met(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, due_on=None, steps=TWO)
        found(session, world, one.ref, milestone=1)
        reported(session, world, one.ref, Step.MINIMAL)
        assert [day.met_at for day in dues(session, one)] == [NOW, None]
        assert [day.reported_at for day in dues(session, one)] == [NOW, None]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said(Step.NO_EVIDENCE, "None."), "step"),
        (Said("", "None."), "step"),
        (Said(Step.FULL, " \n"), "words"),
        (Said(Step.FULL, "w" * 10_001), "words"),
        (Said(Step.FULL, "All.", 2), "milestone"),
    ],
    ids=["the finder's step", "no step", "no words", "too many words", "no such step"],
)
def test_what_cannot_be_taken_leaves_no_trace(world: World, said: Said, field: str) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
    with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
        commitments.report(session, world.actors[TELCO], one.ref, said=said, now=NOW)
    assert set(wrong.value.problems) == {field}
    with reading(world.sessions) as session:
        assert statements(session, one) == []
        assert "report" not in acts(session, one)


def test_only_the_promisor_reports_and_only_while_it_is_in_force(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, "peace")
        for name, error in (
            (CLOUD, Refused), (CERT, Refused), ("mediator@peace", Refused),
            ("liaison@bank", NotFound),
        ):  # fmt: skip
            with pytest.raises(error):
                reported(session, world, one.ref, by=name)
        waits = answered(session, world, ConditionType.AFTER, Tlp(again(session, one).tlp))
        for early, name in ((proposed(session, world).ref, TELCO), (waits.ref, CLOUD)):
            with pytest.raises(TooLate):
                reported(session, world, early, by=name)
        found(session, world, one.ref)
        with pytest.raises(TooLate):
            reported(session, world, one.ref)
