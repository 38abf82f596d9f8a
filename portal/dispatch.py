"""Which e-mail goes next, and whose fault a fault is: decisions alone, no thread and no database.

A domain is its recipients' mail domain. Until one e-mail to it has gone quickly, only one at a time
is on the way, so that an unknown domain can hold one connection and no more; one that is slow is
served by a connection of its own.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from portal.outbox import Due
from portal.smtp import Alone, Doubtful

BAD_AT_ONCE: Final = 3
PAUSE: Final = 30.0
OF_THE_SERVER: Final = (Alone.WAIT, Alone.STOP)


@dataclass
class Board:
    """What a round has in hand. Times are seconds of a clock that only goes forward."""

    slow_after: float
    waiting: dict[str, deque[Due]] = field(default_factory=dict)
    running: dict[int, tuple[Due, float]] = field(default_factory=dict)
    quick: set[str] = field(default_factory=set)
    slow: set[str] = field(default_factory=set)
    bad: dict[str, int] = field(default_factory=dict)
    paused: dict[str, float] = field(default_factory=dict)

    def add(self, rows: Iterable[Due]) -> None:
        """Take rows in hand."""
        for row in rows:
            self.waiting.setdefault(row.domain, deque()).append(row)

    def shut(self) -> set[str]:
        """Domains of which a general connection may take nothing at present."""
        unknown = {row.domain for row, _began in self.running.values()} - self.quick
        return self.slow | self.paused.keys() | unknown

    def _next(self, own: str) -> Due | None:
        shut = self.shut()
        people = {row.person_id for row, _began in self.running.values()}
        heads = (
            next((row for row in rows if row.person_id not in people), None)
            for domain, rows in self.waiting.items()
            if domain not in self.paused and (domain == own if own else domain not in shut)
        )
        return min((row for row in heads if row), key=lambda row: row.key, default=None)

    def take(self, now: float, own: str = "") -> Due | None:
        """The next e-mail for a general connection, or for the one of a slow domain.

        Never two at once to one person: what happened first arrives first.
        """
        row = self._next(own)
        if row is not None:
            self.waiting[row.domain].remove(row)
            self.running[row.key] = row, now
        return row

    def ended(self, row: Due, now: float, *, sent: bool = True, bad: bool = False) -> None:
        """An e-mail has gone or failed; how long it took says how its domain is served.

        Where nothing was `sent` it says nothing. A domain that took none of the last three (`bad`)
        is left alone for a while.
        """
        _row, began = self.running.pop(row.key)
        if not sent:
            return
        self.bad[row.domain] = self.bad.get(row.domain, 0) + 1 if bad else 0
        if self.bad[row.domain] >= BAD_AT_ONCE:
            self.bad[row.domain], self.paused[row.domain] = 0, now + PAUSE
            self.waiting.pop(row.domain, None)
        if now - began > self.slow_after:
            self._is_slow(row.domain)
        elif not any(other.domain == row.domain for other, _began in self.running.values()):
            self.slow.discard(row.domain)
            self.quick.add(row.domain)

    def look(self, now: float) -> None:
        """Find domains that are slow already, before their e-mail has gone; end pauses."""
        self.paused = {name: until for name, until in self.paused.items() if until > now}
        for row, began in self.running.values():
            if now - began > self.slow_after:
                self._is_slow(row.domain)

    def _is_slow(self, domain: str) -> None:
        self.slow.add(domain)
        self.quick.discard(domain)

    def ready(self) -> int:
        """How many general connections could take an e-mail at once."""
        shut = self.shut()
        return sum(
            len(rows) if domain in self.quick else 1
            for domain, rows in self.waiting.items()
            if rows and domain not in shut
        )

    def in_hand(self) -> list[int]:
        """The numbers of all rows that wait here or are on the way."""
        return [*self.running, *(row.key for rows in self.waiting.values() for row in rows)]


@dataclass
class Evidence:
    """What the server did with other e-mails of the round: it tells what a doubtful fault means."""

    stop_after: int = 3
    accepted: bool = False
    doubtful: dict[int, tuple[str, Doubtful]] = field(default_factory=dict)

    def doubt(self, row: Due, why: Doubtful) -> bool:
        """Keep a doubtful fault in mind; True when the server refuses everybody."""
        self.doubtful[row.key] = row.domain, why
        if self.accepted:
            return False
        domains = {domain for domain, _why in self.doubtful.values()}
        relay = sum(doubt.alone is Alone.STOP for _domain, doubt in self.doubtful.values())
        return max(len(domains), relay) >= self.stop_after

    @property
    def unanswered(self) -> Doubtful | None:
        """A fault that nobody can tell from one of the server's, as long as it takes nothing."""
        if self.accepted:
            return None
        waits = [why for _domain, why in self.doubtful.values() if why.alone in OF_THE_SERVER]
        return min(waits, key=lambda why: why.alone is not Alone.STOP, default=None)

    def verdicts(self, *, stopped: bool) -> list[tuple[int, Doubtful, Alone]]:
        """What each doubtful fault means now; they are in mind no more.

        `stopped` is whether the round ends for the server's fault: then none costs anything.
        """
        found = []
        for key, (_domain, why) in self.doubtful.items():
            alone = Alone.WAIT if stopped or why.alone is Alone.STOP else why.alone
            found.append((key, why, why.among if self.accepted else alone))
        self.doubtful.clear()
        return found
