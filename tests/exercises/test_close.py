"""Closing ends the hot wash; findings can still be taken up, notes no more."""

from collections.abc import Callable

import pytest

from portal import exercises
from portal.db import writing
from portal.errors import Refused, TooLate
from tests.cast import World
from tests.exercises.builders import MEDIATOR, TELCO, minute, over
from tests.exercises.test_take_up import found
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_after_it_nothing_is_added(world: World) -> None:
    with writing(world.sessions) as session:
        ref, number = found(session, world)
        with pytest.raises(Refused):
            exercises.close(session, world.actors[TELCO], ref, minute(60))
        exercises.close(session, world.actors[MEDIATOR], ref, minute(60))
        with pytest.raises(TooLate):
            exercises.write_note(session, world.actors[TELCO], ref, text="x", now=minute(61))
        assert exercises.finding(session, world.actors[TELCO], ref, number, minute(61)).text


def test_the_button_closes(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = over(session, world).ref
    mediator = visit(MEDIATOR)
    page = mediator.follow(mediator.post(f"/exercises/{ref}/close"))
    assert "Exercise closed." in page.words
