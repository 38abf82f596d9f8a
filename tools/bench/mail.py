"""How many e-mails a second delivery hands to a mail server beside it, all steps included."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import text, update

from models.ledger import OutboxEmail
from portal.clock import now
from portal.db import make_engine, writing
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.schedule import Timekeeping, deliver_once
from portal.schema import upgrade
from portal.smtp import SmtpTransport
from tests import postgres
from tests.cast import World, build
from tests.factories import published

ROOT = Path(__file__).resolve().parent.parent.parent
PAPER = MailSettings("https://portal.example", "Good Offices <portal@portal.example>")
NOTICES = 250
ROUNDS = 15


@contextmanager
def sink() -> Iterator[str]:
    """The address of a mail server in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    child = subprocess.Popen([sys.executable, "-m", "tools.bench.sink", str(port)], cwd=ROOT)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"smtp://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.wait(timeout=20)


@contextmanager
def database(engine: str) -> Iterator[str]:
    """The address of an empty database, thrown away afterwards."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/mail.db"
        return
    with postgres.server() as url:
        admin = make_engine(url % "postgres").execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE mail"))
        admin.dispose()
        yield url % "mail"


@dataclass(frozen=True)
class Sent:
    """How many e-mails went, how many a second, and what each cost the sender (ms of CPU).

    `idle` is what a round of both lanes costs that finds nothing to do (ms of CPU, the median).
    """

    many: int
    rate: float
    cpu: float
    idle: float

    def __str__(self) -> str:
        said = f"{self.many:,} e-mails, {self.rate:.0f} a second, {self.cpu:.1f} ms of CPU each"
        return f"{said}; a round of the jobs with nothing to do: {self.idle:.1f} ms of CPU"


def e_mails(resource_type: str) -> Sent:
    """Send what some notices cause, into a mail server beside this process."""
    with database(resource_type) as url, sink() as smtp:
        engine = make_engine(url)
        upgrade(engine)
        build(engine)
        world = World.on(engine)
        with writing(world.sessions) as session:
            session.execute(update(OutboxEmail).values(closed_at=now(), outcome="sent"))
            for _ in range(NOTICES):
                published(session, world, "peace", "cloud", "bank")
        began, busy = time.perf_counter(), time.process_time()
        done = deliver(world.sessions, SmtpTransport(smtp), PAPER, now)
        took, busy = time.perf_counter() - began, time.process_time() - busy
        idle = _idle(world, SmtpTransport(smtp))
        engine.dispose()
        return Sent(done.sent, done.sent / took, 1_000 * busy / done.sent, idle)


def _idle(world: World, transport: SmtpTransport) -> float:
    keep_time, cpus = Timekeeping(world.sessions), []
    keep_time()
    for _ in range(ROUNDS):
        began = time.process_time()
        keep_time()
        deliver_once(world.sessions, transport, PAPER)
        cpus.append(1_000 * (time.process_time() - began))
    return median(cpus)


if __name__ == "__main__":
    print(e_mails(sys.argv[1]))
