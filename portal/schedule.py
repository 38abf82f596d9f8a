"""The metronome: a process of its own that only says "look now"."""

import signal
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.orm import Session, sessionmaker

from models.ledger import Heartbeat
from portal.calendars import Reply, ReplyTo
from portal.clock import now
from portal.commitments import due_for_the_house, keep_time
from portal.db import inserting, reading, writing
from portal.delivery import deliver
from portal.dialogues import due_to_shift, keep_to_wall, take
from portal.inbound import listener
from portal.letters import Stationery, Transport
from portal.records import due_for_adoption, keep_silence
from portal.reminders import remind

log = structlog.get_logger()
Keep = Callable[[Session, str, datetime], int]


def beat(sessions: sessionmaker[Session], at: datetime) -> None:
    """Say that the jobs are alive."""
    with writing(sessions) as session:
        first = inserting(session, Heartbeat).values(name="jobs", at=at)
        session.execute(first.on_conflict_do_update(index_elements=["name"], set_={"at": at}))


def one_round(sessions: sessionmaker[Session], transport: Transport, paper: Stationery) -> None:
    """Look once at everything, as cron would: first what time changes, then whom that concerns."""
    at = now()
    acts = keep_all_times(sessions, at)
    with writing(sessions) as session:
        written = remind(session, at)
    done = deliver(sessions, transport, paper, at)
    beat(sessions, at)
    if acts or written or done.sent or done.refused or done.failed:
        log.info("jobs", acts=acts, reminders=written, **done.__dict__)


def keep_all_times(sessions: sessionmaker[Session], at: datetime) -> int:
    """Let the house do what is due, a transaction for each matter; gives back how much.

    One that cannot be done is named in the log and tried again by the next round; it stops no
    other.
    """
    with reading(sessions) as session:
        due: list[tuple[Keep, str]] = [(keep_time, ref) for ref in due_for_the_house(session, at)]
        due += [(keep_to_wall, ref) for ref in due_to_shift(session, at)]
        due += [(keep_silence, ref) for ref in due_for_adoption(session, at)]
    acts = 0
    for keep, ref in due:
        try:
            with writing(sessions) as session:
                acts += keep(session, ref, at)
        except Exception:
            log.exception("a matter could not be brought up to date", ref=ref)
    return acts


def take_reply(sessions: sessionmaker[Session], back: ReplyTo, reply: Reply) -> bool:
    """Take an answer to an invitation, a transaction of its own; False where it does not count."""
    with writing(sessions) as session:
        return take(session, back.keys, reply, now())


def run(
    sessions: sessionmaker[Session], transport: Transport, paper: Stationery, inbound: str = ""
) -> None:
    """Look every few seconds until told to stop; take answers meanwhile where `inbound` names how.

    Raises OSError when that place is taken.
    """
    metronome = BackgroundScheduler(timezone="UTC")
    metronome.add_job(
        one_round,
        "interval",
        seconds=5,
        args=(sessions, transport, paper),
        next_run_time=now(),
        coalesce=True,
        max_instances=1,
    )

    # Waited for, not handled: a handler that comes at the wrong moment waits for its own thread.
    to_stop = {signal.SIGTERM, signal.SIGINT}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, to_stop)
    try:
        with _listening(sessions, paper.reply_to, inbound):
            metronome.start()
            signal.sigwait(to_stop)
            metronome.shutdown(wait=False)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _listening(
    sessions: sessionmaker[Session], back: ReplyTo | None, inbound: str
) -> AbstractContextManager[object]:
    if not inbound or back is None:
        return nullcontext()
    return listener(inbound, partial(take_reply, sessions, back))
