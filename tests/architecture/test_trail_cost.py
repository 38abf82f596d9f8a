"""What an event of the trail costs: three short statements, and for a reading no common head."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from models.ledger import AuditEvent, AuditHead
from portal import ledger
from portal.chains import ACTS, READINGS
from portal.db import reading, writing
from portal.readings import PATIENCE
from portal.rules import NOTICES, READ
from tests.cast import NOW, World
from tests.factories import published
from tests.pages import Visitor

QUIET = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")
ONE_EVENT = ["SELECT audit_head", "INSERT audit_events", "UPDATE audit_head"]


@contextmanager
def written(engine: Engine) -> Iterator[list[str]]:
    """The kind and table of each statement that concerns the trail's tables or changes any."""
    found: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        kind = statement.split(None, 1)[0]
        table = next((name for name in ("audit_head", "audit_events") if name in statement), "")
        if kind not in QUIET and (kind != "SELECT" or table == "audit_head"):
            found.append(f"{kind} {table}".strip())

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def heads(world: World) -> dict[int, int]:
    with reading(world.sessions) as session:
        return {head.id: head.events for head in session.scalars(select(AuditHead))}


@pytest.fixture
def ref(world: World) -> str:
    with writing(world.sessions) as session:
        return published(session, world, "mediator@peace").ref


def test_a_page_that_is_recorded_writes_one_event_and_leaves_the_head_of_acts(
    visit: Callable[[str], Visitor], world: World, ref: str
) -> None:
    visitor = visit("mediator@peace")
    assert visitor.get(f"/notices/{ref}").status == 200
    before = heads(world)
    with written(world.engine) as sent:
        assert visitor.get(f"/notices/{ref}").status == 200
    assert sent == ONE_EVENT
    after = heads(world)
    assert after[ACTS] == before[ACTS]
    assert sum(after.values()) == sum(before.values()) + 1


def test_an_act_appends_one_event_to_the_chain_of_acts(world: World) -> None:
    before = heads(world)
    with writing(world.sessions) as session, written(world.engine) as sent:
        ledger.audit(session, world.actors["mediator@peace"], READ, NOTICES, None, NOW)
    assert sent == ONE_EVENT
    assert heads(world) == before | {ACTS: before[ACTS] + 1}


def line(world: World) -> dict[str, object]:
    """A reading that has yet to be appended."""
    kept: list[dict[str, object]] = []
    with reading(world.sessions) as session:
        ledger.keep_readings(session, kept)
        ledger.audit(session, world.actors["mediator@peace"], READ, NOTICES, None, NOW)
    return kept[0]


def test_readings_are_in_the_trail_at_once_and_in_a_chain_together(world: World) -> None:
    with writing(world.sessions) as session, written(world.engine) as sent:
        ledger.append_readings(session, [line(world)] * 3)
    assert sent == ONE_EVENT, "however many they are"
    with reading(world.sessions) as session:
        newest = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(3)
        assert {it.chain for it in session.scalars(newest)} == {READINGS[0]}
        assert ledger.first_fault(session) is None


def test_reading_waits_neither_for_an_act_nor_for_reading(world: World) -> None:
    if world.engine.dialect.name == "sqlite":
        return  # which has one writer at a time, whatever it writes
    said = line(world)
    with writing(world.sessions) as acting:
        ledger.audit(acting, world.actors["mediator@peace"], READ, NOTICES, None, NOW)
        with writing(world.sessions) as other:
            ledger.append_readings(other, [said])
            with writing(world.sessions, PATIENCE) as mine:
                ledger.append_readings(mine, [said])
    found = heads(world)
    assert [found[chain] for chain in READINGS][:3] == [1, 1, 0]
    with reading(world.sessions) as session:
        assert ledger.first_fault(session) is None
