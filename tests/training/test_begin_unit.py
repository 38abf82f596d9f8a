"""A unit is begun by whoever wants to learn; one that is under way is gone on with."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from portal import training
from portal.db import reading, writing
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.training.builders import MEDIATOR, TLP, completed, under_way

Visit = Callable[[str], Visitor]


def test_beginning_twice_is_one(world: World) -> None:
    with writing(world.sessions) as session:
        first = under_way(session, world)
        assert under_way(session, world).id == first.id
        assert under_way(session, world, "coordinator@peace").id != first.id


def test_what_is_completed_can_be_begun_anew(world: World) -> None:
    with writing(world.sessions) as session:
        done = completed(session, world)
        assert under_way(session, world).id != done.id


def test_a_unit_in_a_language_that_it_lacks_is_in_english(world: World) -> None:
    actor = replace(world.actors[MEDIATOR], language="fi")
    with reading(world.sessions) as session:
        assert training.taught(session, actor, "tlp", NOW) == TLP
        with pytest.raises(NotFound):
            training.taught(session, actor, "no-such-unit", NOW)


def test_a_unit_that_is_not_there_cannot_be_begun(visit: Visit) -> None:
    assert visit(MEDIATOR).post("/training/new", {"unit": "no-such-unit"}).status == 404
    assert visit(MEDIATOR).get("/training/units/no-such-unit").status == 404
