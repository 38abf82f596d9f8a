"""A resource is found by a part of its reference, wherever one is asked for, by who may find it."""

from collections.abc import Callable

import pytest

from portal.db import writing
from tests.cast import World
from tests.factories import opened_process, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
MEDIATOR, BANK = "mediator@peace", "liaison@bank"
PAGES = ("/search?q=", "/search/commands?q=")


@pytest.fixture
def ref(world: World) -> str:
    with writing(world.sessions) as session:
        return str(published(session, world, "peace").ref)


@pytest.mark.parametrize("page", PAGES)
def test_the_end_of_a_reference_or_its_beginning_finds_it(
    visit: Visit, ref: str, page: str
) -> None:
    letter, year, end = ref.split("-")
    mediator = visit(MEDIATOR)
    for part in (end, end.lower(), f"{year}-{end}", f"{letter}-{end}", end[:4], ref.lower()):
        assert f'href="/notices/{ref}"' in mediator.get(page + part).text, part
    for part in (f"C-{end}", end[:3], end[2:], f"19-{end}"):
        assert ref not in mediator.get(page + part).page.select_one("main").get_text(), part


@pytest.mark.parametrize("page", PAGES)
def test_a_hidden_resource_is_found_by_no_part(visit: Visit, ref: str, page: str) -> None:
    end = ref.rpartition("-")[2]
    bank = visit(BANK)
    for part in (end, end[:4], ref):
        answer = bank.get(page + part)
        assert f"/notices/{ref}" not in answer.text
        absent = bank.get(page + "ZZZZZZ").words.replace("ZZZZZZ", part)
        assert answer.words == absent


def test_a_notice_is_linked_to_a_process_by_the_end_of_its_reference(
    world: World, visit: Visit, ref: str
) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world).ref
    mediator, page = visit(MEDIATOR), f"/processes/{process}/link"
    form = mediator.get(page).form()
    answer = mediator.post(page, {**form, "notice": ref.rpartition("-")[2].lower()})
    assert answer.to == f"/processes/{process}"
    assert ref in mediator.get(f"/processes/{process}").text


def test_the_palette_offers_what_somebody_may_begin_and_no_more(visit: Visit) -> None:
    def begins(name: str) -> list[str]:
        found = visit(name).get("/search/commands").page.select("#commands a")
        return [str(one["href"]) for one in found if str(one["href"]).endswith("/new")]

    assert "/notices/new" in begins("liaison@telco")
    assert "/processes/new" in begins(MEDIATOR)
    assert begins("steward@portal") == []
    visitor = visit("liaison@telco")
    narrowed = visitor.get("/search/commands?q=calendar").page.select("#commands a")
    assert [one.get_text(strip=True) for one in narrowed] == ["Calendar", "Search for calendar"]


@pytest.mark.parametrize(
    ("asked", "said"), [("calendar", "1 entry found"), ("xyzzy", "No entry found")]
)
def test_the_palette_says_in_a_sentence_how_many_entries_there_are(
    visit: Visit, asked: str, said: str
) -> None:
    page = visit(MEDIATOR).get(f"/search/commands?q={asked}").page
    [found] = page.select("#commands-found")
    assert found.get_text(strip=True) == said
    all_of_them = visit(MEDIATOR).get("/search/commands").page
    number = len(all_of_them.select("#commands li"))
    assert all_of_them.select("#commands-found")[0].get_text() == f"{number} entries found"
