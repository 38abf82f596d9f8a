"""Ending it: from either side or as an administrator, at once."""

import pytest

from portal import alternates
from portal.db import writing
from portal.errors import NotFound, Refused, TooLate
from tests.alternates.builders import (
    AWAY,
    DAY,
    OTHER,
    STANDS_IN,
    in_force,
    make_admin,
    notified,
    state_of,
)
from tests.cast import NOW, World


@pytest.mark.parametrize("who", [AWAY, STANDS_IN])
def test_either_side_ends_it_and_the_other_is_notified(world: World, who: str) -> None:
    ref = in_force(world)
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[who], ref, NOW)
    assert state_of(world, ref) == "ended"
    assert notified(world, "end") == {AWAY, STANDS_IN} - {who}
    with writing(world.sessions) as session:
        assert not alternates.read(session, world.actors[AWAY], ref, NOW).holds
    with writing(world.sessions) as session, pytest.raises(TooLate):
        alternates.end(session, world.actors[who], ref, NOW)


def test_an_administrator_of_the_organisation_ends_it_and_no_other(world: World) -> None:
    ref = in_force(world)
    admin = "liaison@bank"
    make_admin(world, admin)
    with writing(world.sessions) as session, pytest.raises(NotFound):
        alternates.end(session, world.actors[admin], ref, NOW)
    make_admin(world, admin, "telco")
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[admin], ref, NOW)
    assert notified(world, "end") == {AWAY, STANDS_IN}


def test_a_steward_reads_it_and_ends_nothing(world: World) -> None:
    ref = in_force(world)
    steward = world.actors["steward@portal"]
    with writing(world.sessions) as session:
        assert alternates.read(session, steward, ref, NOW).holds
        with pytest.raises(Refused):
            alternates.end(session, steward, ref, NOW)
        with pytest.raises(NotFound):
            alternates.end(session, world.actors[OTHER], ref, NOW)


def test_what_is_over_has_nothing_to_end(world: World) -> None:
    ref = in_force(world)
    with writing(world.sessions) as session, pytest.raises(Refused):
        alternates.end(session, world.actors[AWAY], ref, NOW + 12 * DAY)
