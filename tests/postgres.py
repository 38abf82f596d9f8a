"""A real PostgreSQL for tests: made in a temporary folder, listening on a socket there alone."""

import itertools
import os
import pwd
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text

from portal.db import make_engine
from tests.memory import in_memory

NUMBERS = itertools.count()
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def _as_server_user() -> dict[str, Any]:
    # The server refuses to run as root; Debian's package brings the user for it.
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


# Nothing that a test writes need outlive it.
FORGETFUL = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "plan_cache_mode=force_generic_plan",
)


@contextmanager
def server(given: tuple[str, ...] = FORGETFUL) -> Iterator[str]:
    """A running server; gives the start of its URL, to which a database name is put.

    With other settings than those for tests its data lie on the disk.
    """
    programs = PROGRAMS[-1]
    place = in_memory() if given is FORGETFUL else None
    with tempfile.TemporaryDirectory(prefix="gopg", dir=place) as folder:
        who = _as_server_user()
        if who:
            os.chown(folder, who["user"], who["group"])
        data = f"{folder}/data"

        def call(*words: str) -> None:
            subprocess.run(words, check=True, capture_output=True, cwd=folder, **who)

        call(str(programs / "initdb"), "-D", data, "-A", "trust", "-U", "tests", "-E", "UTF8", "-N")
        settings = ("max_connections=60", *given)
        options = " ".join([f"-k {folder} -h ''", *(f"-c {one}" for one in settings)])
        call(
            str(programs / "pg_ctl"),
            "-D",
            data,
            "-o",
            options,
            "-l",
            f"{folder}/log",
            "-w",
            "start",
        )
        try:
            yield f"postgresql+psycopg://tests@/%s?host={folder}"
        finally:
            call(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop")


BACK = """
CREATE FUNCTION {kept}.back(mark bigint) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN
PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
  AND datname = current_database() AND state LIKE 'idle in transaction%';
{lines}
PERFORM setval(name, coalesce(last, 1), last IS NOT NULL) FROM {kept}.sequences_kept
  WHERE pg_sequence_last_value(name) IS DISTINCT FROM last;
RETURN pg_current_xact_id()::text::bigint; END $$
"""
EMPTIED = "DELETE FROM public.{name};"
REFILLED = """
IF (SELECT count(*) FILTER (WHERE xmin::text::bigint <= mark) <> {count} OR count(*) <> {count}
  FROM public.{name})
THEN DELETE FROM public.{name}; INSERT INTO public.{name} TABLE {kept}.{name}; END IF;
"""


def way_back(engine: Engine, kept: str = "kept") -> Callable[[], None]:
    """Keeps all rows and sequences as they are now, in a schema; gives what brings them back to it.

    Tables stay as they are, so that connections and their plans live on; only now and then they
    are made anew, before what was deleted weighs, and the connections with them, before what they
    keep does. It works through a connection of its own, on which no trigger fires and no order of
    tables matters: the server forgets every plan of a connection that sets that anew. What a test
    left open would hold its rows, so that it is ended. A table that has the rows that were there
    the last time, and none beside them, is left alone.
    """
    own = make_engine(engine.url.render_as_string(hide_password=False))
    event.listen(own, "connect", _set_aside_triggers)
    event.listen(engine, "engine_disposed", lambda _engine: own.dispose())
    names = _keep(engine, kept)
    mark, times = 0, itertools.count(1)

    def back() -> None:
        nonlocal mark
        anew = next(times) % 150 == 0
        if anew:
            engine.dispose()
        with own.begin() as connection:
            if anew:
                connection.execute(text(f"TRUNCATE {', '.join(names)}"))
            mark = connection.execute(text(f"SELECT {kept}.back(:mark)"), {"mark": mark}).scalar()

    return back


def _set_aside_triggers(connection: Any, _record: object) -> None:
    connection.execute("SET session_replication_role = replica")
    connection.commit()


def _keep(engine: Engine, kept: str) -> Sequence[str]:
    """Keep all rows and sequences, and make the function that brings them back; names of tables."""
    with engine.begin() as connection:
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        names = connection.scalars(text(asked)).all()
        counts = {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in names}
        connection.execute(text(f"CREATE SCHEMA {kept}"))
        for name in filter(counts.get, names):
            connection.execute(text(f"CREATE TABLE {kept}.{name} AS TABLE public.{name}"))
        connection.execute(
            text(
                f"CREATE TABLE {kept}.sequences_kept AS SELECT last_value AS last,"
                " format('%I.%I', schemaname, sequencename)::regclass AS name FROM pg_sequences"
            )
        )
        lines = "".join(
            (REFILLED if count else EMPTIED).format(name=name, kept=kept, count=count)
            for name, count in counts.items()
        )
        connection.exec_driver_sql(BACK.format(kept=kept, lines=lines))
    return names


def fresh(server: str, template: str = "template1") -> str:
    """The URL of a new database on the server, a copy of the template; no name comes twice."""
    name = f"test{next(NUMBERS)}"
    admin = make_engine(server % "postgres").execution_options(isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(
                text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
            )
    finally:
        admin.dispose()
    return server % name
