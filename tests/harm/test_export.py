"""An export is in the trail, and its author sees who took it."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.harm.builders import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_its_author_sees_who_took_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    answer = visit("mediator@peace").get(f"/harm/{ref}/export")
    assert "TLP:AMBER+STRICT" in answer.text
    assert "not known" in answer.text
    assert "Mediator" in visit("liaison@telco").get(f"/harm/{ref}/read-ledger").words
