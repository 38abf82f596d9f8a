"""Kills processes that record readings: `python -m tests.attacks.kill_readers [KILLS]`.

Two run at once; whenever one has said that some readings are recorded, it is killed and another
started. At the end each reading that was said must be in the trail, whose chains must hold.
"""

import random
import sys
import tempfile
from contextlib import ExitStack

from sqlalchemy import text

from portal.db import make_engine, make_sessions, reading
from portal.ledger import first_fault
from portal.schema import upgrade
from tests.attacks.forked import begun, killed
from tests.warm import Warm


def lost_with_killed_readers(
    url: str, kills: int, after: tuple[int, ...] = (), seed: int = 1
) -> set[str]:
    """Kill so often, each time after the next of so many readings (by chance where none are said).

    Gives what was said and is not there.
    """
    chance, agreed = random.Random(seed), []
    with ExitStack() as started:

        def begin() -> Warm:
            return started.enter_context(begun("tests.attacks.endless_reader", url))

        running = [begin(), begin()]
        for number in range(kills + 1):
            most = after[number % len(after)] if after else chance.randrange(1, 40)
            agreed += killed(running.pop(0), most)
            if number < kills - 1:
                running.append(begin())
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
