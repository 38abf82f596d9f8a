"""An export is in the trail, names its marking, and is refused to those who read no text."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.claims.builders import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_csv_names_its_marking_and_its_author_sees_who_took_it(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", title="=1+1").ref
    mediator, liaison = visit("mediator@peace"), visit("liaison@telco")
    answer = mediator.get(f"/claims/{ref}/export")
    assert "TLP:AMBER+STRICT" in answer.text
    assert "'=1+1" in answer.text, "no formula"
    assert "Mediator" in liaison.get(f"/claims/{ref}/read-ledger").words
    liaison.post(f"/claims/{ref}/withdraw", {"why": "Not so."})
    assert mediator.get(f"/claims/{ref}/export").status == 404
