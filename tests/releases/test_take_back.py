"""Taken back: a draft again, which nobody outside reads."""

import pytest

from portal import releases
from portal.db import writing
from portal.errors import NotFound, TooLate
from tests.cast import NOW, World
from tests.releases.builders import CLOUD, TELCO, confirmed, joint


def test_whoever_was_asked_reads_it_no_more(world: World) -> None:
    with writing(world.sessions) as session:
        release = confirmed(session, world, joint(session, world))
        assert releases.read(session, world.actors[CLOUD], release.ref, NOW).text
        releases.take_back(session, world.actors[TELCO], release.ref, NOW)
        with pytest.raises(NotFound):
            releases.read(session, world.actors[CLOUD], release.ref, NOW)
        with pytest.raises(TooLate):
            releases.take_back(session, world.actors[TELCO], release.ref, NOW)
