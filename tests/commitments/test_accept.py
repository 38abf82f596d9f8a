"""Accepting: in force at once, or in agreement and waiting for what it hangs on."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, CommitmentState, ConditionType
from portal import commitments
from portal.db import writing
from portal.errors import NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, agreed, drafted, found, proposed
from tests.commitments.trail import acts, again, notified

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)
ACCEPTED, IN_FORCE = CommitmentState.ACCEPTED, CommitmentState.IN_FORCE


def waits(session: Session, world: World, on: str, days: int = 0) -> Commitment:
    """A proposal of Cloud to Telco that may begin some days after another."""
    one, cloud = drafted(session, world, by=CLOUD, to="telco"), world.actors[CLOUD]
    commitments.add_condition(
        session, cloud, one.ref, on=on, condition_type=ConditionType.AFTER, days=days, now=NOW
    )
    commitments.propose(session, cloud, one.ref, answer_by_on=ANSWER_BY, now=NOW)
    return one


def test_with_nothing_to_wait_for_the_system_starts_it_in_the_same_act(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        now = again(session, one)
        assert (now.state, now.began_at) == (IN_FORCE, NOW)
        assert acts(session, one) == ["draft-commitment", "propose", "accept", "start"]
        assert notified(session, one, "accept") == set(), "one letter, about the start"
        assert notified(session, one, "start") == {TELCO, COLLEAGUE, CLOUD, CERT}
        index = select(CommitmentAudienceRow).where(CommitmentAudienceRow.commitment_id == one.id)
        rows = session.scalars(index).all()
        assert {(row.live, row.turns_at) for row in rows} == {(True, now.due_at)}


def test_with_something_to_wait_for_it_is_in_agreement_and_not_begun(world: World) -> None:
    with writing(world.sessions) as session:
        one = waits(session, world, agreed(session, world).ref)
        commitments.accept(session, world.actors[TELCO], one.ref, NOW)
        now = again(session, one)
        assert (now.state, now.began_at) == (ACCEPTED, None)
        assert acts(session, one)[-1] == "accept"
        assert notified(session, one, "accept") == {COLLEAGUE, CLOUD}
        assert notified(session, one, "start") == set()


def test_what_it_waited_for_may_be_over_before_it_is_accepted(world: World) -> None:
    with writing(world.sessions) as session:
        first = agreed(session, world)
        soon, later = (waits(session, world, first.ref, days) for days in (2, 5))
        found(session, world, first.ref)
        for one in (soon, later):
            commitments.accept(session, world.actors[TELCO], one.ref, NOW + 2 * DAY)
        assert again(session, soon).began_at == NOW + 2 * DAY
        assert again(session, later).state == ACCEPTED
        assert commitments.due_for_the_system(session, NOW + 5 * DAY) == [later.ref]


def test_several_conditions_must_all_be_met(world: World) -> None:
    with writing(world.sessions) as session:
        first, second = agreed(session, world), agreed(session, world)
        one, cloud = drafted(session, world, by=CLOUD, to="telco"), world.actors[CLOUD]
        for other in (first, second):
            commitments.add_condition(
                session,
                cloud,
                one.ref,
                on=other.ref,
                condition_type=ConditionType.AFTER,
                days=0,
                now=NOW,
            )
        commitments.propose(session, cloud, one.ref, answer_by_on=ANSWER_BY, now=NOW)
        commitments.accept(session, world.actors[TELCO], one.ref, NOW)
        found(session, world, first.ref)
        assert again(session, one).state == ACCEPTED
        found(session, world, second.ref)
        assert again(session, one).state == IN_FORCE, "by the very finding that was missing"


def test_three_that_begin_together_wait_for_the_last_of_them(world: World) -> None:
    with writing(world.sessions) as session:
        first = proposed(session, world)
        others = [drafted(session, world, by=CLOUD, to="telco") for _ in range(2)]
        for one in others:
            commitments.add_condition(
                session, world.actors[CLOUD], one.ref,
                on=first.ref, condition_type=ConditionType.TOGETHER, days=0, now=NOW,
            )  # fmt: skip
            commitments.propose(
                session, world.actors[CLOUD], one.ref, answer_by_on=date(2026, 12, 1), now=NOW
            )
        commitments.accept(session, world.actors[CLOUD], first.ref, NOW)
        commitments.accept(session, world.actors[TELCO], others[0].ref, NOW)
        assert [again(session, one).state for one in (first, others[0])] == [ACCEPTED] * 2
        commitments.accept(session, world.actors[TELCO], others[1].ref, NOW + DAY)
        every = [again(session, one) for one in (first, *others)]
        assert [(one.state, one.began_at) for one in every] == [(IN_FORCE, NOW + DAY)] * 3


def test_who_is_asked_accepts_and_once(world: World) -> None:
    with writing(world.sessions) as session:
        one = proposed(session, world, "peace")
        for name, error in (
            (TELCO, Refused), (CERT, Refused), ("mediator@peace", Refused),
            ("liaison@bank", NotFound), ("steward@portal", NotFound),
        ):  # fmt: skip
            with pytest.raises(error):
                commitments.accept(session, world.actors[name], one.ref, NOW)
        commitments.accept(session, world.actors[CLOUD], one.ref, NOW)
        with pytest.raises(TooLate):
            commitments.accept(session, world.actors[CLOUD], one.ref, NOW)
        assert acts(session, one).count("accept") == 1
