"""A SQLite file that tests share, as it was before each of them, with the plans of its connections.

To prepare a question of the policy takes a hundred times longer than to answer it, and a connection
that is opened anew prepares everything anew.
"""

import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from tests.heard import hear


@dataclass
class Shared:
    """The file of an engine, written over as it lies, while nobody reads or writes.

    It gets no shorter, for the index of the log remembers how many pages it has. A write of no
    consequence then tells the other connections that their pages are old: SQLite asks that index
    before each transaction.
    Where a transaction was left open, the file was opened beside SQLite, has become long, or is to
    hold more than ever before, the connections are given up and a new file is made. The connection
    that looks is kept: a new one would read the whole schema first. It never reads or writes a
    page, so that it cannot bring back an old one.
    """

    engine: Engine
    path: Path
    opened: list[bool]
    file: int
    looks: sqlite3.Connection | None = None
    longest: int = 0
    times: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def is_idle(self) -> bool:
        """Whether all that was written is in the file, and nobody is reading."""
        self.looks = self.looks or sqlite3.connect(self.path, timeout=0, isolation_level=None)
        busy, _left, _moved = self.looks.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def taken(self) -> bytes:
        """All that is in it now."""
        assert self.is_idle(), "somebody still reads"
        return os.pread(self.file, os.fstat(self.file).st_size, 0)

    def put(self, kept: bytes) -> None:
        """Make it a copy of what was kept."""
        self.longest = max(self.longest, len(kept))
        length = os.fstat(self.file).st_size
        if self.opened or not self.is_idle() or not len(kept) <= length <= 4 * self.longest:
            self._make_anew()
        os.pwrite(self.file, kept.ljust(os.fstat(self.file).st_size, b"\0"), 0)
        self.opened.clear()
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA user_version = {next(self.times)}")

    def _make_anew(self) -> None:
        self.engine.dispose()
        if self.looks is not None:
            self.looks.close()
            self.looks = None
        for old in self.path.parent.glob(f"{self.path.name}*"):
            old.unlink()
        os.close(self.file)
        self.file = os.open(self.path, os.O_RDWR | os.O_CREAT)


@cache
def shared(engine: Engine) -> Shared:
    """The file of an engine that tests share."""
    path = Path(str(engine.url.database))
    return Shared(engine, path, _opens(path), os.open(path, os.O_RDWR | os.O_CREAT))


def way_back(engine: Engine, seed: Path | None = None) -> Callable[[], None]:
    """What makes the file of an engine again what it is now, or the copy of a seed."""
    place = shared(engine)
    return partial(place.put, seed.read_bytes() if seed else place.taken())


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
