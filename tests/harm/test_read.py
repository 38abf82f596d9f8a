"""Reading: who is shown to have been hit, and what is not stated stays so."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.harm.builders import cited, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_ones_own_harm_is_that_of_the_organisation(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        own = published(session, world, "peace").ref
        other = cited(session, world, "telco").ref
    mediator = visit("mediator@peace")
    page = mediator.get(f"/harm/{own}").words
    assert "Whom it happened to Telco" in page
    assert "Meant or not not known" in page
    assert "Whom it happened to A carrier" in mediator.get(f"/harm/{other}").words
