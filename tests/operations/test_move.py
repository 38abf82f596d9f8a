"""The move from SQLite to an empty PostgreSQL: everything, equal, or nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, Table, func, inspect, select, text

from models import Base
from portal import move as moving
from portal.db import make_engine, make_sessions, reading, writing
from portal.ledger import first_fault
from portal.move import CannotMove, move
from portal.store import Store, key_from
from tests import postgres
from tests.cast import World
from tests.factories import drafted
from tests.pages import sign_in
from tests.worlds import Canaries, build

ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def quiet(_table: str, _rows: int) -> None:
    """Progress that nobody looks at."""


@pytest.fixture
def target(postgres_seed: str) -> Iterator[Engine]:
    """An empty PostgreSQL database."""
    engine = make_engine(postgres.fresh(postgres_seed))
    yield engine
    engine.dispose()


@pytest.fixture
def canaries(world: World, tmp_path: Path) -> Canaries:
    with writing(world.sessions) as session:
        return build(session, world, Store(tmp_path / "files", key_from("x" * 40)))


def rows(engine: Engine) -> dict[str, int]:
    """How many rows each table has."""
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


@ON_SQLITE
def test_everything_moves_and_the_portal_goes_on_there(
    app: Flask, world: World, canaries: Canaries, engine: Engine, target: Engine
) -> None:
    refs = [notice.ref for notice in canaries.notices]
    before = {
        (name, ref): sign_in(app, world, name).get(f"/notices/{ref}").status
        for name in ("liaison@telco", "liaison@bank", "mediator@peace")
        for ref in refs
    }
    assert {200, 404} <= set(before.values())
    said: list[str] = []
    done = move(engine, target, lambda table, _rows: said.append(table))
    assert rows(target) == rows(engine) == done.rows
    assert said == [table.name for table in Base.metadata.sorted_tables]
    with reading(make_sessions(target)) as session:
        assert first_fault(session) is None
    app.extensions["engine"], app.extensions["sessions"] = target, make_sessions(target)
    there = World.on(target)
    after = {(n, ref): sign_in(app, there, n).get(f"/notices/{ref}").status for n, ref in before}
    assert after == before
    title = next(m.canaries["title"] for m in canaries.notices if m.case.state == "open")
    assert title in sign_in(app, there, "liaison@telco").get("/search?q=canary&kind=notices").words


@ON_SQLITE
def test_new_rows_get_keys_that_are_free(
    canaries: Canaries, engine: Engine, target: Engine
) -> None:
    move(engine, target, quiet)
    there = World.on(target)
    with writing(there.sessions) as session:
        key = drafted(session, there, "peace").id
    assert key > len(canaries.notices) - 1


@ON_SQLITE
def test_a_difference_leaves_the_new_database_empty(
    canaries: Canaries, engine: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = moving._digest

    def differs(table: Table, connection: Connection) -> int:
        return plain(table, connection) + (connection.dialect.name == "postgresql")

    monkeypatch.setattr(moving, "_digest", differs)
    before = rows(engine)
    with pytest.raises(CannotMove, match="differ"):
        move(engine, target, quiet)
    assert inspect(target).get_table_names() == []
    assert rows(engine) == before


@ON_SQLITE
def test_what_is_not_ours_in_the_new_database_stays(
    canaries: Canaries, engine: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with target.begin() as connection:
        connection.execute(text("CREATE SCHEMA portal"))
        connection.execute(text("CREATE TABLE public.theirs (x int)"))
    url = target.url.update_query_dict({"options": "-csearch_path=portal"})
    ours = make_engine(url.render_as_string())
    monkeypatch.setattr(moving, "first_fault", lambda _session: "changed")
    with pytest.raises(CannotMove, match="does not hold"):
        move(engine, ours, quiet)
    monkeypatch.undo()
    assert inspect(ours).get_table_names() == []
    move(engine, ours, quiet)
    assert rows(ours) == rows(engine)
    ours.dispose()
    assert inspect(target).get_table_names("public") == ["theirs"]


@ON_SQLITE
def test_it_goes_one_way_into_an_empty_database_and_from_the_newest_version(
    engine: Engine, target: Engine
) -> None:
    with pytest.raises(CannotMove, match="from SQLite to PostgreSQL"):
        move(target, engine, quiet)
    with target.begin() as connection:
        connection.execute(text("CREATE TABLE mine (x int)"))
    with pytest.raises(CannotMove, match="not empty"):
        move(engine, target, quiet)
    assert inspect(target).get_table_names() == ["mine"]
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(CannotMove, match="newest version"):
        move(engine, target, quiet)
