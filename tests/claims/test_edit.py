"""Editing a draft: what two people save at once is shown to the second, and nothing is lost."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.claims.builders import drafted
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_draft_is_changed_and_keeps_what_was_chosen(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(
            session, world, "peace", scale="phia", confidence="realistic",
            considerations={"scale": "Three networks"}, norms=("un-gge-2015-f",),
        ).ref  # fmt: skip
    liaison = visit("liaison@telco")
    page = liaison.get(f"/claims/{ref}/edit")
    done = liaison.follow(liaison.post(f"/claims/{ref}/edit", {**page.form(), "title": "Changed"}))
    for words in ("Changed", "realistic possibility", "40 to 50 per cent", "Three networks"):
        assert words in done.words, words
    late = liaison.post(f"/claims/{ref}/edit", {**page.form(), "title": "Mine"})
    assert late.status == 409
    assert "Someone saved another version" in late.words
    assert "Mine" in late.text


def test_nobody_but_those_who_act_for_it_edits_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    assert visit("mediator@peace").get(f"/claims/{ref}/edit").status == 404
