"""Declining to act for somebody."""

import pytest

from portal import alternates
from portal.db import writing
from portal.errors import Refused, TooLate
from tests.alternates.builders import AWAY, STANDS_IN, declared, notified, state_of
from tests.cast import NOW, World


def test_whoever_asked_is_notified(world: World) -> None:
    with writing(world.sessions) as session:
        ref = declared(session, world).ref
        with pytest.raises(Refused):
            alternates.decline(session, world.actors[AWAY], ref, NOW)
    with writing(world.sessions) as session:
        alternates.decline(session, world.actors[STANDS_IN], ref, NOW)
    assert state_of(world, ref) == "declined"
    assert notified(world, "decline") == {AWAY}
    with writing(world.sessions) as session, pytest.raises(TooLate):
        alternates.accept(session, world.actors[STANDS_IN], ref, nights=False, now=NOW)
