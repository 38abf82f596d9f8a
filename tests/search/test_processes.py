"""Processes are found by cover name and reference, by those with a seat alone."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import opened_process, seated
from tests.pages import Visitor
from tests.search.test_search import found

Visit = Callable[[str], Visitor]


def test_a_cover_name_or_reference_finds_the_process(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = opened_process(session, world, "telco", cover_name="Quiet harbour").ref
    for name in ("mediator@peace", "liaison@telco"):
        visitor = visit(name)
        for asked in ("harbour", "QUIET", "et harb", ref, ref.lower()):
            assert found(visitor, asked) == ["Quiet harbour"], (name, asked)
    page = visit("mediator@peace").get("/search?q=harbour").page
    assert [tag.get_text() for tag in page.select("main h2")][:1] == ["Processes"]
    link = page.select_one("#found-processes a")
    assert link is not None
    assert visit("mediator@peace").get(str(link["href"])).status == 200


def test_without_a_seat_nothing_of_it_is_found(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        said = {"cover_name": "Quiet harbour", "context": "Two sides and a wiper."}
        ref = opened_process(session, world, "telco", "bank", **said).ref
    assert found(visit("liaison@bank"), "harbour") == ["Quiet harbour"]
    assert found(visit("liaison@bank"), "wiper") == ["Quiet harbour"], "the context"
    with writing(world.sessions) as session:
        seated(session, world, ref, "telco")
    for name in ("liaison@bank", "coordinator@peace", "steward@portal", "observer@un"):
        for asked in ("harbour", "quiet", ref):
            assert found(visit(name), asked) == [], (name, asked)
