"""Keeping the local time of a dialogue when a zone gets other rules: the system does it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from portal import dialogues
from portal.db import reading, writing
from portal.errors import TooLate
from portal.system import the_system
from tests.cast import NOW, World
from tests.dialogues.poll_builders import (
    polled,
)
from tests.dialogues.test_convene import convened, row, rules_change

BEGINS = datetime(2027, 2, 2, 12, 0, tzinfo=UTC)  # FIRST in Helsinki
HOUR = timedelta(hours=1)


def test_when_a_zone_gets_other_rules_what_keeps_to_the_wall_is_moved_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, polled(session, world))
        instant = convened(session, world, polled(session, world, wall=False))
        elsewhere = convened(session, world, polled(session, world, zone="Asia/Singapore"))
        assert dialogues.due_to_shift(session, NOW) == []
        assert not dialogues.keep_local_time(session, dialogue.ref, NOW)
    rules_change(monkeypatch, "Europe/Helsinki", "Europe/London")
    with writing(world.sessions) as session:
        assert dialogues.due_to_shift(session, NOW) == [dialogue.ref]
        assert dialogues.due_to_shift(session, BEGINS) == [], "what has begun stays"
        assert dialogues.keep_local_time(session, dialogue.ref, NOW + HOUR)
        assert not dialogues.keep_local_time(session, dialogue.ref, NOW + HOUR)
        assert not dialogues.keep_local_time(session, instant.ref, NOW + HOUR)
        system = session.scalars(
            select(AuditEvent).where(AuditEvent.verb == "keep-local-time")
        ).one()
    moved = row(world, dialogue.ref)
    assert (moved.starts_at, moved.wall) == (BEGINS + 2 * HOUR, "2027-02-02T14:00")
    assert moved.ends_at == moved.starts_at + timedelta(minutes=90)
    assert (moved.sequence, moved.state) == (1, "convened")
    with reading(world.sessions) as session:
        assert system.person_id == the_system(session, NOW).person_id
    assert row(world, elsewhere.ref).sequence == 0


def test_nobody_but_the_system_keeps_to_the_wall_and_only_what_is_convened(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, polled(session, world))
        dialogue.state = "held"
        dialogue.starts_at = dialogue.starts_at + HOUR if dialogue.starts_at else None
        session.flush()
        assert dialogues.due_to_shift(session, NOW) == []
        with pytest.raises(TooLate):
            convened(session, world, dialogue, slot=1)
