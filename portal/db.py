"""The engine and its sessions, on SQLite and on PostgreSQL.

SQLite gets its transactions from us: the driver's own opening of them is switched off, and a
session that will write begins at once with BEGIN IMMEDIATE (a read that later turns into a write
fails as soon as another writer is there, whatever the timeout).
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import Session, aliased, configure_mappers, sessionmaker

# SQLAlchemy warns where it goes on with a statement that does not say what was meant. One such
# statement gave everybody the rights of any member (decision 0014), so a warning stops the act.
warnings.simplefilter("error", SAWarning)

SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
)


def alias(entity: type, name: str | None = None) -> Any:
    """A second name for a table, for statements that threads share; complete when it is returned.

    SQLAlchemy fills the columns of an alias at first use. A thread that meets one half filled takes
    the column of the table itself instead, and keeps it; so nothing is left to first use here.
    """
    configure_mappers()
    twin: Any = aliased(entity, name=name)
    attributes: list[str] = list(inspect(entity).all_orm_descriptors.keys())
    for attribute in attributes:
        getattr(twin, attribute)
    inspect(twin).selectable.c.keys()
    return twin


def make_engine(url: str, *, echo: bool = False) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://…` (`postgresql://` is taken too)."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    # The connection that was used last is taken first: it has the plans.
    pool = {} if url.startswith("sqlite") else {"pool_pre_ping": True, "pool_use_lifo": True}
    engine = create_engine(url, echo=echo, **pool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for line in SQLITE_SETTINGS:
        connection.execute(line)


def _prepare_postgresql(connection: Any, _record: object) -> None:
    # The law makes long questions over few rows: compiling one takes 100 times its answering.
    connection.autocommit = True
    connection.execute("SET jit = off")
    connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql(f"PRAGMA query_only={int(writes is False)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """A maker of sessions; objects keep their values after commit, pages are drawn from them."""
    return sessionmaker(engine, expire_on_commit=False)


def open_session(sessions: sessionmaker[Session], *, writes: bool) -> Session:
    """A session whose transaction is begun at once for writing, or for reading and no more."""
    session = sessions()
    session.connection(execution_options=begun_for(writes))
    return session


def begun_for(writes: bool) -> dict[str, bool]:
    """What tells a connection which transaction to begin, on each engine."""
    return {"writes": writes, "postgresql_readonly": not writes}


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session for reading, closed at the end.

    A commit ends it: after a rollback the driver of PostgreSQL forgets every prepared statement,
    and the law makes statements that take ten times longer to plan than to answer.
    """
    with open_session(sessions, writes=False) as session:
        yield session
        session.commit()


@contextmanager
def writing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session for writing: committed at the end, rolled back on any error."""
    with open_session(sessions, writes=True) as session:
        yield session
        session.commit()


def inserting(session: Session, model: Any) -> Any:
    """An insert that may say what is done on a conflict, in the words of the session's engine."""
    engine = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return engine.insert(model)


def in_state(model: Any, state: str) -> Any:
    """Matters of this table in a state, said so that SQLite sees that its partial index fits."""
    return model.state == literal(str(state), literal_execute=True)
