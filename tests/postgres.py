"""A real PostgreSQL for tests: made in a temporary folder, listening on a socket there alone."""

import itertools
import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from portal.db import make_engine

NUMBERS = itertools.count()
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def _as_server_user() -> dict[str, object]:
    # The server refuses to run as root; Debian's package brings the user for it.
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives the start of its URL, to which a database name is put."""
    programs = PROGRAMS[-1]
    with tempfile.TemporaryDirectory(prefix="gopg") as folder:
        who = _as_server_user()
        if who:
            os.chown(folder, who["user"], who["group"])  # type: ignore[arg-type]
        data = f"{folder}/data"

        def call(*words: str) -> None:
            subprocess.run(words, check=True, capture_output=True, cwd=folder, **who)  # type: ignore[call-overload]

        call(str(programs / "initdb"), "-D", data, "-A", "trust", "-U", "tests", "-E", "UTF8", "-N")
        given = (
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
            "max_connections=60",
        )
        options = " ".join([f"-k {folder} -h ''", *(f"-c {one}" for one in given)])
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
