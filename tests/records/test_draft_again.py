"""E-mails about minutes that are a draft again: a link for whoever writes them, and none else."""

from collections.abc import Callable

import pytest

from portal import records
from portal.db import writing
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import posted
from tests.mail import html_of, text_of
from tests.pages import Visitor
from tests.records.builders import CLOUD, TELCO
from tests.records.circulated_builders import kept

Visit = Callable[[str], Visitor]


def draft_again(world: World, how: str) -> tuple[str, dict[str, str]]:
    """Minutes that are a draft again; what the e-mails about it say, by whom they go to."""
    ref = kept(world)
    posted(world, ref)
    with writing(world.sessions) as session:
        if how == "object":
            actor = world.actors[TELCO]
            records.object_to(session, actor, ref, why="Never said.", point=None, now=NOW)
        else:
            records.recall(session, world.actors[ORGANISER], ref, NOW)
    sent = posted(world, ref)
    assert all(len(many) == 1 for many in sent.values())
    return ref, {who: text_of(one) + html_of(one) for who, (one,) in sent.items()}


@pytest.mark.parametrize("how", ["object", "recall"])
def test_whoever_cannot_read_them_gets_no_link_to_them(
    world: World, visit: Visit, how: str
) -> None:
    ref, said = draft_again(world, how)
    assert visit(CLOUD).get(f"/records/{ref}").status == 404
    assert f"/records/{ref}" not in said[CLOUD]
    assert "No action is needed until then." in said[CLOUD]


def test_whoever_writes_them_is_asked_to_revise_them(world: World, visit: Visit) -> None:
    ref, said = draft_again(world, "object")
    assert f"/records/{ref}" in said[ORGANISER]
    assert "Revise the minutes, and circulate them again." in said[ORGANISER]
    assert "No action is needed" not in said[ORGANISER]
    assert visit(ORGANISER).get(f"/records/{ref}").status == 200
