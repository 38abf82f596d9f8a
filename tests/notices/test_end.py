"""Closing and withdrawing: closed stays readable, withdrawn leaves the envelope and the reason."""

from collections.abc import Callable

import pytest

from portal.db import writing
from tests.cast import World
from tests.factories import drafted, published
from tests.notices.test_publish import notified
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_withdrawn_its_readers_keep_only_the_envelope(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", title="A title", body="The text").ref
    liaison, mediator = visit("liaison@telco"), visit("mediator@peace")
    liaison.post(f"/notices/{ref}/withdraw", {"why": "Sent by mistake."})
    for path in (f"/notices/{ref}", "/notices/", "/"):
        page = mediator.get(path)
        assert "A title" not in page.text
        assert "The text" not in page.text
    assert "Sent by mistake." in mediator.get(f"/notices/{ref}").words
    assert "The text" in liaison.get(f"/notices/{ref}").words, "its own side keeps it"


def test_a_withdrawn_draft_tells_nobody(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    visit("liaison@telco").post(f"/notices/{ref}/withdraw", {"why": "Not needed."})
    assert notified(world, "withdraw") == set()
    assert visit("mediator@peace").get(f"/notices/{ref}").status == 404


@pytest.mark.parametrize("verb", ["close", "withdraw"])
def test_an_end_needs_its_reason(world: World, visit: Visit, verb: str) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    liaison = visit("liaison@telco")
    assert liaison.get(f"/notices/{ref}/{verb}").status == 200
    answer = liaison.post(f"/notices/{ref}/{verb}", {"why": "  "})
    assert answer.status == 422
    assert list(answer.errors()) == ["why"]
    assert visit("mediator@peace").post(f"/notices/{ref}/{verb}", {"why": "x"}).status == 403
    assert visit("liaison@bank").get(f"/notices/{ref}/{verb}").status == 404
