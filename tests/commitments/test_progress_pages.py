"""The page of how commitments go: pictures, the same as tables, words, and what to do next."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.commitments import Step
from portal.clock import now
from portal.db import writing
from tests.cast import World
from tests.commitments.builders import agreed, found, reported
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)
MEDIATOR = "mediator@peace"


def recently(session: Session, world: World) -> None:
    """Promises that went each way of late, by the clock that the pages go by."""
    due = (now() - 2 * DAY).date()
    for step in (Step.FULL, Step.MINIMAL, Step.NONE):
        kept = agreed(session, world, "peace", at=now() - 12 * DAY, due_on=due)
        reported(session, world, kept.ref, at=now() - 4 * DAY)
        found(session, world, kept.ref, step, at=now() - 3 * DAY)
    agreed(session, world, "peace", at=now() - 12 * DAY, due_on=due, theme="rights")


def table(answer: Any, caption: str) -> list[list[str]]:
    """The rows of a table of the page, by its caption."""
    for found_table in answer.page.select("main table"):
        if found_table.caption and found_table.caption.get_text(strip=True) == caption:
            return [
                [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
                for row in found_table.select("tbody tr")
            ]
    raise AssertionError(caption)


def test_the_page_draws_each_picture_and_says_it_as_a_table(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        recently(session, world)
    page = visit(MEDIATOR).get("/commitments/progress")
    assert page.status == 200
    pictures = [str(svg["aria-label"]) for svg in page.page.select("main svg[aria-label]")]
    assert pictures[:2] == [
        "Milestones by month: met 1, overdue 1, disputed 2, awaiting verification 0",
        "Milestones by committing party: met 1, overdue 1, disputed 2, awaiting verification 0",
    ]
    assert "Contact points, notice and help (n = 3) 44" in pictures[2]
    assert "People and their rights online (n = 0) no finding yet" in pictures[2]
    assert table(page, "Milestones by committing party") == [["Telco", "1", "1", "2", "0", "4"]]
    ((_month, *counts),) = table(page, "Milestones by month")
    assert counts == ["1", "1", "2", "0", "4"]
    assert table(page, "Score of each theme") == [
        ["Contact points, notice and help", "44", "3", "1", "1", "0", "1", "0", "0"],
        ["People and their rights online", "none", "0", "0", "0", "0", "0", "0", "1"],
    ]
    for words in ("not a judgement", "Kroc Institute", "never as 0", "Self-reports do not count"):
        assert words in page.words
    assert [bar.get_text(strip=True) for bar in page.page.select(".go-marking")] == [
        "TLP:AMBER+STRICT"
    ] * 2


def test_the_page_narrows_and_says_what_to_do_where_there_is_nothing(
    world: World, visit: Visit
) -> None:
    mediator = visit(MEDIATOR)
    empty = mediator.get("/commitments/progress")
    assert "Numbers begin with the first commitment" in empty.words
    assert not empty.page.select(".go-marking, main svg[aria-label]")
    with writing(world.sessions) as session:
        recently(session, world)
    bank = world.organisations["bank"].id
    narrowed = mediator.get(f"/commitments/progress?party={bank}")
    away = narrowed.page.find("a", string="Remove filters")
    assert away is not None
    assert "met 1" in mediator.get(str(away["href"])).text
    garbled = "/commitments/progress?party=x&part_of=99999999999999999999&state=late"
    assert mediator.get(garbled).status == 200


def test_the_overview_leads_there_with_its_party(world: World, visit: Visit) -> None:
    telco = world.organisations["telco"].id
    page = visit(MEDIATOR).get(f"/commitments/?party={telco}&state=over")
    link = page.page.find("a", string="Progress")
    assert link is not None
    assert str(link["href"]) == f"/commitments/progress?party={telco}"


def test_what_is_not_theirs_shows_in_no_word(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        agreed(session, world, title="Canary", by="liaison@cloud", to="telco")
    page = visit("liaison@bank").get("/commitments/progress")
    assert "Numbers begin with" in page.words
    assert "Canary" not in page.text


def test_each_number_leads_to_the_commitments_that_it_counts(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        recently(session, world)
        hidden = agreed(session, world, at=now() - 12 * DAY, due_on=(now() - 2 * DAY).date()).ref
    reader = visit(MEDIATOR)
    page = reader.get("/commitments/progress").page
    numbers = page.select("main td a")
    assert [link.get_text() for link in numbers] == ["1", "1", "2"] * 2
    drawn = [str(link["href"]) for link in page.select("main svg a")]
    assert sorted(drawn) == sorted(str(link["href"]) for link in numbers)
    for link in numbers:
        rows = reader.get(str(link["href"])).page.select("main .go-rows > li")
        assert len(rows) == int(link.get_text()), link["href"]
    for asked in ("", "?outcome=late&promisor=Telco", "?month=no&outcome=what&theme=rights"):
        answer = reader.get(f"/commitments/progress/rows{asked}")
        assert answer.status == 200
        assert hidden not in answer.text
    other = reader.get("/commitments/progress/rows?outcome=late&promisor=Cloud")
    assert other.page.select("main .go-rows") == []
