"""A unit required before RED: proposing a commitment waits for it, drafting does not."""

import pytest

from models.training import Act
from portal.db import writing
from portal.errors import Untrained
from tests.cast import World
from tests.commitments.builders import drafted, proposed
from tests.training.builders import learned, required

PARTIES = ("liaison@cloud", "liaison@telco")


def propose(world: World, tlp: str) -> None:
    with writing(world.sessions) as session:
        proposed(session, world, *PARTIES, by="liaison@telco", to="cloud", tlp=tlp)


def test_red_waits_for_the_unit_and_other_markings_do_not(world: World) -> None:
    required(world, Act.PUBLISH_RED)
    with writing(world.sessions) as session:
        drafted(session, world, *PARTIES, by="liaison@telco", to="cloud", tlp="RED")
    with writing(world.sessions) as session:
        proposed(session, world, "cloud", by="liaison@telco", to="cloud", tlp="AMBER+STRICT")
    with pytest.raises(Untrained):
        propose(world, "RED")
    learned(world, "liaison@telco")
    propose(world, "RED")
