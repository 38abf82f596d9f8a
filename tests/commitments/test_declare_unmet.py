"""Declaring unmet: the finder ends it, says how far it came, and what hung on it feels it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState, ConditionType, StatementType, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Said
from portal.db import writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed, reported
from tests.commitments.scenes import answered, on_which
from tests.commitments.trail import acts, again, dues, notified, statements

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)


def unmet(session: Session, world: World, one: Commitment, by: str = CERT, **said: Any) -> None:
    """Close it as not met."""
    values: dict[str, Any] = {"step": Step.MINIMAL, "words": "Little of it."} | said
    what = Said(**values)
    commitments.declare_unmet(session, world.actors[by], one.ref, said=what, now=NOW)


def test_it_is_over_as_not_met_and_says_how_far_it_came(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        reported(session, world, one.ref)
        unmet(session, world, one)
        now = again(session, one)
        assert (now.state, now.ended_at, now.stopped_at) == (CommitmentState.NOT_MET, NOW, NOW)
        assert [day.met_at for day in dues(session, one)] == [None]
        report, finding = statements(session, one)
        assert (report.step, finding.type, finding.step) == (
            "full",
            StatementType.FINDING,
            "minimal",
        )
        assert acts(session, one)[-1] == "declare-unmet"
        assert notified(session, one, "declare-unmet") == {TELCO, COLLEAGUE, CLOUD}
        with pytest.raises(TooLate):
            reported(session, world, one.ref)
        with pytest.raises(TooLate):
            unmet(session, world, one)


def test_what_hangs_on_it_is_suspended_after_its_grace_or_never_begins(world: World) -> None:
    with writing(world.sessions) as session:
        held = answered(session, world, ConditionType.WHILE, Tlp.AMBER_STRICT, days=3)
        unmet(session, world, on_which(session, held))
        assert again(session, held).state == CommitmentState.IN_FORCE
        assert commitments.apply_due_transitions(session, held.ref, NOW + 3 * DAY) == 1
        assert again(session, held).suspended_at == NOW + 3 * DAY
        waits = answered(session, world, ConditionType.AFTER, Tlp.AMBER_STRICT)
        unmet(session, world, on_which(session, waits))
        assert again(session, waits).state == CommitmentState.ACCEPTED
        assert commitments.due_for_the_system(session, NOW + 99 * DAY) == []


def test_a_fully_kept_promise_is_not_unmet(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
    for said, field in (({"step": Step.FULL}, "step"), ({"words": " "}, "words")):
        with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
            unmet(session, world, one, **said)
        assert set(wrong.value.problems) == {field}
    with writing(world.sessions) as session:
        assert again(session, one).state == CommitmentState.IN_FORCE


def test_only_the_finder_says_so(world: World) -> None:
    with writing(world.sessions) as session:
        verified, plain = agreed(session, world), agreed(session, world, verifier="")
        for one, name in ((verified, TELCO), (verified, CLOUD), (plain, TELCO)):
            with pytest.raises(Refused):
                unmet(session, world, one, name)
        unmet(session, world, plain, CLOUD)
        assert again(session, plain).state == CommitmentState.NOT_MET
