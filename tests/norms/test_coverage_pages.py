"""The pages of coverage: picture, table and lists say the same, and each number leads to it."""

from collections.abc import Callable

import pytest
from bs4 import Tag

from portal import coverage
from portal.db import writing
from portal.rules import NOTICES
from tests.cast import NOW, World
from tests.factories import published
from tests.norms.builders import FOUND, UN, F, K, story, tie_to
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
PATH = "/norms/coverage"


def cells(page: Answer) -> list[Tag]:
    """The linked numbers of the table."""
    assert page.status == 200
    return page.page.select("main table tbody td a")


def listed(page: Answer) -> list[str]:
    """What is listed on the page of a norm."""
    assert page.status == 200
    return [tag.get_text() for tag in page.page.select("main section .go-rows > li a")]


@pytest.mark.parametrize("name", list(FOUND))
def test_each_number_links_to_exactly_what_it_counts(world: World, visit: Visit, name: str) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    visitor = visit(name)
    links = cells(visitor.get(PATH))
    assert len(links) == len(FOUND[name]) + len({norm for norm, _home in FOUND[name]})
    for link in links:
        number = int(link.find(string=True, recursive=False) or 0)
        assert number == len(listed(visitor.get(str(link["href"])))), link
    assert links[-1].get_text().endswith("relevant to UN norm " + max(FOUND[name])[0])


def test_the_picture_and_the_table_say_the_same(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    page = visit("mediator@peace").get(PATH)
    table, picture = page.page.select_one("main table"), page.page.select_one("main figure svg")
    assert table is not None
    assert picture is not None
    heads = [tag.get_text() for tag in table.select("thead th")]
    assert heads == ["Norm", "Bank", "Cloud", "Telco", "All"]
    said = {}
    for line in table.select("tbody tr"):
        assert line.th is not None
        norm = line.th.get_text(" ").partition(" A/70/174")[0].replace(" :", ":").strip()
        for column, cell in zip(heads[1:-1], line.select("td")[:-1], strict=True):
            said[norm, column] = cell.get_text().split()[0]
    drawn = [tag.get_text() for tag in picture.select("g > title")]
    assert drawn == [f"{norm}, {column}: {count}" for (norm, column), count in said.items()]
    assert len(drawn) == 33
    assert "total 5" in str(picture["aria-label"])


def test_an_empty_matrix_says_how_resources_get_tied(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace")
        tie_to(session, world, NOTICES, notice, F)
    page = visit("liaison@bank").get(PATH)
    assert "No notice or commitment that you can read is linked" in page.words
    assert "choose Link to a norm" in page.words
    assert not page.page.select("main table, main figure")
    page = visit("liaison@bank").get(f"/norms/{F}")
    assert "Nothing that you can read is linked to this norm." in page.words


def test_a_framework_is_chosen_by_a_select(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        tie_to(session, world, NOTICES, published(session, world, "peace"), "paris-call-2018-1")
    mediator = visit("mediator@peace")
    for query in ("", "?framework=nothing", f"?framework={UN}"):
        page = mediator.get(f"{PATH}{query}")
        assert page.form() == {"framework": [UN]}
        assert not page.page.select("main table")
    page = mediator.get(f"{PATH}?framework=paris-call-2018")
    assert page.form() == {"framework": ["paris-call-2018"]}
    assert len(cells(page)) == 2
    assert page.page.select_one("main [class^=go-status-]")


def test_a_norm_lists_its_resources_and_leads_back(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        story(session, world)
    mediator = visit("mediator@peace")
    page = mediator.get(f"/norms/{K}")
    assert listed(page) == ["Promise", "Strict"]
    for word in ("TLP:AMBER+STRICT", "Why Promise.", "Commitment", "Notice", "in force", "Cloud"):
        assert word in page.words
    narrow = f"/norms/{K}?organisation={world.organisations['cloud'].ref}"
    page = mediator.get(narrow)
    assert listed(page) == ["Promise"]
    assert "Only from Cloud" in page.words
    (wide,) = page.page.find_all("a", string="From all organisations")
    assert wide["href"] == f"/norms/{K}"
    for garbled in ("O-26-ZZZZZZ", "x" * 3000, "'"):
        page = mediator.get(f"/norms/{K}?organisation={garbled}")
        assert page.page.select("main .go-rows > li.go-empty")
    assert mediator.get("/norms/").page.select(f"main a[href='{PATH}']")


def test_a_reason_is_shown_as_text(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", title="<i>x</i>")
        said = {"norm": F, "reason": "<b>x</b>"}
        telco = world.actors["liaison@telco"]
        coverage.link_norm(session, telco, NOTICES, notice.ref, **said, now=NOW)
    for path in (f"/norms/{F}", f"/notices/{notice.ref}"):
        page = visit("mediator@peace").get(path)
        assert "<b>x</b>" in page.words
        assert not page.page.select("main b, main i")


def test_a_stranger_is_asked_to_sign_in(visit: Visit) -> None:
    for path in (PATH, f"/norms/{F}?organisation=x"):
        assert "/auth/sign-in" in visit("nobody").get(path).to
