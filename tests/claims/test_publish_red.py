"""A unit required before RED: publishing a claim, asking for a reply and correcting wait for it."""

import pytest

from models.training import Act
from portal import claims
from portal.db import writing
from portal.errors import Untrained
from tests.cast import NOW, World
from tests.claims.builders import TELCO, drafted, published, text
from tests.factories import to
from tests.training.builders import learned, required

TO = "mediator@peace"


def publish(world: World, tlp: str) -> None:
    with writing(world.sessions) as session:
        published(session, world, TO, tlp=tlp)


def test_red_waits_for_the_unit_and_other_markings_do_not(world: World) -> None:
    required(world, Act.PUBLISH_RED)
    publish(world, "AMBER")
    with pytest.raises(Untrained):
        publish(world, "RED")
    learned(world, TELCO)
    publish(world, "RED")


def test_a_correction_does_not_go_around_it(world: World) -> None:
    with writing(world.sessions) as session:
        claim = published(session, world, TO, tlp="GREEN")
        ref, version = claim.ref, claim.version
    required(world, Act.PUBLISH_RED)
    said = {"to": to(world, TO), "why": "Narrower.", "version": version, "now": NOW}
    with pytest.raises(Untrained), writing(world.sessions) as session:
        claims.correct(session, world.actors[TELCO], ref, text=text(tlp="RED"), **said)


def test_drafting_waits_for_nothing(world: World) -> None:
    required(world, Act.PUBLISH_RED)
    with writing(world.sessions) as session:
        assert drafted(session, world, TO, tlp="RED").state == "draft"
