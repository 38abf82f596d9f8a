"""Fulfilling: the last verification in full ends a commitment."""

from datetime import date, timedelta

import pytest

from models.commitments import CommitmentState, StatementType, Step
from portal.commitments import StepText
from portal.db import writing
from portal.errors import TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found
from tests.commitments.trail import acts, again, dues, notified, statements

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)
TWO = (StepText("First", date(2026, 12, 10)), StepText("Then", date(2026, 12, 20)))
IN_FORCE, FULFILLED = CommitmentState.IN_FORCE, CommitmentState.FULFILLED
IN_FORCE, FULFILLED = CommitmentState.IN_FORCE, CommitmentState.FULFILLED


def test_found_full_it_is_fulfilled_whether_reported_or_not(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        found(session, world, one.ref)
        now = again(session, one)
        assert (now.state, now.ended_at, now.due_at) == (FULFILLED, NOW, None)
        assert [(day.met_at, day.reported_at) for day in dues(session, one)] == [(NOW, NOW)]
        (said,) = statements(session, one)
        assert (said.type, said.organisation_id) == (StatementType.FINDING, one.verifier_id)
        assert acts(session, one)[-1] == "fulfil"
        assert notified(session, one, "fulfil") == {TELCO, COLLEAGUE, CLOUD}
        with pytest.raises(TooLate):
            found(session, world, one.ref, Step.MINIMAL)


def test_steps_are_met_one_by_one_and_the_last_fulfils(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, due_on=None, steps=TWO)
        found(session, world, one.ref, milestone=2)
        first, second = dues(session, one)
        assert (first.met_at, second.met_at) == (None, NOW)
        now = again(session, one)
        assert (now.state, now.due_at) == (IN_FORCE, first.due_at)
        assert acts(session, one)[-1] == "verify"
        assert notified(session, one, "verify") == {TELCO, COLLEAGUE, CLOUD}
        found(session, world, one.ref, milestone=1, at=NOW + DAY)
        assert again(session, one).state == FULFILLED
        assert [day.met_at for day in dues(session, one)] == [NOW + DAY, NOW], "each its own day"
