"""Editing a draft: a version that was saved meanwhile is not overwritten unseen."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.harm.builders import drafted
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_draft_is_changed_once_by_who_saw_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    liaison = visit("liaison@telco")
    form = liaison.get(f"/harm/{ref}/edit").form()
    page = liaison.follow(liaison.post(f"/harm/{ref}/edit", {**form, "upper": "60"}))
    assert "40 to 60 servers" in page.words
    late = liaison.post(f"/harm/{ref}/edit", {**form, "title": "Mine"})
    assert late.status == 409
    assert "Mine" in late.text
    assert visit("mediator@peace").get(f"/harm/{ref}/edit").status == 404
