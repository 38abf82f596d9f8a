"""Suspending: what a commitment depends on is not kept, and its grace is over."""

from datetime import timedelta

from models.commitments import CommitmentState, ConditionType, Step
from portal.db import writing
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, found, reported
from tests.commitments.test_conditions import (
    add_condition,
    apply_due_transitions,
    put_forward,
    states,
)

TELCO, CLOUD = "liaison@telco", "liaison@cloud"
TELCO, CLOUD = "liaison@telco", "liaison@cloud"
DAY = timedelta(days=1)


def test_what_holds_only_while_another_is_kept_is_suspended_after_grace_and_resumes(
    world: World,
) -> None:
    with writing(world.sessions) as session:
        first = agreed(session, world)
        second = drafted(session, world, by=CLOUD, to="telco")
        add_condition(session, world, second.ref, first.ref, ConditionType.WHILE, by=CLOUD, days=5)
        put_forward(session, world, second.ref, CLOUD, TELCO)
        reported(session, world, first.ref)
        found(session, world, first.ref, Step.MINIMAL, stopped=True)
        assert states(session, second) == [CommitmentState.IN_FORCE]
        assert apply_due_transitions(session, NOW + 5 * DAY) == 1
        assert states(session, second) == [CommitmentState.SUSPENDED]
        found(session, world, first.ref, Step.INTERMEDIATE, at=NOW + 6 * DAY)
        assert states(session, second) == [CommitmentState.IN_FORCE]
