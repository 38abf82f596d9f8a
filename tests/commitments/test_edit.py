"""Editing a draft: conditions are set and taken off by its own side, and nobody is notified."""

import pytest

from models.commitments import ConditionType
from portal import commitments
from portal.db import writing
from portal.errors import NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, proposed
from tests.commitments.test_add_condition import add_condition, conditions
from tests.commitments.trail import acts, notified

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"


def test_a_condition_is_an_edit_of_the_draft_that_nobody_is_told_of(world: World) -> None:
    with writing(world.sessions) as session:
        one, other = drafted(session, world), agreed(session, world)
        add_condition(session, world, one, other.ref, days=3, by=COLLEAGUE)
        (condition,) = conditions(session, one)
        assert (condition.on_id, condition.type, condition.days, condition.turns_at) == (
            other.id, ConditionType.AFTER, 3, None,
        )  # fmt: skip
        assert acts(session, one) == ["draft-commitment", "edit"]
        assert notified(session, one, "edit") == set()


def test_conditions_are_set_and_taken_off_while_it_is_a_draft_alone(world: World) -> None:
    with writing(world.sessions) as session:
        other, draft, put = (
            agreed(session, world),
            drafted(session, world),
            proposed(session, world),
        )
        add_condition(session, world, draft, other.ref)
        (condition,) = conditions(session, draft)
        with pytest.raises(TooLate):
            add_condition(session, world, put, other.ref)
        with pytest.raises(NotFound):
            add_condition(session, world, draft, other.ref, by=CLOUD)
        with pytest.raises(Refused):
            add_condition(session, world, put, other.ref, by=CLOUD)
        second = drafted(session, world)
        with pytest.raises(NotFound):
            commitments.remove_condition(
                session, world.actors[TELCO], second.ref, condition.id, NOW
            )
        commitments.remove_condition(session, world.actors[COLLEAGUE], draft.ref, condition.id, NOW)
        assert conditions(session, draft) == []
        with pytest.raises(NotFound):
            commitments.remove_condition(session, world.actors[TELCO], draft.ref, condition.id, NOW)
        assert acts(session, draft) == ["draft-commitment", "edit", "edit"]
