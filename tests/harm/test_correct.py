"""A correction is a version, and says what it corrects."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.harm.builders import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_what_becomes_unknown_is_not_known_again(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    liaison = visit("liaison@telco")
    form = liaison.get(f"/harm/{ref}/correct").form()
    assert form["lower"] == ["40"]
    assert form["best"] == [""]
    empty = {**form, "lower": "", "upper": "", "why": "Counted wrongly."}
    assert liaison.post(f"/harm/{ref}/correct", {**empty, "why": ""}).status == 422
    page = liaison.follow(liaison.post(f"/harm/{ref}/correct", empty))
    assert "Counted wrongly." in page.words
    assert "40" not in page.page.select_one("#overview").get_text()
