"""A unit required before a seat: whoever is on the team acts from it once they completed it."""

import pytest

from models.training import Act
from portal import processes
from portal.db import writing
from portal.errors import Untrained
from tests.cast import NOW, World
from tests.factories import opened_process, seated
from tests.training.builders import MEDIATOR, learned, required


def test_seating_and_moving_wait_for_the_unit_and_reading_does_not(world: World) -> None:
    actor = world.actors[MEDIATOR]
    with writing(world.sessions) as session:
        ref = opened_process(session, world, "telco").ref
    required(world, Act.TAKE_SEAT, "peace")
    with pytest.raises(Untrained), writing(world.sessions) as session:
        seated(session, world, ref, "telco", "cloud")
    with pytest.raises(Untrained), writing(world.sessions) as session:
        processes.begin_talks(session, actor, ref, NOW)
    for who in (MEDIATOR, "liaison@telco"):
        with writing(world.sessions) as session:  # reading a process is recorded
            assert processes.read(session, world.actors[who], ref, NOW)
    learned(world, MEDIATOR)
    with writing(world.sessions) as session:
        seated(session, world, ref, "telco", "cloud")
        processes.begin_talks(session, actor, ref, NOW)
