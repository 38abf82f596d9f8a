"""Brings a database to a version of the schema, and says which version it has."""

import re
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, column, func, inspect, select, table, text

COMPUTED = re.compile(r"alembic_version|audience|file_store|\w+_words(_\w+)?")
MIGRATIONS = Path(__file__).parent.parent / "migrations"
TURN = 6_463  # the number of a lock in the database: whoever has it may change the schema


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    """Go up to a version; the newest unless told otherwise."""
    with engine.execution_options(writes=True).begin() as connection:
        upgrade_within(connection, to)


def upgrade_within(connection: Connection, to: str = "head") -> None:
    """The same in a transaction of the caller's."""
    command.upgrade(_alone(connection), to)


def downgrade(engine: Engine, to: str) -> None:
    """Go down to a version; `base` is the empty database."""
    with engine.execution_options(writes=True).begin() as connection:
        command.downgrade(_alone(connection), to)


def _alone(connection: Connection) -> Config:
    # Two web servers that start at once both come here. On SQLite the second waits to write anyway;
    # on PostgreSQL it would make the same tables beside the first.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
    config = _config()
    config.attributes["connection"] = connection
    return config


class _Tried(Exception):
    """Ends a try, so that nothing of it stays."""


def losses(engine: Engine, to: str) -> dict[str, int]:
    """What going down to a version would lose: rows by table, values by `table.column`.

    It is found by going there within a transaction that is taken back, so that nothing has to say
    beside a migration what it deletes. What the portal computes itself (`COMPUTED`) is no loss.
    """
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    try:
        with engine.execution_options(writes=True).begin() as connection:
            config = _alone(connection)
            before = _filled(connection)
            command.downgrade(config, to)
            after = _filled(connection)
            raise _Tried
    except _Tried:
        lost = {name: count - after.get(name, 0) for name, count in before.items()}
    gone = {name for name, count in lost.items() if count > 0 and name not in after}
    # A table that goes is named once, not again by each of its columns.
    return {
        name: count
        for name, count in lost.items()
        if count > 0 and ("." not in name or (name in gone and name.partition(".")[0] not in gone))
    }


def _filled(connection: Connection) -> dict[str, int]:
    found: dict[str, int] = {}
    known = inspect(connection)
    for name in known.get_table_names():
        if COMPUTED.fullmatch(name):
            continue
        columns = [one["name"] for one in known.get_columns(name)]
        asked = table(name, *(column(one) for one in columns))
        counts = [func.count(), *(func.count(asked.c[one]) for one in columns)]
        row = connection.execute(select(*counts).select_from(asked)).one()
        found |= dict(zip((name, *(f"{name}.{one}" for one in columns)), row, strict=True))
    return found


def new_migration(engine: Engine, message: str) -> None:
    """Write a migration that turns the database at head into what the models say."""
    config = _config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message=message, autogenerate=True)


def reads_every_script(engine: Engine) -> bool:
    """Whether the database can tell letters of all scripts, which search of PostgreSQL asks it."""
    if engine.dialect.name != "postgresql":
        return True
    with engine.connect() as connection:
        return bool(connection.scalar(text("SELECT lower('Ж') = 'ж' AND 'ж' ~ '[[:alnum:]]'")))


def is_current(engine: Engine) -> bool:
    """Whether the database is at the newest version."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest
