"""Declining and withdrawing: an end before agreement, with a reason, and what hung on it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.audience import CommitmentAudienceRow
from models.commitments import CommitmentState, ConditionType
from portal import commitments
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, agreed, drafted, proposed
from tests.commitments.trail import acts, again, notified

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
# What is done, who does it, what it becomes, and who is told.
ENDS = {
    "decline": (commitments.decline, CLOUD, CommitmentState.DECLINED, {TELCO, COLLEAGUE}),
    "withdraw": (commitments.withdraw, TELCO, CommitmentState.WITHDRAWN, {COLLEAGUE, CLOUD}),
}
End = tuple[Callable[..., Any], str, CommitmentState, set[str]]


@pytest.fixture(params=ENDS)
def end(request: pytest.FixtureRequest) -> End:
    """Each of the two in turn."""
    return ENDS[request.param]


def test_it_is_over_with_its_reason_and_stays_readable(world: World, end: End) -> None:
    act, name, over, whom = end
    with writing(world.sessions) as session:
        one = proposed(session, world)
        act(session, world.actors[name], one.ref, why=" Not like this. ", now=NOW)
        now = again(session, one)
        assert (now.state, now.ended_at, now.ended_reason) == (over, NOW, "Not like this.")
        verb = acts(session, one)[-1]
        assert verb == act.__name__
        assert notified(session, one, verb) == whom
        index = select(CommitmentAudienceRow).where(CommitmentAudienceRow.commitment_id == one.id)
        rows = session.scalars(index).all()
        assert {(row.live, row.turns_at) for row in rows} == {(False, NOW)}
        for reader in (TELCO, CLOUD, CERT):
            commitments.read(session, world.actors[reader], one.ref, NOW)


@pytest.mark.parametrize("why", ["", " \n", "w" * 501], ids=["none", "blank", "too long"])
def test_a_reason_is_a_sentence(world: World, end: End, why: str) -> None:
    act, name, _over, _whom = end
    with writing(world.sessions) as session:
        one = proposed(session, world)
    with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
        act(session, world.actors[name], one.ref, why=why, now=NOW)
    assert set(wrong.value.problems) == {"why"}
    with reading(world.sessions) as session:
        now = again(session, one)
        assert (now.state, now.ended_at) == (CommitmentState.PROPOSED, None)


def test_each_end_is_one_sides_alone_and_only_before_agreement(world: World, end: End) -> None:
    act, name, _over, _whom = end
    with writing(world.sessions) as session:
        one, begun = proposed(session, world), agreed(session, world)
        for other in {TELCO, CLOUD, CERT} - {name}:
            with pytest.raises(Refused):
                act(session, world.actors[other], one.ref, why="No.", now=NOW)
        with pytest.raises(TooLate):
            act(session, world.actors[name], begun.ref, why="No.", now=NOW)
        act(session, world.actors[name], one.ref, why="No.", now=NOW)
        with pytest.raises(TooLate):
            act(session, world.actors[name], one.ref, why="No.", now=NOW)


@pytest.mark.parametrize("condition_type", [ConditionType.AFTER, ConditionType.TOGETHER])
def test_what_was_to_begin_after_or_with_it_waits_on(
    world: World, end: End, condition_type: ConditionType
) -> None:
    act, name, _over, _whom = end
    with writing(world.sessions) as session:
        first = proposed(session, world)
        second, cloud = drafted(session, world, by=CLOUD, to="telco"), world.actors[CLOUD]
        commitments.add_condition(
            session, cloud, second.ref, on=first.ref, condition_type=condition_type, days=0, now=NOW
        )
        commitments.propose(session, cloud, second.ref, answer_by_on=ANSWER_BY, now=NOW)
        commitments.accept(session, world.actors[TELCO], second.ref, NOW)
        act(session, world.actors[name], first.ref, why="No.", now=NOW)
        assert again(session, second).state == CommitmentState.ACCEPTED
        assert commitments.due_for_the_system(session, NOW) == []


def test_what_holds_only_while_it_does_is_suspended_at_once(world: World, end: End) -> None:
    act, name, _over, _whom = end
    with writing(world.sessions) as session:
        first = proposed(session, world)
        second, cloud = drafted(session, world, by=CLOUD, to="telco"), world.actors[CLOUD]
        commitments.add_condition(
            session,
            cloud,
            second.ref,
            on=first.ref,
            condition_type=ConditionType.WHILE,
            days=0,
            now=NOW,
        )
        commitments.propose(session, cloud, second.ref, answer_by_on=ANSWER_BY, now=NOW)
        commitments.accept(session, world.actors[TELCO], second.ref, NOW)
        assert again(session, second).state == CommitmentState.IN_FORCE
        act(session, world.actors[name], first.ref, why="No.", now=NOW)
        assert again(session, second).state == CommitmentState.SUSPENDED
        assert acts(session, second)[-1] == "suspend"
        assert notified(session, second, "suspend") == {TELCO, COLLEAGUE, CLOUD, CERT}
