"""Whoever changes the trail behind the portal's back is found, and the first bad row is named."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, text

from portal import ledger
from portal.db import reading, writing
from portal.rules import NOTICES
from tests.cast import NOW, World
from tests.factories import published

Tamper = Callable[[Connection, list[int]], object]


@pytest.fixture
def notified(world: World) -> World:
    """The world with a published notice, so that there is something to hide."""
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", "liaison@cloud")
        ledger.audit(
            session, world.actors["mediator@peace"], "read", NOTICES, notice, NOW, by="page"
        )
    return world


def keys(world: World) -> list[int]:
    with world.engine.connect() as connection:
        return list(connection.scalars(text("SELECT id FROM audit_events ORDER BY id")))


def fault(world: World) -> str | None:
    with reading(world.sessions) as session:
        return ledger.first_fault(session)


def tamper(engine: Engine, work: Tamper, events: list[int]) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        work(connection, events)


def change(column: str, value: str) -> Tamper:
    """Change one column of the third row from the end."""
    sql = text(f"UPDATE audit_events SET {column} = {value} WHERE id = :id")
    return lambda connection, events: connection.execute(sql, {"id": events[-3]})


def remove(place: int) -> Tamper:
    """Delete the row at a place."""
    sql = text("DELETE FROM audit_events WHERE id = :id")
    return lambda connection, events: connection.execute(sql, {"id": events[place]})


def swap(connection: Connection, events: list[int]) -> None:
    """Let two neighbours change places."""
    one, two = events[-3], events[-2]
    for old, new in ((one, -1), (two, one), (-1, two)):
        connection.execute(
            text("UPDATE audit_events SET id = :new WHERE id = :old"), {"old": old, "new": new}
        )


def add(connection: Connection, events: list[int]) -> None:
    """Put in a row that repeats the last one."""
    columns = (
        "at, person_id, verb, resource_type, resource_id, ref, edition, signin_id, detail, previous"
    )
    connection.execute(
        text(
            f"INSERT INTO audit_events (id, {columns}, digest)"
            f" SELECT :new, {columns}, digest FROM audit_events WHERE id = :last"
        ),
        {"new": events[-1] + 1, "last": events[-1]},
    )


def test_an_untouched_trail_holds(notified: World) -> None:
    assert len(keys(notified)) > 20
    assert fault(notified) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "'other'"),
        ("person_id", "NULL"),
        ("at", "'2020-01-01 00:00:00'"),
        ("ref", "'N-00-000000'"),
        ("resource_type", "'people'"),
        ("resource_id", "4711"),
        ("edition", "99"),
        ("signin_id", "4711"),
        ("detail", """'{"by": "somebody"}'"""),
        ("digest", f"'{'f' * 64}'"),
    ],
)
def test_a_changed_row_is_named(notified: World, column: str, value: str) -> None:
    events = keys(notified)
    tamper(notified.engine, change(column, value), events)
    assert fault(notified) == f"event {events[-3]}: its content was changed"


def test_a_changed_link_is_named(notified: World) -> None:
    events = keys(notified)
    tamper(notified.engine, change("previous", f"'{'f' * 64}'"), events)
    assert fault(notified) == f"event {events[-3]}: a row before it is missing, added or moved"


def test_a_row_changed_with_its_digest_shows_at_the_next(notified: World) -> None:
    events = keys(notified)
    tamper(notified.engine, change("verb", "'other'"), events)
    with notified.sessions() as session:
        forged = session.get_one(ledger.AuditEvent, events[-3])
        digest = ledger.digest(forged)
    tamper(notified.engine, change("digest", f"'{digest}'"), events)
    assert fault(notified) == f"event {events[-2]}: a row before it is missing, added or moved"


@pytest.mark.parametrize("place", [0, 5, -2])
def test_a_missing_row_is_named_by_the_row_after_it(notified: World, place: int) -> None:
    events = keys(notified)
    tamper(notified.engine, remove(place), events)
    following = events[place + 1]
    assert fault(notified) == f"event {following}: a row before it is missing, added or moved"


def test_swapped_rows_are_named(notified: World) -> None:
    events = keys(notified)
    tamper(notified.engine, swap, events)
    assert fault(notified) == f"event {events[-3]}: a row before it is missing, added or moved"


def test_an_added_row_is_named(notified: World) -> None:
    events = keys(notified)
    tamper(notified.engine, add, events)
    named = f"event {events[-1] + 1}: a row before it is missing, added or moved"
    assert fault(notified) == named


def test_a_cut_tail_does_not_reach_the_head(notified: World) -> None:
    events = keys(notified)
    tamper(notified.engine, remove(-1), events)
    count = len(events)
    assert (
        fault(notified)
        == f"after event {count - 1}: the tail does not reach the head of {count} events"
    )


def test_the_command_names_the_row_and_fails(app: Flask, notified: World) -> None:
    command = app.test_cli_runner()
    assert "the trail holds" in command.invoke(args=["audit", "verify"]).output
    events = keys(notified)
    tamper(notified.engine, change("verb", "'other'"), events)
    failed = command.invoke(args=["audit", "verify"])
    assert failed.exit_code == 1
    assert f"event {events[-3]}" in failed.output
