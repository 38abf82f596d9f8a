"""The jobs: a process of its own that only says "look now", in two lanes.

Timekeeping does what time makes due and plans reminders; it never waits for another machine.
Delivery sends e-mails and may take long. Each says on its own that it is alive: not that a round
has ended, which with a slow mail server takes as long as it takes.
"""

import signal
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from time import monotonic
from typing import Final

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from models.ledger import Heartbeat
from portal import autosaves
from portal.calendars import Reply
from portal.catalogue import LADDERS, NOUNS, Due
from portal.chains import acts_so_far
from portal.clock import Clock, clock_of, now
from portal.creation_keys import forget_old
from portal.db import reading, writing
from portal.delivery import Round, deliver, nothing
from portal.dialogues import invitee_of, take
from portal.digests import due_digests, gather
from portal.emails import MailSettings
from portal.inbound import listener
from portal.outbox import DELIVERY, TIMEKEEPING, forget_keys, old_keys
from portal.reminders import found_by, write_found
from portal.smtp import Transport
from portal.stakeholders import INVITATION_DAYS
from portal.writes import inserting

log = structlog.get_logger()

EVERY: Final = 5
BEAT_EVERY: Final = 10.0
LOOK_EVERY: Final = timedelta(minutes=1)
# What is due, and what brings one such resource up to date.
DUE: Final = tuple((noun.due.find, noun.due.act) for noun in NOUNS if isinstance(noun.due, Due))


def _now() -> datetime:
    # Looked up at each reading: tests put their own clock in the place of ours.
    return now()


def beat(sessions: sessionmaker[Session], lane: str, at: datetime) -> None:
    """Say that a lane is alive."""
    with writing(sessions) as session:
        first = inserting(session, Heartbeat).values(name=lane, at=at)
        session.execute(first.on_conflict_do_update(index_elements=["name"], set_={"at": at}))


class Pulse:
    """Says that a lane is alive, not more often than every ten seconds; of one thread."""

    def __init__(self, sessions: sessionmaker[Session], lane: str) -> None:
        self.sessions, self.lane = sessions, lane
        self.last = monotonic()

    def __call__(self, *, anyway: bool = False) -> None:
        """Beat, if it is time; a database that is away stops no lane here."""
        if not anyway and monotonic() - self.last < BEAT_EVERY:
            return
        self.last = monotonic()
        try:
            beat(self.sessions, self.lane, now())
        except SQLAlchemyError as away:
            log.error("the lane cannot say that it is alive", lane=self.lane, error=_name(away))


def one_round(
    sessions: sessionmaker[Session], transport: Transport, mail_settings: MailSettings
) -> None:
    """Look once at everything, as cron would: first what time changes, then whom that concerns."""
    keep_time_once(sessions)
    deliver_once(sessions, transport, mail_settings)


def keep_time_once(sessions: sessionmaker[Session]) -> None:
    """One round of timekeeping that looks at everything."""
    Timekeeping(sessions)()


class Timekeeping:
    """The rounds of timekeeping of one process.

    Whom to remind follows from acts and from days that come near. So it is asked after each act,
    and else once in a while; between, a round asks only what is due for the system, and whether
    anybody has acted.
    """

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self.sessions = sessions
        self.known: tuple[int, datetime] | None = None
        """How many acts there were when everything was looked at last, and when that was."""

    def __call__(self) -> None:
        """One round."""
        pulse, began = Pulse(self.sessions, TIMEKEEPING), now()
        acts, written = keep_all_times(self.sessions, _now, pulse), 0
        with reading(self.sessions) as session:
            known = acts_so_far(session), began
        if self._anew(*known):
            written = plan_reminders(self.sessions, pulse) + plan_digests(self.sessions)
            self._forget()
            self.known = known
        pulse(anyway=True)
        if acts or written:
            log.info("timekeeping", acts=acts, reminders=written)

    def _anew(self, acts: int, began: datetime) -> bool:
        if self.known is None or self.known[0] != acts:
            return True
        return not timedelta(0) <= began - self.known[1] < LOOK_EVERY

    def _forget(self) -> None:
        forget_old_keys(self.sessions, now() - timedelta(days=INVITATION_DAYS))
        with writing(self.sessions) as session:
            forget_old(session, now())
            autosaves.forget_old(session, now())


