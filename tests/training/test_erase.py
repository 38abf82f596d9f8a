"""What is under way can be given up; what is completed stays."""

import pytest

from models.training import CompletionState
from portal import training
from portal.db import writing
from portal.errors import NotFound, TooLate
from tests.cast import NOW, World
from tests.training.builders import MEDIATOR, completed, under_way


def test_progress_is_erased_and_gone(world: World) -> None:
    actor = world.actors[MEDIATOR]
    with writing(world.sessions) as session:
        begun = under_way(session, world)
        training.study(session, actor, begun.ref, 3, NOW)
        training.erase(session, actor, begun.ref, NOW)
        assert (begun.state, begun.sections) == (CompletionState.ERASED, 0)
        with pytest.raises(NotFound):
            training.read(session, actor, begun.ref, NOW)
        assert under_way(session, world).id != begun.id


def test_what_is_completed_stays(world: World) -> None:
    with writing(world.sessions) as session:
        ref = completed(session, world).ref
    with pytest.raises(TooLate), writing(world.sessions) as session:
        training.erase(session, world.actors[MEDIATOR], ref, NOW)
