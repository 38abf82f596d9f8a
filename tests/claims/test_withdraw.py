"""Withdrawing: readers keep the envelope and the reason; so does whoever was asked for a reply."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.claims.builders import asked, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_its_readers_keep_the_envelope_and_the_reason(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", body="The text").ref
        put = asked(session, world).ref
    liaison = visit("liaison@telco")
    assert liaison.post(f"/claims/{ref}/withdraw", {"why": " "}).status == 422
    for one in (ref, put):
        liaison.follow(liaison.post(f"/claims/{one}/withdraw", {"why": "Not so."}))
    for who, one in (("mediator@peace", ref), ("liaison@cloud", put)):
        page = visit(who).get(f"/claims/{one}")
        assert "Not so." in page.words
        assert "Sandpiper" not in page.text
        assert "The text" not in page.text
    assert visit("mediator@peace").get(f"/claims/{put}").status == 404
    assert "Sandpiper" not in visit("mediator@peace").get("/claims/").text
