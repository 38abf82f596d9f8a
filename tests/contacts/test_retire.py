"""What is retired leaves the directory at once, and stays with its organisation."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.contacts.builders import MEDIATOR, TELCO, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_it_leaves_the_directory_at_once(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    page = f"/contacts/{ref}/retire"
    assert visit(MEDIATOR).get(page).status == 403
    visit(TELCO).post(page)
    assert visit(MEDIATOR).get(f"/contacts/{ref}").status == 404
    assert ref not in visit(MEDIATOR).get("/contacts/").text
    assert "Retired" in visit(TELCO).get(f"/contacts/{ref}").words
