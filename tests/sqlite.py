"""A SQLite file that tests share, as it was before each of them, with the plans of its connections.

To prepare a question of the policy takes a hundred times longer than to answer it, and a connection
that is opened anew prepares everything anew.
"""

import itertools
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from tests.heard import hear


def way_back(engine: Engine, seed: Path) -> Callable[[], None]:
    """What makes the file of an engine a copy of the seed again; its tables are the seed's.

    The bytes are written into the file as it lies, while nobody reads or writes. It gets no
    shorter, for the index of the log remembers how many pages it has. A write of no consequence
    then tells the other connections that their pages are old: SQLite asks that index before each
    transaction.
    Where a transaction was left open, or the file was opened beside SQLite or has become long, the
    connections are given up and a new file is made. The connection that looks is kept: a new one
    would read the whole schema first. It never reads or writes a page, so that it cannot bring back
    an old one.
    """
    path, kept, times = Path(str(engine.url.database)), seed.read_bytes(), itertools.count(1)
    opened = _opens(path)
    file = os.open(path, os.O_RDWR | os.O_CREAT)
    looks: sqlite3.Connection | None = None

    def back() -> None:
        nonlocal file, looks
        looks = looks or sqlite3.connect(path, timeout=0, isolation_level=None)
        if opened or not _is_idle(looks) or os.fstat(file).st_size > 4 * len(kept):
            engine.dispose()
            looks.close()
            looks = None
            for old in path.parent.glob(f"{path.name}*"):
                old.unlink()
            os.close(file)
            file = os.open(path, os.O_RDWR | os.O_CREAT)
        os.pwrite(file, kept.ljust(os.fstat(file).st_size, b"\0"), 0)
        opened.clear()
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA user_version = {next(times)}")

    return back


def _opens(path: Path) -> list[bool]:
    """Gets an entry whenever the file is opened beside SQLite.

    Closing it then takes from SQLite the locks that this process has on it (POSIX fcntl), and its
    next connection that is closed takes away the log under all the others.
    """
    opened, name = [True], str(path)

    def listen(arguments: tuple[Any, ...]) -> None:
        with suppress(TypeError, UnicodeDecodeError):
            if os.fsdecode(arguments[0]) == name:
                opened.append(True)

    hear("open", listen)
    return opened


def _is_idle(connection: sqlite3.Connection) -> bool:
    """Whether all that was written is in the file, and nobody is reading."""
    busy, _left, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
