"""Answers are erased for good when their respondent says so."""

from collections.abc import Callable

import pytest

from models.readiness import SelfCheck
from portal import readiness
from portal.db import writing
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.readiness.builders import MEDIATOR, SEALER, completed

Visit = Callable[[str], Visitor]


def test_nothing_of_them_is_left(world: World) -> None:
    with writing(world.sessions) as session:
        mediator = world.actors[MEDIATOR]
        ref = completed(session, world).ref
        readiness.erase(session, mediator, ref, NOW)
        row = session.query(SelfCheck).filter_by(ref=ref).one()
        assert (row.sealed, row.look_again_at) == (b"", None)
        assert readiness.mine(session, mediator, SEALER, NOW) == []
        with pytest.raises(NotFound):
            readiness.read(session, mediator, ref, SEALER, NOW)


def test_the_page_asks_once_more(visit: Visit, world: World) -> None:
    with writing(world.sessions) as session:
        ref = completed(session, world).ref
    mediator = visit(MEDIATOR)
    assert "cannot be restored" in mediator.get(f"/readiness/{ref}/erase").words
    done = mediator.post(f"/readiness/{ref}/erase", {})
    assert done.to.endswith("/readiness/")
    assert mediator.get(f"/readiness/{ref}").status == 404
