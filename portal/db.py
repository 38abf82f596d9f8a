"""The engine and its sessions, on SQLite and on PostgreSQL.

SQLite gets its transactions from us: the driver's own opening of them is switched off, and a
session that will write begins at once with BEGIN IMMEDIATE (a read that later turns into a write
fails as soon as another writer is there, whatever the timeout).
"""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import SQLITE_ERROR
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    ExceptionContext,
    String,
    create_engine,
    event,
    false,
    inspect,
    literal_column,
)
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    InterfaceError,
    OperationalError,
    SAWarning,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Mapper, Session, aliased, configure_mappers, sessionmaker

from models.marks import FUNCTION, without_marks
from portal.compilations import Compilations
from portal.faults import quote_nothing

# SQLAlchemy warns where it goes on with a statement that does not say what was meant. One such
# statement gave everybody the rights of any member (decision 0014), so a warning stops the act.
warnings.simplefilter("error", SAWarning)

OWN_VALUE: Final = re.compile(r"[\w+-]+")
# What passes when the database is back, or less busy.
AWAY = (OperationalError, InterfaceError, DisconnectionError, PoolTimeout)
# On PostgreSQL, in milliseconds: what a page may take, so that no bad question, lock or stuck
# process holds a connection for ever. Commands and jobs take their time. SQLite has no such limits;
# there, other writers are waited for (BUSY).
LIMITS = {
    "statement_timeout": 30_000,
    "lock_timeout": 20_000,
    "idle_in_transaction_session_timeout": 120_000,
}
UNHURRIED = {
    "statement_timeout": 3_600_000,
    "lock_timeout": 300_000,
    "idle_in_transaction_session_timeout": 3_600_000,
}
TOO_SLOW = frozenset({"57014", "55P03", "25P03"})  # SQLSTATE of these limits, one each
READ_ONLY = "25006"  # SQLSTATE of a PostgreSQL that takes no writes
BUSY = 30_000  # milliseconds that SQLite waits for another writer
CHANGES = "changes"  # rows that a connection to SQLite had changed when its transaction began
# Lists inside a question stay in memory: made ready for a file each takes 99 kB, and 21 so.
SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    f"PRAGMA busy_timeout={BUSY}",
)
# The connection used last is taken first: it has its plans (on SQLite some 14 MB for all pages).
LAST_FIRST: dict[str, Any] = {"pool_use_lifo": True}
# A value that a statement names a hundred times (who asks, and when) is prepared and bound once.
# All pages and acts together have some 800 statements, 30 MB where a connection has met them all.
# The driver would keep 128, and to prepare one of the policy takes 100 times its answering.
SQLITE: dict[str, Any] = {"paramstyle": "named", "connect_args": {"cached_statements": 1000}}
# A server that does not answer is given up after seconds, not after the minutes of TCP.
# The driver would look for its own marks of values in each statement, each time anew in one of more
# than 4,096 characters, and that took as long as the answer. So statements are written as the
# server reads them ($1) and go out as they are; a value named a hundred times is bound once.
POSTGRESQL: dict[str, Any] = LAST_FIRST | {
    "pool_pre_ping": True,
    "paramstyle": "numeric_dollar",
    "connect_args": {
        "connect_timeout": 5,
        "keepalives_idle": 20,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
    },
}


class ReadingWrote(Exception):
    """A session for reading has changed rows: nothing of it is kept."""


def is_away(error: BaseException) -> bool:
    """Whether an error says that the database cannot answer for now, not that it was asked wrong.

    `AWAY` names the classes; an error that took the connection with it counts as well. SQLite gives
    a question that is wrong the class of a disk that is full, and tells them apart by a number.
    """
    state = getattr(getattr(error, "orig", None), "sqlstate", "")
    passes = state == READ_ONLY or state in TOO_SLOW
    asked_wrong = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0) == SQLITE_ERROR
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return (isinstance(error, AWAY) and not asked_wrong) or lost or passes


def is_too_slow(error: BaseException) -> bool:
    """Whether PostgreSQL ended a statement or transaction that took longer than it may."""
    return getattr(getattr(error, "orig", None), "sqlstate", "") in TOO_SLOW


def without_hurry(engine: Engine) -> Engine:
    """The same engine for commands and jobs, whose statements may take an hour."""
    return engine.execution_options(unhurried=True)


def alias(entity: type, name: str | None = None) -> Any:
    """A second name for a table, for statements that threads share; complete when it is returned.

    SQLAlchemy fills the columns of an alias at first use. A thread that meets one half filled takes
    the column of the table itself instead, and keeps it; so nothing is left to first use here.
    """
    configure_mappers()
    twin: Any = aliased(entity, name=name)
    mapper: Mapper[Any] = inspect(entity)
    for attribute in mapper.all_orm_descriptors.keys():  # noqa: SIM118 - no dict
        getattr(twin, attribute)
    # Reading an attribute does not yet look for its column; only the expression does, and what it
    # is found by (an index over all columns) is filled when the first is looked for.
    for attribute in mapper.column_attrs.keys():  # noqa: SIM118
        getattr(twin, attribute).__clause_element__()
    return twin


