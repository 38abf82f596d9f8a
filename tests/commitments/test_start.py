"""Starting: the system does it when nothing is waited for any more."""

from datetime import date, timedelta

from models.commitments import CommitmentState, ConditionType
from portal import commitments
from portal.db import writing
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, found, proposed
from tests.commitments.test_conditions import (
    add_condition,
    apply_due_transitions,
    put_forward,
    states,
)

DAY = timedelta(days=1)
TELCO, CLOUD = "liaison@telco", "liaison@cloud"
TELCO, CLOUD = "liaison@telco", "liaison@cloud"


def test_accepted_without_conditions_is_in_force_at_once(world: World) -> None:
    with writing(world.sessions) as session:
        assert states(session, agreed(session, world)) == [CommitmentState.IN_FORCE]


def test_one_begins_some_days_after_another_is_verified(world: World) -> None:
    with writing(world.sessions) as session:
        first = agreed(session, world)
        second = drafted(session, world, by=CLOUD, to="telco")
        add_condition(session, world, second.ref, first.ref, ConditionType.AFTER, by=CLOUD, days=3)
        put_forward(session, world, second.ref, CLOUD, TELCO)
        assert states(session, second) == [CommitmentState.ACCEPTED]
        found(session, world, first.ref)
        assert states(session, first, second) == [
            CommitmentState.FULFILLED,
            CommitmentState.ACCEPTED,
        ]
        assert apply_due_transitions(session, NOW + 3 * DAY - timedelta(seconds=1)) == 0
        assert apply_due_transitions(session, NOW + 3 * DAY) == 1
        assert states(session, second) == [CommitmentState.IN_FORCE]
        assert apply_due_transitions(session, NOW + 9 * DAY) == 0


def test_two_that_name_one_another_begin_together_or_not_at_all(world: World) -> None:
    with writing(world.sessions) as session:
        ours, theirs = drafted(session, world), drafted(session, world, by=CLOUD, to="telco")
        commitments.propose(
            session, world.actors[CLOUD], theirs.ref, answer_by_on=date(2026, 12, 1), now=NOW
        )
        add_condition(session, world, ours.ref, theirs.ref, ConditionType.TOGETHER)
        commitments.propose(
            session, world.actors[TELCO], ours.ref, answer_by_on=date(2026, 12, 1), now=NOW
        )
        commitments.accept(session, world.actors[TELCO], theirs.ref, NOW)
        assert states(session, ours, theirs) == [
            CommitmentState.PROPOSED,
            CommitmentState.ACCEPTED,
        ]
        commitments.accept(session, world.actors[CLOUD], ours.ref, NOW)
        assert states(session, ours, theirs) == [CommitmentState.IN_FORCE] * 2


def test_a_pair_may_begin_together_and_the_one_hold_only_while_the_other_does(
    world: World,
) -> None:
    with writing(world.sessions) as session:
        first = proposed(session, world)
        second = drafted(session, world, by=CLOUD, to="telco")
        add_condition(session, world, second.ref, first.ref, ConditionType.TOGETHER, by=CLOUD)
        add_condition(session, world, second.ref, first.ref, ConditionType.WHILE, by=CLOUD, days=1)
        put_forward(session, world, second.ref, CLOUD, TELCO)
        commitments.accept(session, world.actors[CLOUD], first.ref, NOW)
        assert states(session, first, second) == [CommitmentState.IN_FORCE] * 2
