"""Attack cases F1, F2: real processes share an outbox; one is killed while it sends."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select, update

from models.ledger import OutboxEmail
from portal.db import reading, writing
from portal.outbox import LEASE, SENT
from tests.cast import NOW, World
from tests.factories import published
from tests.warm import Warm

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parents[2]
PATIENCE = 300


class Sink:
    """A mail server that keeps what it gets, and can be told to hold its breath."""

    def __init__(self) -> None:
        self.emails: list[tuple[str, str]] = []
        self.hold = False
        self.holding = threading.Event()

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take an e-mail; while told to hold, the answer comes too late for the sender."""
        email = message_from_bytes(envelope.content)
        self.emails.append((str(email["Message-ID"]), str(email["To"])))
        if self.hold:
            self.holding.set()
            await server.loop.run_in_executor(None, threading.Event().wait, 3)
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, str]]:
    """The server and its address."""
    taker = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(taker, hostname="127.0.0.1", port=port)
    controller.start()
    yield taker, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def waiting(world: World) -> World:
    """The world with thirty e-mails of notices in its outbox."""
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=NOW, outcome=SENT))
        for _ in range(15):
            published(session, world, "peace")
    return world


def words(world: World, smtp: str, at: datetime) -> list[str]:
    url = world.engine.url.render_as_string(hide_password=False)
    return [sys.executable, "-m", "tests.jobs.deliverer", url, smtp, at.isoformat()]


def start(world: World, smtp: str, at: datetime) -> Warm:
    return Warm(words(world, smtp, at), stdout=subprocess.DEVNULL)


def still_open(world: World) -> int:
    with reading(world.sessions) as session:
        return session.scalar(select(func.count()).where(OutboxEmail.closed_at.is_(None))) or 0


def test_f1_two_processes_send_each_email_once(waiting: World, sink: tuple[Sink, str]) -> None:
    taker, smtp = sink
    both = [start(waiting, smtp, NOW) for _ in range(2)]
    assert [process.wait(timeout=PATIENCE) for process in both] == [0, 0]
    times = Counter(email for email, _to in taker.emails)
    assert len(times) == 30
    assert set(times.values()) == {1}
    assert still_open(waiting) == 0


def test_f2_what_a_killed_process_held_is_sent_by_the_next(
    waiting: World, sink: tuple[Sink, str]
) -> None:
    taker, smtp = sink
    taker.hold = True
    # This one is started as it is in use; `tests.warm` starts all the others that are killed.
    first = subprocess.Popen(words(waiting, smtp, NOW), cwd=ROOT, stdout=subprocess.DEVNULL)
    assert taker.holding.wait(PATIENCE)
    os.kill(first.pid, signal.SIGKILL)
    first.wait(timeout=PATIENCE)
    taker.hold = False
    held = taker.emails[0][0]
    assert start(waiting, smtp, NOW).wait(timeout=PATIENCE) == 0
    assert still_open(waiting) == 1, "its lease still runs"
    assert start(waiting, smtp, NOW + LEASE + timedelta(seconds=1)).wait(timeout=PATIENCE) == 0
    assert still_open(waiting) == 0
    times = Counter(email for email, _to in taker.emails)
    assert len(times) == 30, "none is lost"
    assert {email for email, count in times.items() if count > 1} == {held}
    assert times[held] == 2, "the one repeat that cannot be avoided has the same Message-ID"
