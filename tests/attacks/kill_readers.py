"""Kills processes that record readings: `python -m tests.attacks.kill_readers [KILLS]`.

Two run at once; whenever one has said that some readings are recorded, it is killed and another
started. At the end each reading that was said must be in the trail, whose chains must hold.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, cast

from sqlalchemy import text

from portal.db import make_engine, make_sessions, reading
from portal.ledger import first_fault
from portal.schema import upgrade

ROOT = Path(__file__).parents[2]


def _reader(url: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "tests.attacks.endless_reader", url]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)


def _killed(reader: subprocess.Popen[bytes], after: int) -> list[str]:
    said = cast(IO[bytes], reader.stdout)
    agreed = [said.readline() for _ in range(after)]
    os.kill(reader.pid, signal.SIGKILL)
    agreed += [line for line in said if line.endswith(b"\n")]
    said.close()
    reader.wait(timeout=300)
    return [line.decode().strip() for line in agreed]


def lost_with_killed_readers(url: str, kills: int, after: int = 0, seed: int = 1) -> set[str]:
    """Kill so often, each time after so many readings (by chance where 0); what is not there."""
    chance, agreed = random.Random(seed), []
    running = [_reader(url), _reader(url)]
    for number in range(kills + 1):
        agreed += _killed(running.pop(0), after or chance.randrange(1, 40))
        if number < kills - 1:
            running.append(_reader(url))
    engine = make_engine(url)
    with engine.connect() as connection:
        details = connection.scalars(text("SELECT CAST(detail AS TEXT) FROM audit_events")).all()
    engine.dispose()
    kept = {detail.split('"')[3] for detail in details if detail.startswith('{"by": "')}
    return set(agreed) - kept


def main(kills: int) -> None:
    """Kill so often, on SQLite, and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/portal.db"
        engine = make_engine(url)
        upgrade(engine)
        lost = lost_with_killed_readers(url, kills)
        with reading(make_sessions(engine)) as session:
            fault = first_fault(session)
        sys.stdout.write(f"{kills} kills, {len(lost)} readings lost, trail: {fault or 'holds'}\n")
        engine.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
