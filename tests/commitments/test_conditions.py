"""Conditions: after, together, while; grace, resumption, circles, and what stays unseen."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState, ConditionType, Step
from portal import commitments
from portal.commitments import Filter
from portal.commitments.related import RelatedRows
from portal.db import writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, found, proposed, reported

DAY = timedelta(days=1)
TELCO, CLOUD = "liaison@telco", "liaison@cloud"


def add_condition(
    session: Session, world: World, ref: str, on: str, condition_type: str, **values: Any
) -> None:
    said = {"by": TELCO, "days": 0} | values
    commitments.add_condition(
        session,
        world.actors[str(said["by"])],
        ref,
        on=on,
        condition_type=condition_type,
        days=said["days"],
        now=NOW,
    )


def put_forward(session: Session, world: World, ref: str, by: str, to: str) -> None:
    commitments.propose(session, world.actors[by], ref, answer_by_on=date(2026, 12, 1), now=NOW)
    commitments.accept(session, world.actors[to], ref, NOW)


def states(session: Session, *resources: Commitment) -> list[str]:
    session.expire_all()
    return [str(session.get_one(Commitment, m.id).state) for m in resources]


def apply_due_transitions(session: Session, at: datetime) -> int:
    refs = commitments.due_for_the_system(session, at)
    return sum(commitments.apply_due_transitions(session, ref, at) for ref in refs)


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


@pytest.mark.parametrize("condition_type", [ConditionType.AFTER, ConditionType.WHILE])
def test_a_circle_is_refused_by_name(world: World, condition_type: ConditionType) -> None:
    with writing(world.sessions) as session:
        one, two = drafted(session, world), drafted(session, world)
        add_condition(session, world, one.ref, two.ref, condition_type)
        with pytest.raises(Invalid) as refused:
            add_condition(session, world, two.ref, one.ref, condition_type)
        message: Any = refused.value.problems["on"]
        assert message.values["circle"] == f"{two.ref} → {one.ref} → {two.ref}"


def test_overview_shows_the_parties_and_readers_alone(world: World) -> None:
    with writing(world.sessions) as session:
        commitment = proposed(session, world, "peace")
        for name, sees in (
            (TELCO, True), (CLOUD, True), ("analyst@cert", True), ("mediator@peace", True),
            ("liaison@bank", False), ("steward@portal", False),
        ):  # fmt: skip
            page = commitments.overview(session, world.actors[name], NOW, narrowed=Filter())
            assert ([row.ref for row in page.rows] == [commitment.ref]) is sees, name
        reading = commitments.read(session, world.actors["mediator@peace"], commitment.ref, NOW)
        assert _sorts(reading.related) == {"milestones"}
        reading = commitments.read(session, world.actors[CLOUD], commitment.ref, NOW)
        assert _sorts(reading.related) == {"milestones", "terms"}


def _sorts(related: RelatedRows) -> set[str]:
    # Which sorts of related rows there are any of.
    return {field.name for field in fields(related) if getattr(related, field.name)}
