"""The move from SQLite to an empty PostgreSQL: every row as it is, compared before it counts.

All of it happens in one transaction on the new database, so that a difference leaves it empty. The
old database is locked for writing meanwhile and is not changed. Attachments stay where they lie.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, MetaData, Table, func, inspect, select, text
from sqlalchemy.orm import Session
from sqlalchemy.schema import AddConstraint, DropConstraint

from models import Base
from portal.schema import is_current, upgrade_within
from portal.trail_check import first_fault

BATCH: Final = 1_000
IN_BATCHES: Final = {"yield_per": BATCH}
Progress = Callable[[str, int], None]


class CannotMove(Exception):
    """The move was not made; the message says why, and the new database is as it was."""


@dataclass(frozen=True)
class Moved:
    """How many rows were moved, by table, and how many acts the trail has."""

    rows: dict[str, int]
    events: int


def move(source: Engine, target: Engine, progress: Progress) -> Moved:
    """Copy all rows and compare them; `progress` is told each table with its rows.

    Raises CannotMove where one of the databases does not fit, or where anything differs.
    """
    if (source.dialect.name, target.dialect.name) != ("sqlite", "postgresql"):
        raise CannotMove("the move goes from SQLite to PostgreSQL")
    if not is_current(source):
        raise CannotMove("the present database is not at the newest version: run db upgrade first")
    if inspect(target).get_table_names():
        raise CannotMove("the new database is not empty")
    with source.execution_options(writes=True).begin() as old, target.begin() as new:
        upgrade_within(new)
        return _moved(old, new, progress)


def _moved(old: Connection, new: Connection, progress: Progress) -> Moved:
    constraints = _without_foreign_keys(new)
    counts: dict[str, int] = {}
    for table in Base.metadata.sorted_tables:
        new.execute(table.delete())  # what the migrations put there is in the old database too
        counts[table.name] = _copy(table, old, new)
        progress(table.name, counts[table.name])
        if _digest(table, old) != _digest(table, new):
            raise CannotMove(f"the rows of {table.name} differ")
    for constraint in constraints:
        new.execute(AddConstraint(constraint))
    _set_sequences(new)
    with Session(new) as session:
        if fault := first_fault(session):
            raise CannotMove(f"the trail does not hold: {fault}")
    return Moved(counts, counts["audit_events"])


def _without_foreign_keys(new: Connection) -> list[Any]:
    # Rows may refer to later ones; the keys are made anew, and checked, when all are there.
    found = MetaData()
    found.reflect(new)
    constraints = [one for table in found.tables.values() for one in table.foreign_key_constraints]
    for constraint in constraints:
        new.execute(DropConstraint(constraint))
    return constraints


def _copy(table: Table, old: Connection, new: Connection) -> int:
    copied = 0
    for rows in old.execute(select(table)).mappings().partitions(BATCH):
        new.execute(table.insert(), [dict(row) for row in rows])
        copied += len(rows)
    there = new.scalar(select(func.count()).select_from(table))
    if there != copied:
        raise CannotMove(f"{table.name} has {there} rows of {copied}")
    return copied


def _digest(table: Table, connection: Connection) -> int:
    # The sum of the rows' digests: the same in whatever order an engine gives the rows.
    # It is read in batches: PostgreSQL would else hand over the whole table at once.
    total = 0
    for row in connection.execute(select(table), execution_options=IN_BATCHES).mappings():
        said = json.dumps({str(key): value for key, value in row.items()}, default=_plain)
        total += int.from_bytes(hashlib.sha256(said.encode()).digest())
    return total % 2**256


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def _set_sequences(new: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        for column in table.primary_key.columns:
            named = {"table": table.name, "column": column.name}
            sequence = new.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), named)
            if sequence:
                last = new.scalar(select(func.max(column)))
                given = {"name": sequence, "last": last or 1, "called": last is not None}
                new.execute(text("SELECT setval(:name, :last, :called)"), given)
