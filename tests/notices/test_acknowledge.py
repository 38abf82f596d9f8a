"""Acknowledging: once an edition, by whoever was asked, and the author sees it."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import NOW, World
from tests.factories import published
from tests.pages import Answer, Visitor


def test_the_author_sees_who_acknowledged(world: World, visit: Callable[[str], Visitor]) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", at=NOW).ref
    mediator = visit("mediator@peace")
    assert "asks you to confirm" in mediator.get(f"/notices/{ref}").words
    after = mediator.follow(mediator.post(f"/notices/{ref}/acknowledge"))
    assert "asks you to confirm" not in after.words
    ledger = visit("liaison@telco").get(f"/notices/{ref}/read-ledger")
    line = next(r for r in ledger.page.select("tr") if r.find("th", string="Mediator"))
    assert "acknowledged" in line.get_text()
    twice = mediator.post(f"/notices/{ref}/acknowledge")
    assert twice.status == 302, "a double click does no harm"


def test_who_was_not_asked_cannot(world: World, visit: Callable[[str], Visitor]) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", at=NOW).ref
    assert visit("liaison@bank").post(f"/notices/{ref}/acknowledge").status == 404
    assert visit("colleague@telco").post(f"/notices/{ref}/acknowledge").status == 403


def test_a_correction_that_came_meanwhile_is_not_acknowledged_unread(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", at=NOW).ref
    mediator, liaison = visit("mediator@peace"), visit("liaison@telco")
    button = button_of(mediator.get(f"/notices/{ref}"))
    form = liaison.get(f"/notices/{ref}/correct").form()
    assert liaison.post(f"/notices/{ref}/correct", {**form, "why": "It spreads."}).status == 302
    late = mediator.post(button)
    assert (late.status, "has changed since you opened it" in late.words) == (409, True)
    page = mediator.get(f"/notices/{ref}")
    assert "asks you to confirm" in page.words
    assert mediator.post(button_of(page)).status == 302


def button_of(page: Answer) -> str:
    """Where the button to acknowledge leads."""
    return next(
        str(form["action"])
        for form in page.page.select("form[action]")
        if "/acknowledge" in str(form["action"])
    )
