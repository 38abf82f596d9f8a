"""Publishing: its recipients read it, and only they; nobody else learns of it."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.claims.builders import asked, drafted, published
from tests.factories import published as notice_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_published_it_reaches_its_recipients_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace", "bank")
        ref, on = drafted(session, world, "peace", notice_id=notice.id).ref, notice.ref
    liaison, mediator, bank = (
        visit(who) for who in ("liaison@telco", "mediator@peace", "liaison@bank")
    )
    liaison.follow(liaison.post(f"/claims/{ref}/publish"))
    for path in (f"/claims/{ref}", "/claims/", f"/claims/side-by-side/{on}", "/search?q=sandpiper"):
        assert "Sandpiper wrote the wiper" in mediator.get(path).text, path
        assert "Sandpiper wrote the wiper" not in bank.get(path).text, path
    assert bank.get(f"/claims/{ref}").status == 404
    assert liaison.post(f"/claims/{ref}/publish").status == 409


def test_it_needs_a_recipient(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
    page = visit("liaison@telco").post(f"/claims/{ref}/publish")
    assert page.status == 422
    assert "Choose at least one recipient." in page.words


def test_what_is_asked_of_whoever_is_named_is_on_no_surface_of_others(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = asked(session, world).ref
        published(session, world, "peace", title="Another")
    mediator = visit("mediator@peace")
    for path in ("/claims/", "/", "/search?q=sandpiper", "/calendar/"):
        page = mediator.get(path)
        assert ref not in page.text, path
        assert "Sandpiper wrote" not in page.text, path
