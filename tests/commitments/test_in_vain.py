"""A commitment that waits for what has ended says so: nobody waits for ever without knowing."""

from collections.abc import Callable
from datetime import date

import pytest

from models.commitments import CommitmentState, ConditionType, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Said
from portal.db import writing
from tests.cast import NOW, World
from tests.commitments.builders import drafted, found, proposed
from tests.commitments.scenes import add_condition, answered, on_which
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO, CLOUD, CERT = "liaison@telco", "liaison@cloud", "analyst@cert"
SAID = "It cannot go on"


@pytest.mark.parametrize("sort", [ConditionType.AFTER, ConditionType.WHILE])
def test_what_waits_for_a_commitment_that_has_ended_says_so(
    world: World, visit: Visit, sort: ConditionType
) -> None:
    with writing(world.sessions) as session:
        second = answered(session, world, sort, Tlp.AMBER)
        ref, first = second.ref, on_which(session, second).ref
    page = f"/commitments/{ref}"
    assert SAID not in visit(CLOUD).get(page).words
    with writing(world.sessions) as session:
        said = Said(Step.NONE, "Nothing came of it.")
        commitments.declare_unmet(session, world.actors[CERT], first, said=said, now=NOW)
    for name in (CLOUD, TELCO):
        words = visit(name).get(page).words
        assert SAID in words
        assert f"commitment {first}, on which it depends" in words


def test_those_that_were_to_begin_together_say_so_where_one_is_declined(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        first = proposed(session, world, tlp=Tlp.AMBER)
        second = drafted(session, world, by=CLOUD, to="telco", tlp=Tlp.AMBER)
        add_condition(session, world, second.ref, first.ref, ConditionType.TOGETHER, CLOUD)
        cloud = world.actors[CLOUD]
        commitments.propose(session, cloud, second.ref, answer_by_on=date(2026, 12, 1), now=NOW)
        commitments.accept(session, world.actors[TELCO], second.ref, NOW)
        commitments.decline(session, cloud, first.ref, why="Not now.", now=NOW)
        ref, state = second.ref, second.state
    assert state == CommitmentState.ACCEPTED
    assert SAID in visit(CLOUD).get(f"/commitments/{ref}").words


def test_what_it_waited_for_was_fulfilled(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        second = answered(session, world, ConditionType.AFTER, Tlp.AMBER, days=3)
        found(session, world, on_which(session, second).ref)
        ref = second.ref
    assert SAID not in visit(CLOUD).get(f"/commitments/{ref}").words


def test_of_a_hidden_commitment_not_even_its_end_shows(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        second = answered(session, world, ConditionType.AFTER, Tlp.AMBER, days=3)
        first = on_which(session, second)
        ref, hidden = second.ref, first.ref
        said = Said(Step.NONE, "Nothing came of it.")
        commitments.declare_unmet(session, world.actors[CERT], hidden, said=said, now=NOW)
        first.tlp = Tlp.RED
    seen = visit("colleague@telco").get(f"/commitments/{ref}").words
    assert "not shown to you" in seen
    assert SAID not in seen
    assert hidden not in seen
