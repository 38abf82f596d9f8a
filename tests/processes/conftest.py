"""Fixtures of processes."""

import pytest

from portal.db import writing
from tests.cast import World
from tests.factories import opened_process


@pytest.fixture
def ref(world: World) -> str:
    """A process in which Telco has a seat."""
    with writing(world.sessions) as session:
        return opened_process(session, world, "telco").ref
