"""Fixtures of the steward's pages."""

import pytest
from sqlalchemy import update

from models.ledger import OutboxEmail
from portal.clock import now
from portal.db import writing
from portal.outbox import DEAD, SENT
from tests.cast import World
from tests.dialogues.later_builders import held
from tests.factories import published
from tests.policy.test_closed_dialogues import TELCO, happened


@pytest.fixture
def dead(world: World) -> World:
    """Three e-mails about a notice and one about a closed dialogue could not be delivered."""
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=now(), outcome=SENT))
        published(session, world, "liaison@cloud", "liaison@bank", "mediator@peace")
        happened(session, world, "dialogues", held(session, world, TELCO, rule="closed", tlp="RED"))
        session.execute(
            update(OutboxEmail)
            .where(OutboxEmail.outcome.is_(None))
            .values(closed_at=now(), outcome=DEAD, reason="550 no such box", attempts=8)
        )
    return world
