"""Claim, look again, send, mark: how an e-mail leaves the outbox.

A row is claimed just before it goes, with a lease that is renewed while the server works. The
connections of a round are threads, each with sessions of its own; each step is a transaction of its
own, and none is open while the network is used. Time and access are read again for each e-mail. A
fault of the server ends the round and costs no e-mail a try; a fault of an e-mail concerns that
e-mail alone. The one repeat that cannot be avoided (death between sending and marking) carries the
same Message-ID.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from threading import Event, Lock
from time import monotonic
from uuid import uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from models.ledger import OutboxEmail
from portal import outbox
from portal.clock import Clock, clock_of
from portal.connections import Connections, Go, Pace
from portal.db import is_away, reading, writing
from portal.dispatch import Evidence
from portal.email_composition import composed, returned
from portal.emails import MailSettings, write
from portal.outbox import DEAD, LEASE, REFUSED, Due
from portal.smtp import (
    Alone,
    Connection,
    Deferred,
    Doubtful,
    Dropped,
    ServerFault,
    Transport,
    Undeliverable,
)

log = structlog.get_logger()
GONE = "it does not concern the person any more"
INSIST = 600.0
RENEW_EVERY = LEASE.total_seconds() / 5
PACE = Pace()


def nothing() -> None:
    """Do nothing."""


@dataclass
class Round:
    """What one round of delivery did; `fault` is the stage at which the server failed it."""

    sent: int = 0
    refused: int = 0
    failed: int = 0
    fault: str = ""


def deliver(
    sessions: sessionmaker[Session],
    transport: Transport,
    settings: MailSettings,
    now: datetime | Clock,
    pace: Pace = PACE,
    *,
    alive: Callable[[], None] = nothing,
    stop: Event | None = None,
) -> Round:
    """Send what is due, until nothing is or `stop` is set.

    `now` is a clock, read anew for each step (a time alone stands still); `alive` is called several
    times a second. While the mail server is given a rest nothing is asked of it.
    """
    clock = clock_of(now)
    with reading(sessions) as session:
        known = outbox.fault(session)
        if known is not None and known.retry_at > clock():
            return Round(fault=known.stage)
    work = _Work(sessions, settings, clock, alive, stop or Event(), was_faulty=known is not None)
    connections = Connections(work, transport, pace, work.stop)
    try:
        connections.run()
    finally:
        work.end(gave_up=connections.gave_up)
    return work.done


@dataclass
class _Work:
    """The steps of one round, each in a transaction of its own."""

    sessions: sessionmaker[Session]
    settings: MailSettings
    clock: Clock
    alive: Callable[[], None]
    stop: Event
    was_faulty: bool
    holder: str = field(default_factory=lambda: uuid4().hex)
    done: Round = field(default_factory=Round)
    evidence: Evidence = field(default_factory=Evidence)
    fault: ServerFault | None = None
    lock: Lock = field(default_factory=Lock)
    renewed: float = field(default_factory=monotonic)

    def most(self, usual: int) -> int:
        """One connection until a server that was at fault has taken an e-mail."""
        return 1 if self.was_faulty and not self.evidence.accepted else usual

    def tend(self) -> None:
        """Renew the leases of the round well before they end, and say that it is alive."""
        self.alive()
        if monotonic() - self.renewed < RENEW_EVERY:
            return
        self.renewed = monotonic()
        try:
            with writing(self.sessions) as session:
                outbox.renew(session, self.holder, self.clock())
        except SQLAlchemyError as away:
            if not is_away(away):
                raise
            log.error("the leases of e-mails could not be renewed", error=type(away).__name__)

    def look(
        self, most: int, without: Collection[str], domain: str, skip: Collection[int]
    ) -> list[Due]:
        """Find rows of one domain, or of all but some, that are due and in nobody's hand."""
        with reading(self.sessions) as session:
            return outbox.due(session, self.clock(), most, without, domain, skip)

    def _give_back(self, row: Due) -> None:
        with writing(self.sessions) as session:
            outbox.give_back(session, self.holder, row.key)

    def carry(self, row: Due, by: Connection) -> Go:
        """Send one e-mail; where the connection ends before it is handed over, once more."""
        for again in (True, False):
            try:
                return self._carry(row, by)
            except Dropped as dropped:
                if not again or self.stop.is_set():
                    return self._failed(row, dropped.fault)
            except (Undeliverable, OSError) as fault:
                return self._failed(row, fault)
        raise AssertionError("unreachable")

    def _carry(self, row: Due, by: Connection) -> Go:
        by.ready()
        with writing(self.sessions) as session:
            mine = outbox.claim(session, self.holder, row.key, self.clock())
        message = None if mine is None else self._written(row, mine)
        if message is None:
            return Go.UNSENT
        try:
            by.send(message)
        except (Undeliverable, OSError):
            raise
        except Exception as bad:  # this e-mail cannot be put on the wire: no other is concerned
            self._poison(row, bad)
            return Go.UNSENT
        self._sent(row)
        return Go.ON

    def _written(self, row: Due, mine: OutboxEmail) -> EmailMessage | None:
        """The e-mail, made from what is true now; None where it is not to go."""
        now = self.clock()
        try:
            with reading(self.sessions) as session:
                email = composed(session, self.settings, mine, now)
                other = returned(session, mine, now) if email is None else None
            message = None if email is None else write(email, self.settings)
        except Exception as bad:  # an unknown kind, a text that cannot be made: poison for itself
            if is_away(bad):
                raise
            self._poison(row, bad)
            return None
        if other is not None:
            with writing(self.sessions) as session:
                outbox.readdress(session, row.key, **other)
        elif message is None:
            with self.lock:
                self.done.refused += 1
            with writing(self.sessions) as session:
                outbox.close(session, row.key, REFUSED, now, GONE)
        return message

    def _poison(self, row: Due, bad: Exception) -> None:
        log.error("an e-mail could not be made", outbox=row.key, error=type(bad).__name__)
        with self.lock:
            self.done.failed += 1
        with writing(self.sessions) as session:
            reason = f"it could not be made: {type(bad).__name__}"
            outbox.count_try(session, row.key, reason, self.clock())

    def _sent(self, row: Due) -> None:
        """Mark it, whatever the database does meanwhile: unmarked it would go a second time."""
        until = monotonic() + INSIST
        while True:
            try:
                with writing(self.sessions) as session:
                    outbox.mark_sent(session, row.key, self.clock())
                break
            except SQLAlchemyError as away:
                log.error("a sent e-mail could not be marked", error=type(away).__name__)
                if not is_away(away) or monotonic() > until:
                    raise
                self.stop.wait(1)
        with self.lock:
            self.done.sent += 1
            first, self.evidence.accepted = not self.evidence.accepted, True
        if first:
            self._server_works()

    def _server_works(self) -> None:
        """The server takes e-mails: what it did not take before says something of those alone."""
        if self.was_faulty:
            with writing(self.sessions) as session:
                outbox.no_fault(session)
            log.info("the mail server takes e-mails again")
        self._judge(stopped=False)

    def _failed(self, row: Due, fault: Exception) -> Go:
        if self.stop.is_set() and not isinstance(fault, Deferred | Undeliverable):
            self._give_back(row)
            return Go.STOP
        with self.lock:
            self.done.failed += 1
        if isinstance(fault, Undeliverable):
            self._dead(row.key, str(fault))
            return Go.ON
        if isinstance(fault, Doubtful):
            return self._doubt(row, fault)
        if isinstance(fault, Deferred):
            with writing(self.sessions) as session:
                outbox.count_try(session, row.key, str(fault), self.clock())
            return Go.BAD
        if not isinstance(fault, ServerFault):  # of a transport that says no more than that
            return self._doubt(row, Doubtful("connect", str(fault), alone=Alone.TRY))
        # It may be that the server takes no more connections: the last one tells.
        self._give_back(row)
        with self.lock:
            self.fault = fault
        return Go.HOME

    def _dead(self, key: int, reason: str) -> None:
        log.error("an e-mail is undeliverable", outbox=key)
        with writing(self.sessions) as session:
            outbox.close(session, key, DEAD, self.clock(), reason)

    def _doubt(self, row: Due, why: Doubtful) -> Go:
        with self.lock:
            everybody = self.evidence.doubt(row, why)
            accepted = self.evidence.accepted
            if everybody:
                self.fault = ServerFault(why.stage, str(why))
        if accepted:
            self._judge(stopped=False)
        return Go.STOP if everybody else Go.BAD

    def _judge(self, *, stopped: bool) -> None:
        with self.lock:
            verdicts = self.evidence.verdicts(stopped=stopped)
        for key, why, verdict in verdicts:
            if verdict is Alone.DEAD:
                self._dead(key, str(why))
                continue
            step = outbox.count_try if verdict is Alone.TRY else outbox.put_off
            with writing(self.sessions) as session:
                step(session, key, str(why), self.clock())

    def end(self, *, gave_up: bool) -> None:
        """Judge what is still in doubt, and say what is wrong with the server."""
        fault, waits = self.fault if gave_up else None, self.evidence.unanswered
        self._judge(stopped=fault is not None)
        rest = fault is not None or (waits is not None and waits.alone is Alone.STOP)
        if fault is None and waits is not None:
            fault = ServerFault(waits.stage, str(waits))
        if fault is None:
            return
        self.done.fault = fault.stage
        log.error("the mail server cannot be used", stage=fault.stage, code=_code(fault))
        with writing(self.sessions) as session:
            outbox.add_fault(session, fault.stage, str(fault), self.clock(), rest=rest)


def _code(fault: Exception) -> str:
    # What the server says beside its code may name people.
    code = str(fault)[:3]
    return code if code.isdigit() else type(fault.__cause__ or fault).__name__
