"""Concluding opens the hot wash for everybody with a role; what is not released stays so."""

import pytest

from portal import exercises
from portal.db import writing
from portal.errors import Refused, TooLate
from tests.cast import World
from tests.exercises.builders import (
    CLOUD,
    MEDIATOR,
    OBSERVER,
    TELCO,
    minute,
    notified,
    numbered,
    over,
    running,
)


def test_everybody_with_a_role_is_asked_for_a_note(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = over(session, world)
        assert notified(session, world, "conclude") == sorted((TELCO, CLOUD, OBSERVER))
        found = exercises.read(session, world.actors[CLOUD], exercise.ref, minute(41))
        assert found.injects == []
        number = numbered(session, exercise, "For the second")
        with pytest.raises(TooLate):
            exercises.release(session, world.actors[MEDIATOR], exercise.ref, number, minute(42))


def test_who_plays_does_not_conclude(world: World) -> None:
    with writing(world.sessions) as session:
        ref = running(session, world).ref
        with pytest.raises(Refused):
            exercises.conclude(session, world.actors[TELCO], ref, minute(1))
