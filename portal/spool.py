"""Readings kept beside the database while nothing can be written into it (decision 0019).

One file in the data folder that only the portal's user can read, one line of JSON a reading: keys
and references, never content. A line is on the disk (fsync) before the page leaves.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from portal.store import Unkept

Line = dict[str, Any]


class Spool:
    """The file of readings that wait for the trail; several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, lines: list[Line]) -> None:
        """Append lines, on the disk when it returns; raises Unkept where that cannot be."""
        text = "".join(json.dumps(line) + "\n" for line in lines).encode()
        try:
            with self._held() as file:
                end = os.lseek(file, 0, os.SEEK_END)
                try:
                    if os.write(file, text) != len(text):
                        raise OSError("a full disk took a part")
                    os.fsync(file)
                except OSError:
                    os.ftruncate(file, end)  # no half line stays for the next to follow
                    raise
        except OSError as full:
            raise Unkept("readings") from full

    def waits(self) -> bool:
        """Whether any line is kept."""
        try:
            return self._path.stat().st_size > 0
        except OSError:
            return False

    def waiting(self) -> int:
        """How many lines are kept."""
        try:
            return self._path.read_bytes().count(b"\n")
        except OSError:
            return 0

    def drain(self, take: Callable[[list[Line]], None]) -> int:
        """Hand all lines to `take`, which writes them for good, then forget them; how many.

        A process that dies in between leaves them: a reading may be taken twice, never not at all.
        """
        with self._held() as file:
            os.lseek(file, 0, os.SEEK_SET)
            size = os.fstat(file).st_size
            lines = [json.loads(line) for line in os.read(file, size).splitlines()]
            if lines:
                take(lines)
                os.ftruncate(file, 0)
                os.fsync(file)
        return len(lines)

    @contextmanager
    def _held(self) -> Iterator[int]:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)
