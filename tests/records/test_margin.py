"""What is said to a passage stands beside it, wherever it moves while the draft is written anew."""

from collections.abc import Callable

import pytest

from portal import records, web
from portal.db import writing
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Answer, Visitor
from tests.records.builders import CERT, CLOUD, TELCO
from tests.records.circulated_builders import circulated, kept

Visit = Callable[[str], Visitor]
WHY = "It was never said so."


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "read_clock", lambda: NOW)


def beside(page: Answer, number: int) -> str:
    """What stands in the margin of a point."""
    return " ".join(one.get_text(" ", strip=True) for one in page.page.select(f"#p{number} aside"))


def listed(page: Answer) -> str:
    found = page.page.select_one("#comments")
    return found.get_text(" ", strip=True) if found else ""


def test_an_objection_stands_beside_its_passage_and_nowhere_else(
    world: World, visit: Visit
) -> None:
    ref = kept(world)
    with writing(world.sessions) as session:
        said = {"now": NOW}
        records.comment(session, world.actors[CERT], ref, words="Good.", point=None, **said)
        records.comment(session, world.actors[CERT], ref, words="Which lines?", point=1, **said)
        records.object_to(session, world.actors[TELCO], ref, why=WHY, point=2, **said)
    page = visit(ORGANISER).get(f"/records/{ref}")
    assert WHY in beside(page, 2)
    assert "Which lines?" in beside(page, 1)
    assert "Good." in listed(page)
    assert WHY not in listed(page)
    writer = visit(ORGANISER).get(f"/records/{ref}/write")
    (margin,) = writer.page.select("aside[aria-label='Comments on point 2']")
    assert WHY in margin.get_text(" ")


def test_it_follows_the_point_when_points_move(world: World, visit: Visit) -> None:
    ref = kept(world)
    with writing(world.sessions) as session:
        records.object_to(session, world.actors[TELCO], ref, why=WHY, point=2, now=NOW)
        organiser = world.actors[ORGANISER]
        sheet = records.sheet(session, organiser, ref, NOW)
        key = next(row.id for row in sheet.points if row.number == 2)
        records.move_point(session, organiser, ref, key, up=True, now=NOW)
    page = visit(ORGANISER).get(f"/records/{ref}")
    assert WHY in beside(page, 1)
    assert beside(page, 2) == ""


def test_a_margin_holds_only_what_its_reader_was_asked(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = circulated(session, world).ref
        records.comment(session, world.actors[CLOUD], ref, words="Zephyrine", point=1, now=NOW)
    assert "Zephyrine" in beside(visit(TELCO).get(f"/records/{ref}"), 1)
    assert visit("liaison@bank").get(f"/records/{ref}").status == 404


def test_links_of_a_point_lead_to_forms_about_it(world: World, visit: Visit) -> None:
    ref = kept(world)
    telco = visit(TELCO)
    page = telco.get(f"/records/{ref}")
    for words in ("Comment on point 2", "Object to point 2"):
        (link,) = [one for one in page.page.select("#p2 a") if one.get_text(strip=True) == words]
        form = telco.get(str(link["href"])).form(str(link["href"]).partition("?")[0])
        assert form["point"] == ["2"]


def test_the_page_to_write_shows_the_text_as_it_reads_and_as_it_was(
    world: World, visit: Visit
) -> None:
    ref = kept(world)
    with writing(world.sessions) as session:
        organiser = world.actors[ORGANISER]
        records.recall(session, organiser, ref, NOW)
        sheet = records.sheet(session, organiser, ref, NOW)
        first = sheet.points[0]
        text = records.PointText(first.title, "**All** lines", {})
        records.write(session, organiser, ref, first.id, text=text, version=first.version, now=NOW)
    page = visit(ORGANISER).get(f"/records/{ref}/write")
    shown = page.page.select_one(f"#preview-{first.id} strong")
    assert shown is not None
    assert shown.get_text() == "All"
    (fold, *_rest) = page.page.select(".go-writing-side details")
    assert "Both leave response teams alone." in fold.get_text(" ")
