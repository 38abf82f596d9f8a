"""Withdrawing a draft; withdrawing a proposal is tested beside declining one."""

import pytest

from portal import commitments
from portal.db import writing
from portal.errors import NotFound, TooLate
from tests.cast import NOW, World
from tests.commitments.at_once import (
    at_once,
    by,
    exactly_one,
    made,
    state,
    verbs,
    whole,
)
from tests.commitments.builders import drafted, proposed
from tests.commitments.trail import again, notified

ROUNDS = 8

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"


def test_a_draft_that_is_withdrawn_was_never_there_for_others(world: World) -> None:
    with writing(world.sessions) as session:
        one = drafted(session, world)
        commitments.withdraw(session, world.actors[COLLEAGUE], one.ref, why="No.", now=NOW)
        assert again(session, one).published_at is None
        assert notified(session, one, "withdraw") == set()
        with pytest.raises(NotFound):
            commitments.read(session, world.actors[CLOUD], one.ref, NOW)


def test_accepted_or_withdrawn(world: World) -> None:
    for _ in range(ROUNDS):
        one = made(world, proposed)
        accept = by(world, CLOUD, commitments.accept, one.ref)
        ends = at_once(
            world, accept, by(world, TELCO, commitments.withdraw, one.ref, why="Too soon.")
        )
        won = exactly_one(ends, TooLate)
        assert state(world, one) == ("in-force", "withdrawn")[won]
        assert len(verbs(world, one, "accept", "withdraw")) == 1
    whole(world)
