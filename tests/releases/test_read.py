"""Reading inside: a draft is its own side's; whoever is asked reads what is left alone."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.pages import Visitor
from tests.releases.builders import (
    BANK,
    CLOUD,
    SECRET,
    TELCO,
    confirmed,
    drafted,
    joint,
    released,
)

Visit = Callable[[str], Visitor]


def test_a_draft_is_its_own_sides_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, title="Canary").ref
        statement = joint(session, world, title="Canary").ref
    for who in (CLOUD, BANK, "mediator@peace", "steward@portal"):
        visitor = visit(who)
        for path in ("/releases/", "/", "/search?q=Canary", "/calendar/"):
            assert ref not in visitor.get(path).text, (who, path)
        assert visitor.get(f"/releases/{ref}").status == 404
        assert visitor.get(f"/releases/{statement}").status == 404
    assert "Canary" in visit(TELCO).get("/releases/").words


def test_whoever_is_asked_reads_nothing_of_what_was_marked(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = confirmed(session, world, joint(session, world)).ref
    words = visit(CLOUD).get(f"/releases/{ref}").words
    assert "A wiper spread from an update" in words
    assert SECRET not in words
    assert "Nobody beyond what is said." not in words, "the check is kept inside"
    assert visit(BANK).get(f"/releases/{ref}").status == 404


def test_released_it_is_found_by_everybody_inside(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = released(session, world, title="Canary of the wiper").ref
    bank = visit(BANK)
    assert ref in bank.get("/search?q=Canary").text
    assert ref in bank.get("/releases/").text
    page = bank.get(f"/releases/{ref}")
    assert f"/public/{ref}" in page.text
    assert "Do-no-harm" not in page.words
