"""Fixtures of the jobs: an empty outbox, and a clock of the test's own."""

from datetime import datetime

import pytest
from sqlalchemy import update

from models.ledger import OutboxEmail
from portal import schedule
from portal.db import writing
from portal.outbox import SENT
from tests.cast import NOW, World
from tests.jobs.clock import Rounds
from tests.jobs.test_delivery import PAPER, Memory


@pytest.fixture
def quiet(world: World) -> World:
    """The world with an empty outbox."""
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=NOW, outcome=SENT))
    return world


@pytest.fixture
def at(quiet: World, monkeypatch: pytest.MonkeyPatch) -> Rounds:
    """Lets the jobs look once, at a time of the test's own."""

    def look(moment: datetime) -> Memory:
        monkeypatch.setattr(schedule, "now", lambda: moment)
        post = Memory()
        schedule.one_round(quiet.sessions, post, PAPER)
        return post

    return look
