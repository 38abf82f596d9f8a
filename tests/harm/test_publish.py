"""Publishing: its recipients read it, and only they; nobody else learns of it."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import published as notice_of
from tests.harm.builders import drafted
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_published_it_reaches_its_recipients_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace", "bank")
        ref, on = drafted(session, world, "peace", notice_id=notice.id).ref, notice.ref
        alone = drafted(session, world).ref
    liaison, mediator, bank = (
        visit(who) for who in ("liaison@telco", "mediator@peace", "liaison@bank")
    )
    assert mediator.get(f"/harm/{ref}").status == 404
    liaison.follow(liaison.post(f"/harm/{ref}/publish"))
    for path in (f"/harm/{ref}", "/harm/", f"/harm/together/{on}", "/search?q=servers"):
        assert "Servers wiped" in mediator.get(path).text, path
        assert "Servers wiped" not in bank.get(path).text, path
    assert bank.get(f"/harm/{ref}").status == 404
    assert liaison.post(f"/harm/{ref}/publish").status == 409
    assert liaison.post(f"/harm/{alone}/publish").status == 422
