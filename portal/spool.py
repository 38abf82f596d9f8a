"""Readings kept beside the database while nothing can be written into it (decision 0019).

One file in the data folder that only the portal's user can read, one line of JSON a reading: keys
and references, never content. A line is on the disk (fsync) before the page leaves. What the trail
can never take is put aside into a file beside it, so that it keeps back nothing else.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from portal.store import Unkept

Line = dict[str, Any]
ASIDE: Final = ".refused"  # the end of the name of the file for what the trail can never take


@dataclass(frozen=True)
class Drained:
    """How many lines were taken for good, and how many were put aside."""

    taken: int
    aside: int


class Spool:
    """The file of readings that wait for the trail; several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, lines: list[Line]) -> None:
        """Append lines, on the disk when it returns; raises Unkept where that cannot be."""
        try:
            with self._held() as file:
                _append(file, [json.dumps(line).encode() for line in lines])
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

    def drain(self, take: Callable[[list[Line]], list[Line]]) -> Drained:
        """Hand all lines to `take`, which writes them for good, then forget them.

        What `take` gives back can never be written; it is put aside, as is what cannot be read. A
        process that dies in between leaves them: a reading may be taken twice, never not at all.
        """
        with self._held() as file:
            os.lseek(file, 0, os.SEEK_SET)
            kept = os.read(file, os.fstat(file).st_size).splitlines()
            lines, aside = _sorted_out(kept)
            refused = take(lines) if lines else []
            aside += [json.dumps(line).encode() for line in refused]
            if aside:
                with self._held(ASIDE) as other:
                    _append(other, aside)
            if kept:
                os.ftruncate(file, 0)
                os.fsync(file)
        return Drained(len(lines) - len(refused), len(aside))

    @contextmanager
    def _held(self, beside: str = "") -> Iterator[int]:
        path = self._path.with_name(self._path.name + beside)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)


def _append(file: int, lines: list[bytes]) -> None:
    end = os.lseek(file, 0, os.SEEK_END)
    # A power cut may have left half a line: it is not to spoil the next one.
    halved = end > 0 and os.pread(file, 1, end - 1) != b"\n"
    text = b"".join([b"\n" if halved else b"", *(line + b"\n" for line in lines)])
    try:
        if os.write(file, text) != len(text):
            raise OSError("a full disk took a part")
        os.fsync(file)
    except OSError:
        os.ftruncate(file, end)  # no half line stays for the next to follow
        raise


def _sorted_out(kept: list[bytes]) -> tuple[list[Line], list[bytes]]:
    """The lines that can be read, and the others as they are."""
    lines, others = [], []
    for each in kept:
        try:
            line = json.loads(each)
        except ValueError:
            line = None
        if isinstance(line, dict):
            lines.append(line)
        elif each:
            others.append(each)
    return lines, others
