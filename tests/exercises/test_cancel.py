"""Calling off: recipients keep the reason and lose the content; a draft ends in silence."""

from collections.abc import Callable

import pytest

from portal import exercises
from portal.db import writing
from portal.errors import Invalid, NotFound
from tests.cast import World
from tests.exercises.builders import MEDIATOR, TELCO, drafted, minute, notified, planned
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_recipients_keep_the_envelope_and_the_reason(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, mediator = planned(session, world).ref, world.actors[MEDIATOR]
        with pytest.raises(Invalid, match="why"):
            exercises.cancel(session, mediator, ref, why=" ", now=minute(1))
        exercises.cancel(session, mediator, ref, why="The room is taken.", now=minute(1))
        assert TELCO in notified(session, world, "cancel")
    page = visit(TELCO).get(f"/exercises/{ref}")
    assert "The room is taken." in page.words
    assert "A wiper before" not in page.text
    assert "It is 21:55" not in page.text
    assert "EXERCISE: content not shown" in page.words


def test_a_draft_ends_in_silence(world: World) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
        exercises.cancel(session, world.actors[MEDIATOR], ref, why="No need.", now=minute(1))
        assert notified(session, world, "cancel") == []
        with pytest.raises(NotFound):
            exercises.read(session, world.actors[TELCO], ref, minute(2))
