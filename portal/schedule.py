"""The metronome: a process of its own that only says "look now"."""

import signal
from datetime import datetime
from types import FrameType

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy.orm import Session, sessionmaker

from models.ledger import Heartbeat
from portal.clock import now
from portal.db import writing
from portal.delivery import deliver
from portal.letters import Stationery, Transport
from portal.reminders import remind

log = structlog.get_logger()


def beat(sessions: sessionmaker[Session], at: datetime) -> None:
    """Say that the jobs are alive."""
    with writing(sessions) as session:
        session.merge(Heartbeat(name="jobs", at=at))


def one_round(sessions: sessionmaker[Session], transport: Transport, paper: Stationery) -> None:
    """Look once at everything, as cron would."""
    at = now()
    with writing(sessions) as session:
        written = remind(session, at)
    done = deliver(sessions, transport, paper, at)
    beat(sessions, at)
    if written or done.sent or done.refused or done.failed:
        log.info("jobs", reminders=written, **done.__dict__)


def run(sessions: sessionmaker[Session], transport: Transport, paper: Stationery) -> None:
    """Look every few seconds until told to stop."""
    metronome = BlockingScheduler(timezone="UTC")
    metronome.add_job(
        one_round,
        "interval",
        seconds=5,
        args=(sessions, transport, paper),
        next_run_time=now(),
        coalesce=True,
        max_instances=1,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        metronome.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    metronome.start()
