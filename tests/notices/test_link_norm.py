"""Linking a notice to a norm: by its own side, while it is a draft or open."""

import pytest

from portal import notices
from portal.db import writing
from portal.errors import NotFound, Refused, TooLate
from portal.rules import NOTICES
from tests.cast import NOW, World
from tests.factories import drafted, published
from tests.norms.builders import tie, ties
from tests.norms.test_link_norm import acts


def test_a_notice_is_tied_by_its_own_hand_while_it_is_a_draft_or_open(world: World) -> None:
    with writing(world.sessions) as session:
        draft = drafted(session, world, "peace").ref
        opened = published(session, world, "peace").ref
    tie(world, "liaison@telco", NOTICES, draft)
    tie(world, "colleague@telco", NOTICES, opened)
    for by, error in (("mediator@peace", Refused), ("liaison@bank", NotFound)):
        for act in acts(world, by, NOTICES, opened):
            with pytest.raises(error):
                act()
    with writing(world.sessions) as session:
        notices.close(session, world.actors["liaison@telco"], opened, why="Over.", now=NOW)
    for act in acts(world, "liaison@telco", NOTICES, opened):
        with pytest.raises(TooLate):
            act()
    assert len(ties(world)) == 2
