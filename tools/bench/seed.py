"""Fills an empty database with many notices and commitments, in bulk, on both engines."""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Protocol

from sqlalchemy import Engine, text

from portal.db import make_sessions, writing
from portal.schema import upgrade
from tools.bench import cast as people
from tools.bench import promises, rows
from tools.bench.sample import compare
from tools.bench.trail import Trail

HURRY = ("PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA cache_size=-400000")
NUMBERED = ("organisations", "sharing_groups", "processes", "notices", "commitments", "milestones")


class Made(Protocol):
    """What is poured: rows by table, a batch at a time."""

    BATCH: int
    total: int

    def batches(self) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
        """The rows of each batch."""


def seed(engine: Engine, notices: int, commitments: int, now: datetime) -> None:
    """Migrate, bring in the cast and so many resources; says on standard error how far it is."""
    upgrade(engine)
    with writing(make_sessions(engine)) as session:
        cast = people.plant(session, now)
    trail = Trail()
    poured(engine, "notices", rows.Maker(cast, notices, now, trail), rows.COLUMNS)
    made = promises.Promises(cast, commitments, now, trail)
    poured(engine, "commitments", made, promises.COLUMNS)
    finish(engine, trail)
    compare(engine)


def poured(engine: Engine, noun: str, made: Made, columns: dict[str, str]) -> None:
    """Write all batches, in a hurry: what a crash would lose is made again."""
    link = engine.raw_connection()
    connection: Any = link.driver_connection
    for line in HURRY if engine.dialect.name == "sqlite" else ():
        connection.execute(line)
    _fill(connection, noun, made, columns)
    link.invalidate()


def _fill(connection: Any, noun: str, made: Made, columns: dict[str, str]) -> None:
    began, total = time.monotonic(), made.total
    pour = _pour_sqlite if hasattr(connection, "executemany") else _pour_postgresql
    for number, batch in enumerate(made.batches(), 1):
        connection.execute("BEGIN")
        for name, lines in batch.items():
            pour(connection, name, columns[name].split(), lines)
        connection.execute("COMMIT")
        if number % 10 == 0 or number * made.BATCH >= total:
            done, seconds = min(number * made.BATCH, total), time.monotonic() - began
            print(f"\r-- {done:,} of {total:,} {noun}, {seconds:.0f} s", end="", file=sys.stderr)
    print(file=sys.stderr)


def _pour_sqlite(
    connection: Any, name: str, columns: list[str], lines: list[tuple[Any, ...]]
) -> None:
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})",
        [tuple(_kept(value) for value in line) for line in lines],
    )


def _kept(value: Any) -> Any:
    # As SQLAlchemy keeps an instant there: in UTC, without its zone, in six places.
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def _pour_postgresql(
    connection: Any, name: str, columns: list[str], lines: list[tuple[Any, ...]]
) -> None:
    with connection.cursor().copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


def finish(engine: Engine, trail: Trail) -> None:
    """Set the head of the trail, and what PostgreSQL counts and knows of its tables."""
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            text("UPDATE audit_head SET events = :events, digest = :digest WHERE id = 1"),
            {"events": trail.events, "digest": trail.link},
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
