"""Fills an empty database with many notices, in bulk, on SQLite and PostgreSQL."""

import sys
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, text

from portal.db import make_sessions, writing
from portal.schema import upgrade
from tools.bench import cast as people
from tools.bench.rows import COLUMNS, Maker

HURRY = ("PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA cache_size=-400000")
NUMBERED = ("notices", "recipients", "comments", "audit_events", "organisations", "sharing_groups")


def seed(engine: Engine, total: int, now: datetime) -> None:
    """Migrate, bring in the cast and so many notices; says on standard error how far it is."""
    upgrade(engine)
    with writing(make_sessions(engine)) as session:
        cast = people.plant(session, now)
    maker, began = Maker(cast, total, now), time.monotonic()
    sqlite = engine.dialect.name == "sqlite"
    link = engine.raw_connection()
    connection: Any = link.driver_connection
    for line in HURRY if sqlite else ():
        connection.execute(line)
    for number, batch in enumerate(maker.batches(), 1):
        connection.execute("BEGIN")
        for name, rows in batch.items():
            (_pour_sqlite if sqlite else _pour_postgresql)(connection, name, rows)
        connection.execute("COMMIT")
        if number % 10 == 0:
            _say(min(number * Maker.BATCH, total), total, began)
    link.invalidate()
    _finish(engine, maker)
    _say(total, total, began)
    print(file=sys.stderr)


def _pour_sqlite(connection: Any, name: str, rows: list[tuple[Any, ...]]) -> None:
    columns = COLUMNS[name].split()
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})",
        [tuple(_kept(value) for value in row) for row in rows],
    )


def _kept(value: Any) -> Any:
    # As SQLAlchemy keeps an instant there: in UTC, without its zone, in six places.
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value


def _pour_postgresql(connection: Any, name: str, rows: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(COLUMNS[name].split())
    with connection.cursor().copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _finish(engine: Engine, maker: Maker) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            text("UPDATE audit_head SET events = :events, digest = :digest"),
            {"events": maker.events, "digest": maker.link},
        )
        if engine.dialect.name == "postgresql":
            for name in NUMBERED:
                connection.execute(
                    text(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))")
                )
    # PostgreSQL does this by itself after a while; for SQLite nobody does, so nor does the bench.
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _say(done: int, total: int, began: float) -> None:
    seconds = time.monotonic() - began
    print(f"\r-- {done:,} of {total:,} notices, {seconds:.0f} s", end="", file=sys.stderr)
