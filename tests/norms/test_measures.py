"""Measures in use: each number is of what its reader may see, and leads to exactly that."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.contacts import ContactPoint, Verified
from portal import contacts as service
from portal import coverage
from portal.db import reading, writing
from portal.norms import NORMS
from portal.rules import NOTICES
from tests.cast import NOW, World
from tests.contacts import builders as contacts
from tests.dialogues.later_builders import convened
from tests.factories import published
from tests.norms.builders import tie_to
from tests.norms.test_coverage_pages import cells, listed
from tests.pages import Visitor
from tests.training.builders import completed

Visit = Callable[[str], Visitor]
UN = "un-oewg-global-cbm"
PAGE = f"/norms/measures?framework={UN}"
# What the story below comes to: of the services in their order, for those who see some of it.
FOUND = {
    "mediator@peace": {"contacts": 2, "checks": 1, "notices": 2, "training": 1},
    "liaison@telco": {"contacts": 2, "checks": 1, "notices": 2, "dialogues": 1},
    "liaison@bank": {"contacts": 1, "checks": 1, "notices": 1},
    "steward@portal": {"contacts": 1, "checks": 1, "notices": 1},
}


def story(world: World) -> None:
    with writing(world.sessions) as session:
        contacts.published(session, world, "peace", label="Few")
        point = contacts.published(session, world, "peace", tlp="GREEN", label="All")
        point.verified_how = Verified.CHECK
        contacts.drafted(session, world, "peace", label="Draft")
        published(session, world, "peace", title="Few")
        green = published(session, world, "peace", title="All", tlp="GREEN")
        tie_to(session, world, NOTICES, green, f"{UN}-8")
        completed(session, world)
        convened(session, world, "telco")


def counted(world: World, who: str) -> dict[str, int]:
    with reading(world.sessions) as session:
        found = coverage.measures_in_use(session, world.actors[who], NOW, framework=UN)
    most = [max(column or 0 for column in columns) for columns in zip(*found.counts, strict=True)]
    keys = [one.key for one in coverage.SERVICES]
    return {key: count for key, count in zip(keys, most, strict=True) if count}


@pytest.mark.parametrize("who", list(FOUND))
def test_each_number_counts_what_its_reader_may_see(world: World, visit: Visit, who: str) -> None:
    story(world)
    assert counted(world, who) == FOUND[who]
    visitor = visit(who)
    links = cells(visitor.get(PAGE))
    # Two services serve the first measure, one each of the others; and one notice is linked.
    assert len(links) == len(FOUND[who]) + 1
    for link in links:
        number = int(link.find(string=True, recursive=False) or 0)
        assert number == len(listed(visitor.get(str(link["href"])))), link


def test_what_serves_no_measure_of_a_framework_has_no_number(world: World, visit: Visit) -> None:
    story(world)
    page = visit("mediator@peace").get(PAGE)
    table, picture = page.page.select_one("main table"), page.page.select_one("main figure svg")
    assert table is not None
    assert picture is not None
    numbers = [cell for cell in table.select("tbody td") if cell.select_one(".go-count")]
    assert len(picture.select("rect")) == len(numbers)
    assert "Our own reading" not in page.words
    assert "our own reading" in page.words
    assert "not that a State carries out the measure" in page.words


def test_services_name_measures_of_the_registry_that_their_page_shows() -> None:
    keys = {norm.key for norm in NORMS.values() if norm.framework in coverage.MEASURES}
    assert all(one.measures and one.measures <= keys for one in coverage.SERVICES)
    assert len({one.key for one in coverage.SERVICES}) == len(coverage.SERVICES)


def test_a_stale_confirmation_counts_no_more_and_an_exercise_for_its_own_side(
    world: World,
) -> None:
    story(world)
    with writing(world.sessions) as session:
        point = session.scalars(select(ContactPoint).where(ContactPoint.label == "All")).one()
        point.stale_at = NOW
        service.check(session, world.actors["liaison@telco"], point.ref, exercise=True, now=NOW)
    mediators = dict(FOUND["mediator@peace"])
    del mediators["checks"]
    assert counted(world, "mediator@peace") == mediators
    assert counted(world, "liaison@telco")["contact-exercises"] == 1
