"""An organisation ends its support of a pledge: that it stood stays on its page."""

from collections.abc import Callable

import pytest

from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import address, declared
from tests.stakeholders.test_declare_support import CALL, TYPED, names

Visit = Callable[[str], Visitor]


def test_it_is_over_and_can_be_declared_again(world: World, visit: Visit) -> None:
    declared(world, "telco", CALL)
    page, liaison = address(world, "telco"), visit("liaison@telco")
    after = liaison.follow(liaison.post(f"{page}/end-support", {"framework": CALL}))
    assert "ended" in after.words
    assert names(world, "liaison@telco") == []
    assert liaison.post(f"{page}/end-support", {"framework": CALL}).status == 404
    liaison.post(f"{page}/declare-support", TYPED)
    assert names(world, "liaison@telco") == ["Telco"]


@pytest.mark.parametrize("who", ["observer@un", "liaison@cloud", "steward@portal"])
def test_others_do_not_end_it(world: World, visit: Visit, who: str) -> None:
    declared(world, "telco", CALL)
    sent = visit(who).post(f"{address(world, 'telco')}/end-support", {"framework": CALL})
    assert sent.status == 403
    assert names(world, who) == ["Telco"]


def test_without_a_pledge_nothing_is_ended(world: World, visit: Visit) -> None:
    declared(world, "telco", CALL)
    sent = visit("liaison@telco").post(f"{address(world, 'telco')}/end-support", {})
    assert sent.status == 404
    assert names(world, "liaison@telco") == ["Telco"]
