"""A unit required before RED: minutes are circulated once it is completed, written before."""

import pytest

from models.training import Act
from portal.db import writing
from portal.errors import Untrained
from tests.cast import World
from tests.dialogues.builders import ORGANISER
from tests.records.circulated_builders import ready, sent
from tests.training.builders import learned, required


def circulate(world: World, tlp: str) -> None:
    with writing(world.sessions) as session:
        draft = ready(session, world)
        draft.tlp = tlp
        session.flush()
        sent(session, world, draft)


def test_red_waits_for_the_unit_and_other_markings_do_not(world: World) -> None:
    required(world, Act.PUBLISH_RED)
    circulate(world, "AMBER+STRICT")
    with pytest.raises(Untrained):
        circulate(world, "RED")
    learned(world, ORGANISER)
    circulate(world, "RED")
