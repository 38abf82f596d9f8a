"""Reading alternates: for the two, for whoever looks after their organisation, and for stewards."""

from collections.abc import Callable

import pytest

from portal import alternates
from portal.db import writing
from portal.errors import NotFound
from tests.alternates.builders import AWAY, DAY, OTHER, STANDS_IN, declared, in_force, make_admin
from tests.cast import NOW, World
from tests.factories import opened_process
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


@pytest.mark.parametrize("name", [OTHER, "mediator@peace", "auditor@portal"])
def test_to_others_there_is_none(world: World, name: str) -> None:
    ref = in_force(world)
    with writing(world.sessions) as session:
        with pytest.raises(NotFound):
            alternates.read(session, world.actors[name], ref, NOW)
        assert alternates.mine(session, world.actors[name], NOW) == []


def test_a_list_has_ones_own_and_what_one_administers(world: World) -> None:
    ref = in_force(world)
    make_admin(world, OTHER, "telco")
    for name, listed in ((AWAY, 1), (STANDS_IN, 1), (OTHER, 1), ("steward@portal", 0)):
        with writing(world.sessions) as session:
            rows = alternates.mine(session, world.actors[name], NOW)
            assert [row.alternate.ref for row in rows] == [ref] * listed, name


def test_a_process_is_named_to_those_who_know_it(world: World, visit: Visit) -> None:
    # The mediator has a seat; the coordinator, asked to act for them, has none.
    with writing(world.sessions) as session:
        process = opened_process(session, world, cover_name="Quiet talks")
        said = {"by": "mediator@peace", "who": "coordinator@peace", "process_id": process.id}
        ref = declared(session, world, **said).ref
    assert "Process Quiet talks" in visit("mediator@peace").get(f"/alternates/{ref}").words
    words = visit("coordinator@peace").get(f"/alternates/{ref}").words
    assert "One process" in words
    assert "Quiet" not in words


def test_what_is_under_way_comes_first(world: World) -> None:
    over = in_force(world, days=2)
    with writing(world.sessions) as session:
        later = NOW + 5 * DAY
        now_ref = declared(session, world, at=later).ref
        rows = alternates.mine(session, world.actors[AWAY], later)
    assert [row.alternate.ref for row in rows] == [now_ref, over]
