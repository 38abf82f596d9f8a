"""The list and one notice: what each person finds, newest first, page by page."""

from collections.abc import Callable
from datetime import timedelta

from portal.db import writing
from tests.cast import NOW, World
from tests.factories import drafted, published
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]


def titles(page: Answer) -> list[str]:
    return [tag.get_text() for tag in page.page.select("tbody a")]


def test_the_list_is_newest_first_and_goes_on_page_by_page(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        for number in range(60):
            at = NOW + timedelta(seconds=number // 2)
            published(session, world, "peace", title=f"Notice {number}", at=at)
    mediator, seen = visit("mediator@peace"), []
    page = mediator.get("/notices/")
    while True:
        seen += titles(page)
        older = page.page.find("a", string="Older notices")
        if older is None:
            break
        page = mediator.get(str(older["href"]))
    assert "Published (" not in page.words, "no number where a page does not show all"
    assert len(seen) == 60
    assert len(set(seen)) == 60, "no row twice, none lost between two of one time"
    numbers = [int(title.split()[1]) for title in seen]
    assert numbers == sorted(numbers, reverse=True)


def test_the_list_is_narrowed(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", title="A near miss", kind="near-miss", tlp="AMBER")
        published(session, world, "peace", title="A wiper", kind="malicious-code")
    mediator = visit("mediator@peace")
    assert titles(mediator.get("/notices/?kind=near-miss")) == ["A near miss"]
    assert titles(mediator.get("/notices/?tlp=AMBER%2BSTRICT")) == ["A wiper"]
    assert titles(mediator.get("/notices/?state=closed")) == []
    assert "Remove a filter" in mediator.get("/notices/?state=closed").words


def test_each_finds_what_is_theirs(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "mediator@peace", title="Red to her", tlp="RED")
        published(session, world, "peace", title="Strict to peace")
        published(session, world, "peace", title="Green", tlp="GREEN")
        drafted(session, world, "peace", title="A draft")
    found = {
        name: set(titles(visit(name).get("/notices/")))
        for name in ("mediator@peace", "coordinator@peace", "colleague@telco", "liaison@bank")
    }
    assert found == {
        "mediator@peace": {"Red to her", "Strict to peace", "Green"},
        "coordinator@peace": {"Strict to peace", "Green"},
        "colleague@telco": {"Strict to peace", "Green"},
        "liaison@bank": {"Green"},
    }
    assert "A draft" in visit("colleague@telco").get("/notices/").words
    assert "A draft" not in visit("mediator@peace").get("/notices/").words


def test_absent_and_hidden_look_alike(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    bank = visit("liaison@bank")
    hidden, absent = bank.get(f"/notices/{ref}"), bank.get("/notices/N-26-ZZZZZZ")
    assert (hidden.status, hidden.words) == (404, absent.words)