def make_engine(url: str, *, echo: bool = False) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://…` (`postgresql://` is taken too)."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    kept = {"compiled_cache": Compilations()}
    engine = create_engine(
        url, echo=echo, hide_parameters=True, execution_options=kept, **_pooled(url)
    )
    event.listen(engine, "handle_error", _quote_nothing)
    event.listen(engine, "reset", _end_what_is_open)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "commit", _keep_reading)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "rollback", _roll_back_postgresql)
    return engine


def _pooled(url: str) -> dict[str, Any]:
    if not url.startswith("sqlite"):
        from portal.postgresql import Cursor  # noqa: PLC0415 - an extra that SQLite does without

        own = POSTGRESQL["connect_args"] | {"cursor_factory": Cursor}
        return POSTGRESQL | {"connect_args": own}
    return SQLITE | (LAST_FIRST if url.startswith("sqlite:///") else {})  # in memory there is one


def _quote_nothing(context: ExceptionContext) -> None:
    # Drivers quote values of rows in their messages, and whoever prints an error prints those.
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None:
            quote_nothing(error)


def _end_what_is_open(connection: Any, _record: object, _state: object) -> None:
    # A commit that failed (a full disk, a lock) can leave its transaction open, and the library
    # takes it for ended: whoever got the connection next could begin nothing, and nobody could
    # write meanwhile. Where this fails as well, the pool throws the connection away.
    info = getattr(connection, "info", None)
    if info.transaction_status != 0 if info else connection.in_transaction:
        connection.rollback()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for line in SQLITE_SETTINGS:
        connection.execute(line)
    connection.create_function(FUNCTION, 1, without_marks, deterministic=True)


def _prepare_postgresql(connection: Any, _record: object) -> None:
    from portal.postgresql import prepare  # noqa: PLC0415 - as above

    prepare(connection, LIMITS)


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout={options.get('patience') or BUSY}")
    connection.info[CHANGES] = driver.total_changes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _keep_reading(connection: Connection) -> None:
    # SQLite's own flag for this (PRAGMA query_only) makes it compile every statement anew at its
    # next use, and compiling one of the policy takes a hundred times longer than answering it.
    if connection.get_execution_options().get("writes") is False:
        driver: Any = connection.connection.driver_connection
        if driver.total_changes != connection.info[CHANGES]:
            raise ReadingWrote("a session that was opened for reading has changed rows")


def _begin_postgresql(connection: Connection) -> None:
    options = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    # Where it says that it writes, a standby refuses it for another reason than a row of it.
    driver.read_only = True if options.get("writes") is False else None
    limits = dict(UNHURRIED) if options.get("unhurried") else {}
    if patience := options.get("patience"):
        limits["lock_timeout"] = int(patience)
    if limits:
        lines = (f"SET LOCAL {name} = {value}" for name, value in limits.items())
        driver.execute("; ".join(lines), prepare=False)  # the server plans one statement a time


def _roll_back_postgresql(connection: Connection) -> None:
    from portal.postgresql import roll_back  # noqa: PLC0415 - as above

    if not connection.invalidated:
        driver: Any = connection.connection.driver_connection
        roll_back(driver)


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """A maker of sessions; objects keep their values after commit, pages are drawn from them."""
    return sessionmaker(engine, expire_on_commit=False)


def open_session(
    sessions: sessionmaker[Session], *, writes: bool, patience: int | None = None
) -> Session:
    """A session whose transaction is begun at once for writing, or for reading and no more.

    `patience` is how many milliseconds it waits for other writers, where that is not the usual.
    """
    session = sessions()
    session.connection(execution_options=begun_for(writes) | {"patience": patience})
    return session


def begun_for(writes: bool) -> dict[str, Any]:
    """What tells a connection which transaction to begin, on each engine."""
    return {"writes": writes}


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session for reading, closed at the end; its commit asks SQLite whether it wrote."""
    with open_session(sessions, writes=False) as session:
        yield session
        session.commit()


@contextmanager
def writing(sessions: sessionmaker[Session], patience: int | None = None) -> Iterator[Session]:
    """A session for writing: committed at the end, rolled back on any error."""
    with open_session(sessions, writes=True, patience=patience) as session:
        yield session
        session.commit()


def spelled_out(column: Any, *values: str) -> Any:
    """That a column has one of our own values, written into the statement instead of bound to it.

    Where a partial index is over the rows with that value, SQLite sees that it fits; and with a
    bound value it would compile the whole statement anew each time, to find that out.
    """
    if len(values) == 1:
        return column == written(values[0])
    return column.in_([written(each) for each in values]) if values else false()


def written(value: str) -> ColumnElement[str]:
    """One of our own values as it stands in a statement's text, from the start.

    The library's own `literal_execute` writes it into the text anew at each execution: a search
    through half a million letters for some pages.
    """
    if not OWN_VALUE.fullmatch(value):
        raise ValueError(f"not a value of ours: {value!r}")
    return literal_column(f"'{value}'", String())


def in_state(model: Any, state: str) -> Any:
    """Resources of this table in a state, `spelled_out`."""
    return spelled_out(model.state, state)
