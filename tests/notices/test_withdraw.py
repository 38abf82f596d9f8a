"""Withdrawing: readers keep the envelope and the reason, and of a draft nobody learns."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import drafted, published
from tests.notices.test_close import needs_a_reason
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


def test_a_withdrawal_needs_its_reason(world: World, visit: Visit) -> None:
    needs_a_reason(world, visit, "withdraw")
