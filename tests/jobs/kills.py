"""Kills jobs processes under load: `python -m tests.jobs.kills [KILLS]`.

Two processes deliver into a slow mail server; whenever some e-mails have gone, one of them is
killed and another started, while more e-mails are written. The last kills leave nobody, and what
those processes held goes once their leases are over, by the clock of the process that sends the
rest. At the end everything must have arrived, and each double must have been in the hands of a
process that was killed.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import pairwise

from sqlalchemy import func, select, update

from models.ledger import OutboxEmail
from portal.clock import now
from portal.db import make_engine, reading, writing
from portal.outbox import SENT
from portal.schema import upgrade
from tests.cast import World, build
from tests.factories import published
from tests.jobs.peer import Peer, peer
from tests.warm import Warm

PATIENCE = 600
LEASE = 45
IN_HAND = 4


@dataclass
class Result:
    """What came of it; `unexplained` are doubles between whose arrivals nobody was killed."""

    written: int
    arrived: int
    lost: int
    kills: int
    doubled: int
    unexplained: int


def deliverer(world: World, smtp: str, *at: str) -> Warm:
    """A process that delivers until it is killed, or once at a time."""
    url = world.engine.url.render_as_string(hide_password=False)
    when = at or ("now", str(LEASE))
    words = [sys.executable, "-m", "tests.jobs.deliverer", url, smtp, *when]
    return Warm(words, stdout=subprocess.DEVNULL)


def waiting(world: World) -> int:
    """How many e-mails are still open."""
    with reading(world.sessions) as session:
        return session.scalar(select(func.count()).where(OutboxEmail.closed_at.is_(None))) or 0


def leases_end(world: World) -> datetime:
    """When the last lease of an open e-mail is over, by the clock of those who hold it."""
    with reading(world.sessions) as session:
        last = select(func.max(OutboxEmail.leased_until)).where(OutboxEmail.closed_at.is_(None))
        return session.scalar(last) or now()


def has_taken(server: Peer, world: World, goal: int) -> bool:
    """Whether the server took so many, or nothing is left to send."""
    return len(server.taken) >= goal or waiting(world) == 0


def killed(world: World, kills: int, seed: int = 1) -> Result:
    """Write e-mails, kill so often (twice at least), and count what arrived."""
    chance, breath = random.Random(seed), threading.Event()
    killed_at: list[int] = []

    def slow(stage: str, _said: str) -> str | None:
        if stage == "dot":
            breath.wait(0.05)
        return None

    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=now(), outcome=SENT))
    with peer(slow) as server:
        written = load(world, 10)
        running = [deliverer(world, server.url) for _ in range(2)]
        try:
            for left in reversed(range(kills)):
                goal = len(server.taken) + chance.randrange(1, 12)
                until(partial(has_taken, server, world, goal))
                victim = running.pop(chance.randrange(len(running)))
                os.kill(victim.pid, signal.SIGKILL)
                victim.wait(timeout=PATIENCE)
                killed_at.append(len(server.taken))
                written += load(world, 3)
                if left >= 2:
                    running.append(deliverer(world, server.url))
            assert waiting(world), "the killed leave something in hand, and in the outbox"
            running.append(deliverer(world, server.url, leases_end(world).isoformat()))
            assert running[0].wait(timeout=PATIENCE) == 0
        finally:
            for process in running:
                process.kill()
                process.wait(timeout=PATIENCE)
        return counted(server, written, killed_at)


def load(world: World, notices: int) -> int:
    """Write e-mails; gives back how many."""
    with writing(world.sessions) as session:
        for _ in range(notices):
            published(session, world, "liaison@cloud", "liaison@bank", "peace")
    return 4 * notices


def until(done: Callable[[], bool]) -> None:
    """Wait until it is so."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it does not go on"
        time.sleep(0.02)


def counted(server: Peer, written: int, killed_at: list[int]) -> Result:
    """Compare what was written with what arrived, in the order in which it did."""
    arrived = [number for number, _to in server.taken]
    copies = Counter(arrived)
    unexplained = 0
    for number in (number for number, many in copies.items() if many > 1):
        places = [place for place, it in enumerate(arrived) if it == number]
        for first, second in pairwise(places):
            # What a killed process had sent off may arrive a moment after it.
            unexplained += not any(first - 2 * IN_HAND < at <= second for at in killed_at)
    return Result(
        written=written,
        arrived=len(copies),
        lost=written - len(copies),
        kills=len(killed_at),
        doubled=len(arrived) - len(copies),
        unexplained=unexplained,
    )


def main(kills: int) -> None:
    """Kill so often, on SQLite, and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/portal.db")
        upgrade(engine)
        build(engine)
        sys.stdout.write(f"{killed(World.on(engine), kills)}\n")
        engine.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
