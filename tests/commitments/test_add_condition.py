"""Hanging one commitment on another: what may be asked for, and what is refused by its field."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState, Condition, ConditionType, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.db import reading, writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, found, proposed
from tests.commitments.trail import acts, again

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)


def add_condition(session: Session, world: World, one: Commitment, on: str, **said: Any) -> None:
    """Let a draft of Telco's hang on something."""
    values = {"condition_type": ConditionType.AFTER, "days": 0} | said
    actor = world.actors[values.pop("by", TELCO)]
    commitments.add_condition(session, actor, one.ref, on=on, now=NOW, **values)


def conditions(session: Session, one: Commitment) -> list[Condition]:
    """What it hangs on."""
    return list(session.scalars(select(Condition).where(Condition.commitment_id == one.id)))


def wrong(world: World, one: Commitment, on: str, **said: Any) -> dict[str, Any]:
    """What is said about a condition that is not taken; nothing of it may be left."""
    with reading(world.sessions) as session:
        before = len(conditions(session, one)), acts(session, one)
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        add_condition(session, world, one, on, **said)
    with reading(world.sessions) as session:
        assert (len(conditions(session, one)), acts(session, one)) == before
    return refused.value.problems


def test_what_decides_already_is_known_at_once(world: World) -> None:
    with writing(world.sessions) as session:
        one, over, stopped = drafted(session, world), agreed(session, world), agreed(session, world)
        found(session, world, over.ref)
        found(session, world, stopped.ref, Step.MINIMAL, stopped=True)
        add_condition(session, world, one, over.ref, days=3)
        add_condition(session, world, one, stopped.ref, condition_type=ConditionType.WHILE, days=5)
        turns = {row.on_id: row.turns_at for row in conditions(session, one)}
        assert turns == {over.id: NOW + 3 * DAY, stopped.id: NOW + 5 * DAY}


def test_only_what_the_writer_may_read_can_be_named(world: World) -> None:
    with writing(world.sessions) as session:
        one = drafted(session, world)
        hidden = agreed(session, world, by=CLOUD, to="bank")
        draft = drafted(session, world, by=CLOUD, to="telco")
    problems = [wrong(world, one, ref) for ref in (hidden.ref, draft.ref, "C-26-ZZZZZZ")]
    assert problems == [{"on": "This is not in the portal, or not shared with you."}] * 3, (
        "hidden and absent look alike"
    )


def test_the_same_twice_or_itself_is_refused_and_another_sort_is_not(world: World) -> None:
    with writing(world.sessions) as session:
        one, other = drafted(session, world), agreed(session, world)
        add_condition(session, world, one, other.ref)
        add_condition(session, world, one, other.ref, condition_type=ConditionType.WHILE)
    assert "already" in wrong(world, one, other.ref, days=9)["on"]
    assert "itself" in wrong(world, one, one.ref)["on"]


@pytest.mark.parametrize(
    ("said", "field"),
    [({"days": -1}, "days"), ({"days": 3651}, "days"), ({"condition_type": "before"}, "type")],
    ids=["fewer than none", "more than ten years", "no such sort"],
)
def test_days_and_sorts_have_their_range(world: World, said: dict[str, Any], field: str) -> None:
    with writing(world.sessions) as session:
        one, other = drafted(session, world), agreed(session, world)
        add_condition(session, world, one, other.ref, days=3650)
    with writing(world.sessions) as session:
        another = agreed(session, world)
    assert set(wrong(world, one, another.ref, **said)) == {field}


def test_one_hangs_on_twenty_at_the_most(world: World) -> None:
    with writing(world.sessions) as session:
        one, others = drafted(session, world), [drafted(session, world) for _ in range(21)]
        for other in others[:20]:
            add_condition(session, world, one, other.ref)
    assert "20" in wrong(world, one, others[20].ref)["on"]


def test_only_a_claim_of_ones_own_can_be_made_to_begin_together(world: World) -> None:
    with writing(world.sessions) as session:
        ours = drafted(session, world)
        to_us = proposed(session, world, by=CLOUD, to="telco")
        to_others = proposed(session, world, "telco", by=CLOUD, to="bank")
        from_us = proposed(session, world)
        add_condition(session, world, ours, to_us.ref, condition_type=ConditionType.TOGETHER)
        add_condition(session, world, ours, to_others.ref)
    for other in (to_others, from_us):
        assert (
            "made to you"
            in wrong(world, ours, other.ref, condition_type=ConditionType.TOGETHER)["on"]
        )


def test_with_what_has_begun_or_will_not_nothing_begins_together(world: World) -> None:
    with writing(world.sessions) as session:
        ours = drafted(session, world)
        begun = agreed(session, world, by=CLOUD, to="telco")
        ended = proposed(session, world, by=CLOUD, to="telco")
        commitments.decline(session, world.actors[TELCO], ended.ref, why="No.", now=NOW)
    for other in (begun, ended):
        assert (
            "has already started"
            in wrong(world, ours, other.ref, condition_type=ConditionType.TOGETHER)["on"]
        )


def test_a_circle_through_what_is_hidden_is_refused_and_it_stays_nameless(world: World) -> None:
    with writing(world.sessions) as session:
        one, seen = drafted(session, world), drafted(session, world)
        hidden = [drafted(session, world, by=COLLEAGUE, tlp=Tlp.RED) for _ in range(2)]
        add_condition(session, world, hidden[0], one.ref, by=COLLEAGUE)
        add_condition(session, world, hidden[1], hidden[0].ref, by=COLLEAGUE)
        add_condition(session, world, seen, hidden[1].ref, by=COLLEAGUE)
    message = wrong(world, one, seen.ref)["on"]
    circle = message.values["circle"]
    assert circle == f"{one.ref} → {seen.ref} → … → {one.ref}", "nor how many are hidden"


def test_two_ways_to_the_same_place_are_no_circle(world: World) -> None:
    with writing(world.sessions) as session:
        last, left, right, one = (drafted(session, world) for _ in range(4))
        for way in (left, right):
            add_condition(session, world, way, last.ref)
            add_condition(session, world, one, way.ref)
        assert len(conditions(session, one)) == 2


def test_what_was_unhung_is_waited_for_no_more(world: World) -> None:
    with writing(world.sessions) as session:
        other, one = agreed(session, world), drafted(session, world)
        add_condition(session, world, one, other.ref)
        (condition,) = conditions(session, one)
        commitments.remove_condition(session, world.actors[TELCO], one.ref, condition.id, NOW)
        day = (NOW + 5 * DAY).date()
        commitments.propose(session, world.actors[TELCO], one.ref, answer_by_on=day, now=NOW)
        commitments.accept(session, world.actors[CLOUD], one.ref, NOW)
        assert again(session, one).state == CommitmentState.IN_FORCE
