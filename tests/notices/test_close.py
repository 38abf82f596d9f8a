"""Closing: a notice stays readable and asks nothing any more."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import published
from tests.notices.test_publish import notified
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_closed_it_stays_readable_and_asks_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", body="The text").ref
    liaison, mediator = visit("liaison@telco"), visit("mediator@peace")
    liaison.post(f"/notices/{ref}/close", {"why": "It is over."})
    page = mediator.get(f"/notices/{ref}")
    assert "The text" in page.words
    assert "It is over." in page.words
    assert "asks you to confirm" not in page.words
    assert notified(world, "close") == {"mediator@peace", "coordinator@peace"}
    assert mediator.post(f"/notices/{ref}/acknowledge").status == 409
    assert liaison.post(f"/notices/{ref}/close", {"why": "Again"}).status == 409


def test_a_closing_needs_its_reason(world: World, visit: Visit) -> None:
    needs_a_reason(world, visit, "close")


def needs_a_reason(world: World, visit: Visit, verb: str) -> None:
    """It is asked for next to its field, and only of the author's side."""
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    liaison = visit("liaison@telco")
    assert liaison.get(f"/notices/{ref}/{verb}").status == 200
    answer = liaison.post(f"/notices/{ref}/{verb}", {"why": "  "})
    assert answer.status == 422
    assert list(answer.errors()) == ["why"]
    assert visit("mediator@peace").post(f"/notices/{ref}/{verb}", {"why": "x"}).status == 403