def deliver_once(
    sessions: sessionmaker[Session],
    transport: Transport,
    mail_settings: MailSettings,
    stop: Event | None = None,
) -> None:
    """One round of delivery."""
    pulse = Pulse(sessions, DELIVERY)
    done = deliver(sessions, transport, mail_settings, _now, alive=pulse, stop=stop)
    pulse(anyway=True)
    if done != Round(fault=done.fault):
        log.info("delivery", **done.__dict__)


def keep_all_times(
    sessions: sessionmaker[Session], at: datetime | Clock, alive: Callable[[], None] = nothing
) -> int:
    """Let the system do what is due, a transaction for each resource; gives back how much.

    One that cannot be done is named in the log and tried again by the next round; it stops no
    other.
    """
    clock, acts = clock_of(at), 0
    for due, keep in DUE:
        try:
            with reading(sessions) as session:
                refs = due(session, clock())
        except Exception:
            log.exception("what is due could not be looked up", what=due.__name__)
            continue
        for ref in refs:
            alive()
            try:
                with writing(sessions) as session:
                    acts += keep(session, ref, clock())
            except Exception:
                log.exception("a matter could not be brought up to date", ref=ref)
    return acts


def plan_reminders(sessions: sessionmaker[Session], alive: Callable[[], None] = nothing) -> int:
    """Plan the reminders that are due, each ladder for itself; gives back how many."""
    written = 0
    for ladder in LADDERS:
        alive()
        try:
            with reading(sessions) as session:
                found = found_by(session, ladder, now())
            for rows in found:
                with writing(sessions) as session:
                    written += write_found(session, rows)
        except Exception:
            log.exception(
                "a ladder of reminders failed", noun=ladder.resource_type.name, verb=ladder.verb
            )
    return written


def plan_digests(sessions: sessionmaker[Session]) -> int:
    """Gather what waits for a summary whose hour has come, each for itself; how many e-mails."""
    written = 0
    try:
        with reading(sessions) as session:
            found = due_digests(session, now())
        for one in found:
            with writing(sessions) as session:
                written += gather(session, one, now())
    except Exception:
        log.exception("summaries could not be planned")
    return written


def forget_old_keys(sessions: sessionmaker[Session], before: datetime) -> None:
    """Erase what undelivered invitations from before then hold: their keys have expired."""
    with reading(sessions) as session:
        rows = old_keys(session, before)
    if rows:
        with writing(sessions) as session:
            forget_keys(session, rows)


def take_reply(sessions: sessionmaker[Session], mail_settings: MailSettings, reply: Reply) -> bool:
    """Take a reply to an invitation; whether the token in its address is anybody's.

    Whose it is is sought before anything is locked; what it says has been read before.
    """
    if mail_settings.reply_to is None:
        return False
    with reading(sessions) as session:
        whose = invitee_of(session, mail_settings.reply_to.keys, reply, mail_settings.base_url)
    if whose is None:
        return False
    with writing(sessions) as session:
        take(session, whose, reply, now())
    return True


def run(
    sessions: sessionmaker[Session],
    transport: Transport,
    mail_settings: MailSettings,
    inbound: str = "",
    every: int = EVERY,
) -> None:
    """Look every few seconds until told to stop; take answers meanwhile where `inbound` names how.

    `every` is in seconds. Raises OSError when that place is taken.
    """
    stop = Event()
    metronome = BackgroundScheduler(timezone="UTC")
    lanes: dict[str, Callable[[], None]] = {
        TIMEKEEPING: Timekeeping(sessions),
        DELIVERY: partial(deliver_once, sessions, transport, mail_settings, stop),
    }
    for name, look in lanes.items():
        metronome.add_job(
            _surviving,
            "interval",
            seconds=every,
            args=(name, look),
            next_run_time=now(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    # Waited for, not handled: a handler that comes at the wrong moment waits for its own thread.
    to_stop = {signal.SIGTERM, signal.SIGINT}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, to_stop)
    try:
        with _listening(sessions, mail_settings, inbound):
            metronome.start()
            signal.sigwait(to_stop)
            # What has been handed over is marked before the end; what has not is let go.
            stop.set()
            metronome.shutdown(wait=True)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _surviving(lane: str, look: Callable[[], None]) -> None:
    try:
        look()
    except Exception as fault:
        log.error("a round failed", lane=lane, error=_name(fault))


def _name(fault: Exception) -> str:
    return type(fault).__name__


def _listening(
    sessions: sessionmaker[Session], mail_settings: MailSettings, inbound: str
) -> AbstractContextManager[object]:
    if not inbound or mail_settings.reply_to is None:
        return nullcontext()
    return listener(inbound, partial(take_reply, sessions, mail_settings))
