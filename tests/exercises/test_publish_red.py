"""A unit required before RED: publishing an exercise waits for it, and editing it to RED."""

import pytest

from models.training import Act
from portal import exercises
from portal.db import writing
from portal.errors import Untrained
from tests.cast import NOW, World
from tests.exercises.builders import MEDIATOR, TELCO, drafted, text
from tests.factories import to
from tests.training.builders import learned, required


def _published(world: World, tlp: str) -> tuple[str, int]:
    with writing(world.sessions) as session:
        exercise = drafted(session, world, TELCO, tlp=tlp)
        exercises.publish(session, world.actors[MEDIATOR], exercise.ref, NOW)
        return exercise.ref, exercise.version


def test_red_waits_for_the_unit_of_whoever_publishes_or_edits(world: World) -> None:
    required(world, Act.PUBLISH_RED)
    seen = _published(world, "GREEN")
    with pytest.raises(Untrained):
        _published(world, "RED")
    with pytest.raises(Untrained):
        _edited(world, *seen)
    learned(world, MEDIATOR)
    _published(world, "RED")
    _edited(world, *seen)


def _edited(world: World, ref: str, version: int) -> None:
    with writing(world.sessions) as session:
        exercises.edit(
            session,
            world.actors[MEDIATOR],
            ref,
            text=text(tlp="RED"),
            to=to(world, TELCO),
            version=version,
            now=NOW,
        )
