"""Withdrawing: readers keep the envelope and the reason, not the figures."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.harm.builders import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_its_readers_keep_the_envelope_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    liaison, mediator = visit("liaison@telco"), visit("mediator@peace")
    assert liaison.post(f"/harm/{ref}/withdraw", {"why": ""}).status == 422
    liaison.follow(liaison.post(f"/harm/{ref}/withdraw", {"why": "Not so."}))
    page = mediator.get(f"/harm/{ref}")
    assert "Not so." in page.words
    assert "Servers" not in page.text
    assert "Servers" not in mediator.get("/harm/").text
    assert mediator.get(f"/harm/{ref}/export").status == 404
