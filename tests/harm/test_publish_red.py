"""A unit required before RED: publishing harm waits for it, and correcting it to RED."""

from collections.abc import Callable

import pytest

from models.training import Act
from portal import harm
from portal.db import writing
from portal.errors import Untrained
from tests.cast import NOW, World
from tests.factories import to
from tests.harm.builders import TELCO, published, text
from tests.training.builders import learned, required

TO = "mediator@peace"


def _published(world: World, tlp: str) -> tuple[str, int]:
    with writing(world.sessions) as session:
        row = published(session, world, TO, tlp=tlp)
        return row.ref, row.version


def _corrected(world: World, ref: str, version: int) -> None:
    with writing(world.sessions) as session:
        harm.correct(
            session,
            world.actors[TELCO],
            ref,
            text=text(tlp="RED"),
            to=to(world, TO),
            why="Narrower.",
            version=version,
            now=NOW,
        )


def test_red_waits_for_the_unit_of_whoever_publishes_or_corrects(world: World) -> None:
    required(world, Act.PUBLISH_RED)
    seen = _published(world, "GREEN")
    tried: tuple[Callable[[], object], ...] = (
        lambda: _published(world, "RED"),
        lambda: _corrected(world, *seen),
    )
    for act in tried:
        with pytest.raises(Untrained):
            act()
    learned(world, TELCO)
    for act in tried:
        act()
