"""Records readings without end, from several threads, and says each one that was agreed.

To be killed while it writes: `python -m tests.attacks.endless_reader URL`.
"""

import itertools
import os
import sys
import threading
from typing import Any

from portal.clock import now
from portal.db import make_engine, make_sessions, writing
from portal.ledger import append_readings

THREADS = 3


def read_on(sessions: Any, name: str) -> None:
    """Record one reading after another."""
    for number in itertools.count():
        line = {"at": now().isoformat(), "person_id": None, "verb": "read", "edition": 1}
        line |= {"resource_type": "notices", "resource_id": 1, "ref": "N", "signin_id": None}
        with writing(sessions) as session:
            append_readings(session, [line | {"detail": {"by": f"{name}-{number}"}}])
        os.write(sys.stdout.fileno(), f"{name}-{number}\n".encode())


def read_from_threads() -> None:
    """Record them from several threads, until killed."""
    opened = make_sessions(make_engine(sys.argv[1]))
    readers = [
        threading.Thread(target=read_on, args=(opened, f"{os.getpid()}-{place}"))
        for place in range(THREADS)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()


if __name__ == "__main__":
    read_from_threads()
