"""What a test wrote is gone before the next: rows, numbers of rows, and what it left open."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text

from models import Base
from portal.db import writing
from tests.cast import World
from tests.factories import published

WRITES = {
    "changes rows": "UPDATE people SET name = 'Somebody'",
    "changes a row to what it was": "UPDATE organisations SET name = name",
    "takes a row away": "DELETE FROM audit_head WHERE id = 17",
    "puts one row in the place of another": "UPDATE audit_head SET id = 99 WHERE id = 17",
    "adds a row": "INSERT INTO audit_head (id, events, digest) VALUES (99, 0, '')",
    "writes where nothing was": "INSERT INTO file_store (id, identity) VALUES (1, 'a folder')",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def copy(request: pytest.FixtureRequest) -> tuple[Engine, Callable[[], None]]:
    """The engine that tests share, and what takes back all they did."""
    engine, back = request.getfixturevalue(
        "sqlite_copy" if request.param == "sqlite" else "postgres_copy"
    )
    back()
    return engine, back


def all_rows(engine: Engine) -> dict[str, Any]:
    """All rows, and where their numbers stand."""
    with engine.connect() as connection:
        rows = {
            name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {name}"))))
            for name in Base.metadata.tables
        }
        if engine.dialect.name == "sqlite":
            return rows
        asked = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        return {**rows, "numbers": connection.execute(text(asked)).all()}


@pytest.mark.parametrize("written", WRITES.values(), ids=WRITES)
def test_what_is_written_is_taken_back(
    copy: tuple[Engine, Callable[[], None]], written: str
) -> None:
    engine, back = copy
    before = all_rows(engine)
    for _ in range(2):
        with engine.execution_options(writes=True).begin() as connection:
            assert connection.execute(text(written)).rowcount
        assert written.startswith("UPDATE organisations") or all_rows(engine) != before
        back()
        assert all_rows(engine) == before


def test_what_a_service_writes_is_taken_back(copy: tuple[Engine, Callable[[], None]]) -> None:
    engine, back = copy
    before = all_rows(engine)
    world = World.on(engine)
    with writing(world.sessions) as session:
        published(session, world, "peace", "liaison@cloud")
    assert all_rows(engine) != before
    back()
    back()
    assert all_rows(engine) == before


def test_what_was_left_open_is_ended(copy: tuple[Engine, Callable[[], None]]) -> None:
    engine, back = copy
    before = all_rows(engine)
    left = engine.execution_options(writes=True).connect()
    left.execute(text("UPDATE people SET name = 'Somebody'"))
    left.execute(text("DELETE FROM audit_head WHERE id = 17"))
    back()
    left.invalidate()
    left.close()
    assert all_rows(engine) == before
