"""The guard of write transactions: whoever holds one does nothing slow while it is open.

SQLite has one writer at a time, and on PostgreSQL the head of the trail is one row: a thread that
waits for a peer, parses, prints or compares while its write transaction is open makes everybody
else wait. The engine's events say which thread holds one, and what is slow asks here first. No
clock is read: the guard raises even where the slow work happens to be quick.

Only work that the portal itself asks for counts (one of its edges is on the stack), so that tests
may hold a lock and wait as they like.
"""

import concurrent.futures
import difflib
import email.parser
import functools
import json
import os
import socket
import ssl
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final
from xml.etree import ElementTree

import filetype
import icalendar
import icalendar.parser
import nh3
import pyromark
import pytest
import xlsxwriter
from sqlalchemy import Connection, Engine, event

from portal import comparing
from tests.heard import hear

ROOT: Final = Path(__file__).parents[1]
OURS: Final = tuple(f"{ROOT / folder}{os.sep}" for folder in ("portal", "blueprints"))
# Where a request, a round of the jobs or a command comes in. Tests call services as they like.
EDGES: Final = (
    "blueprints/",
    "portal/error_handlers.py",
    "portal/cli.py",
    "portal/delivery.py",
    "portal/inbound.py",
    "portal/oidc",
    "portal/schedule.py",
    "portal/web.py",
)

# What is known and not mended yet: a file on the stack, what it does there, and why it stands.
# Whoever mends one removes its line; nobody adds one without a reason.
ALLOWED: Final = {
    ("portal/demo/__init__.py", "a parser"): "the demo world is planted before anybody is there",
}

# Told by the interpreter itself (audit events, PEP 578), so that no way round them is missed.
AUDITED: Final = {
    "socket.connect": "a socket",
    "socket.getaddrinfo": "a socket",
    "socket.sendto": "a socket",
    "subprocess.Popen": "a subprocess",
    "os.system": "a subprocess",
    "os.posix_spawn": "a subprocess",
}
WATCHED: Final[tuple[tuple[Any, tuple[str, ...], str], ...]] = (
    (socket.socket, ("send", "sendall", "recv", "recv_into", "sendmsg"), "a socket"),
    (time, ("sleep",), "a sleep"),
    (threading.Thread, ("join",), "another thread"),
    (concurrent.futures.Future, ("result",), "another thread"),
    (ssl.SSLSocket, ("do_handshake", "read", "write"), "a socket"),
    (xlsxwriter.Workbook, ("close",), "printing"),
    (difflib.SequenceMatcher, ("__init__",), "comparing"),
    (comparing._Comparison, ("__init__",), "comparing"),
    (pyromark, ("events",), "Markdown"),
    (nh3, ("clean",), "Markdown"),
    (email.parser.BytesParser, ("parse", "parsebytes"), "a parser"),
    (icalendar.Component, ("from_ical",), "a parser"),
    (icalendar.parser.Contentlines, ("from_ical",), "a parser"),
    (zipfile.ZipFile, ("__init__",), "a parser"),
    (filetype, ("guess", "guess_mime"), "a parser"),
    (ElementTree, ("fromstring", "parse"), "a parser"),
)

_held: dict[int, int] = {}
"""The thread that began each open write transaction, by the identity of its connection."""
_seen: list[str] = []
"""What was found since the last look: an error page may have swallowed the exception."""


def holds() -> bool:
    """Whether this thread holds a write transaction."""
    return threading.get_ident() in _held.values()


def check(what: str) -> None:
    """Raise where this thread holds a write transaction and the portal asks for `what`."""
    if not _held or not holds():
        return
    stack = _our_stack(sys._getframe(1))
    if not any(path.startswith(EDGES) for path in stack):
        return
    if any((path.partition(":")[0], what) in ALLOWED for path in stack):
        return
    found = f"{what} while a write transaction is open: {' < '.join(stack)}"
    _seen.append(found)
    raise AssertionError(found)


def _our_stack(frame: FrameType | None) -> list[str]:
    # The portal's own frames, innermost first.
    stack: list[str] = []
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(OURS):
            path = Path(name).relative_to(ROOT).as_posix()
            stack.append(f"{path}:{frame.f_code.co_name}")
        frame = frame.f_back
    return stack


def _heard(what: str, _arguments: tuple[Any, ...]) -> None:
    check(what)


def _watch(owner: Any, name: str, what: str) -> None:
    plain = vars(owner).get(name) or getattr(owner, name)
    method = plain.__func__ if isinstance(plain, classmethod) else plain

    @functools.wraps(method)
    def guarded(*arguments: Any, **named: Any) -> Any:
        check(what)
        return method(*arguments, **named)

    setattr(owner, name, classmethod(guarded) if isinstance(plain, classmethod) else guarded)


def _watch_json() -> None:
    # The database's own columns are read by it too: only what the portal reads itself counts.
    plain = json.loads

    @functools.wraps(plain)
    def guarded(*arguments: Any, **named: Any) -> Any:
        if sys._getframe(1).f_code.co_filename.startswith(OURS):
            check("a parser")
        return plain(*arguments, **named)

    json.loads = guarded


def _begun(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        _held[id(connection)] = threading.get_ident()


def _ended(connection: Connection) -> None:
    _held.pop(id(connection), None)


def install() -> None:
    """Watch engines and everything slow, once for the whole session."""
    event.listen(Engine, "begin", _begun)
    event.listen(Engine, "commit", _ended)
    event.listen(Engine, "rollback", _ended)
    for owner, names, what in WATCHED:
        for name in names:
            _watch(owner, name, what)
    _watch_json()
    for name, what in AUDITED.items():
        hear(name, functools.partial(_heard, what))


@pytest.fixture(autouse=True)
def nothing_slow_under_a_lock() -> Iterator[None]:
    """Fail a test in which something slow was done under a write transaction."""
    _seen.clear()
    yield
    found = list(dict.fromkeys(_seen))
    _seen.clear()
    assert not found, "\n".join(found)
