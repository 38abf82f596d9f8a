"""The connections of a round of delivery: one thread each, fed by the thread that runs the round.

A few general connections share all quick domains. As soon as an e-mail has been on the way for
longer than two seconds its domain is slow: the connection that carries it stays with that domain,
and another takes its place among the general ones.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum
from threading import Condition, Event, Thread
from time import monotonic
from typing import Final, Protocol

from portal.dispatch import Board
from portal.outbox import Due
from portal.smtp import Connection, Connects, Transport

FEWER: Final = 60.0


@dataclass(frozen=True)
class Pace:
    """How many connections a round has, general ones and of slow domains, and what slow means (s).

    `batch` rows are found at once; new ones are looked for every `look` seconds meanwhile.
    """

    connections: int = 4
    slow: int = 8
    slow_after: float = 2.0
    batch: int = 50
    look: float = 1.0
    tick: float = 0.1


class Go(Enum):
    """What follows from an e-mail.

    ON: all is well. UNSENT: nothing was sent. BAD: its domain did not take it. HOME: this
    connection is of no use; the round ends where it was the last, or where as many in a row were
    of no use as there are general ones and none that is left has been. STOP: the round ends.
    """

    ON = "on"
    UNSENT = "unsent"
    BAD = "bad"
    HOME = "home"
    STOP = "stop"


class Steps(Protocol):
    """What a round does beside choosing and waiting; called from several threads."""

    def look(
        self, most: int, without: Collection[str], domain: str, skip: Collection[int]
    ) -> list[Due]:
        """Find rows of one domain, or of all but some, that are due and in nobody's hand."""

    def carry(self, row: Due, by: Connection) -> Go:
        """Send one e-mail and mark it."""

    def tend(self) -> None:
        """Renew leases, say that the lane is alive; called several times a second."""

    def most(self, usual: int) -> int:
        """How many general connections there may be at present."""


class _Bare:
    """A transport without connections, as one."""

    def __init__(self, transport: Transport) -> None:
        self.send: Callable[[EmailMessage], None] = transport.send

    def ready(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""

    def abort(self) -> None:
        """Nothing to do."""


@dataclass(eq=False)
class _Worker:
    by: Connection
    own: str = ""
    row: Due | None = None
    good: bool = False  # the server has spoken to it about an e-mail
    thread: Thread | None = None


class Connections:
    """Runs the connections of one round until nothing is due, or it is stopped."""

    def __init__(self, steps: Steps, transport: Transport, pace: Pace, stop: Event) -> None:
        self.steps, self.transport, self.pace, self.stop = steps, transport, pace, stop
        self.board = Board(pace.slow_after)
        self.workers: list[_Worker] = []
        self.threads: list[Thread] = []
        self.useless: list[float] = []
        self.in_a_row = 0
        self.closing = self.gave_up = False
        self.broken: BaseException | None = None
        self.changed = Condition()
        self.wake = Event()
        self.dry: dict[str, tuple[frozenset[str], float]] = {}

    def run(self) -> None:
        """Go on until nothing is due; raises what broke a connection's thread."""
        try:
            while self._turn():
                self.wake.wait(self.pace.tick)
                self.wake.clear()
        finally:
            self._wind_down()
        if self.broken is not None:
            raise self.broken

    def _turn(self) -> bool:
        self.steps.tend()
        began = monotonic()
        with self.changed:
            self.board.look(began)
            self._settle()
            shut = frozenset(self.board.shut())
            wanted = self._wanted(shut)
            if self.closing or self.stop.is_set():
                return False
        for domain in wanted:
            self._look(domain, shut)
        with self.changed:
            self._hire()
            busy = bool(self.board.running) or any(self.board.waiting.values())
        if busy:
            return True
        # Nothing is on the way: a last look, at slow domains too, before the round ends; unless
        # this turn has just looked at all of them.
        paused = frozenset(self.board.paused.keys())
        known, at = self.dry.get("", (None, 0.0))
        return not (known == paused and at >= began) and self._look("", paused)

    def _wanted(self, shut: frozenset[str]) -> list[str]:
        """Of which domains rows are to be found: the empty name stands for all that are quick."""
        board = self.board
        ready = sum(len(rows) for name, rows in board.waiting.items() if name not in shut)
        wanted = [""] if ready < self.pace.batch // 2 else []
        served = {worker.own for worker in self.workers}
        wanted += [
            name
            for name in sorted(board.slow - board.paused.keys())
            if not board.waiting.get(name) and (name in served or self._can_hire_slow())
        ]
        return wanted

    def _look(self, domain: str, shut: frozenset[str]) -> bool:
        # What was found empty is not asked again at once, unless other domains count now.
        known, at = self.dry.get(domain, (None, 0.0))
        if known == shut and monotonic() - at < self.pace.look and self.board.running:
            return False
        with self.changed:
            skip = self.board.in_hand()
        rows = self.steps.look(self.pace.batch, () if domain else shut, domain, skip)
        if not rows:
            self.dry[domain] = shut, monotonic()
            return False
        self.dry.pop(domain, None)
        with self.changed:
            self.board.add(rows)
            self.changed.notify_all()
        return True

    def _settle(self) -> None:
        """Whoever carries an e-mail of a slow domain stays with it; owners of nothing are free."""
        board = self.board
        for worker in self.workers:
            if worker.own and (worker.own not in board.slow or self._idle(worker)):
                worker.own = ""
        served = {worker.own for worker in self.workers}
        for worker in self.workers:
            at = worker.row.domain if worker.row else ""
            if not worker.own and at in board.slow and at not in served:
                worker.own = at
                served.add(at)

    def _idle(self, worker: _Worker) -> bool:
        nothing = not self.board.waiting.get(worker.own)
        return worker.row is None and nothing and worker.own in self.dry

    def _general(self) -> list[_Worker]:
        slow = self.board.slow
        return [w for w in self.workers if not w.own and not (w.row and w.row.domain in slow)]

    def _limit(self) -> int:
        # A server that would not have so many is asked for as many again after a minute.
        fewer = sum(monotonic() - at < FEWER for at in self.useless)
        return max(1, self.steps.most(self.pace.connections) - fewer)

    def _can_hire_slow(self) -> bool:
        return len(self.workers) - len(self._general()) < self.pace.slow

    def _hire(self) -> None:
        general = self._general()
        idle = sum(worker.row is None for worker in general)
        for _ in range(min(self._limit() - len(general), self.board.ready() - idle)):
            self._start("")
        served = {worker.own for worker in self.workers}
        for name in sorted(self.board.slow - self.board.paused.keys() - served):
            if self.board.waiting.get(name) and self._can_hire_slow():
                self._start(name)

    def _start(self, own: str) -> None:
        made = self.transport
        by = made.connection() if isinstance(made, Connects) else _Bare(made)
        worker = _Worker(by, own)
        worker.thread = Thread(target=self._work, args=(worker,), daemon=True, name="delivery")
        self.workers.append(worker)
        self.threads.append(worker.thread)
        worker.thread.start()

    def _work(self, worker: _Worker) -> None:
        try:
            while (row := self._next(worker)) is not None:
                go = self.steps.carry(row, worker.by)
                with self.changed:
                    worker.row = None
                    sent = go is not Go.UNSENT
                    self.board.ended(row, monotonic(), sent=sent, bad=go is Go.BAD)
                    if go in (Go.ON, Go.BAD):
                        worker.good, self.in_a_row = True, 0
                    if go is Go.HOME:
                        self.useless.append(monotonic())
                        self.in_a_row += 1
                    if go is Go.STOP or (go is Go.HOME and self._is_last(worker)):
                        self.closing = self.gave_up = True
                    self.changed.notify_all()
                if go in (Go.HOME, Go.STOP):
                    break
        except BaseException as fault:
            with self.changed:
                self.broken, self.closing = self.broken or fault, True
                self.changed.notify_all()
        finally:
            with self.changed:
                self.workers.remove(worker)
            self.wake.set()
            worker.by.close()

    def _is_spare(self, worker: _Worker) -> bool:
        # Of too many those go that the server has not spoken to yet.
        general = self._general()
        keep = worker.good and not all(one.good for one in general)
        return len(general) > self._limit() and not keep

    def _is_last(self, ending: _Worker) -> bool:
        # Those that wait for a silent server end one after another: there is always one more left.
        left = [worker for worker in self.workers if worker is not ending]
        enough = self.in_a_row >= self.pace.connections
        return not left or (enough and not any(worker.good for worker in left))

    def _next(self, worker: _Worker) -> Due | None:
        with self.changed:
            while not self.closing:
                worker.row = self.board.take(monotonic(), worker.own)
                if worker.row is not None:
                    return worker.row
                if not worker.own and self._is_spare(worker):
                    return None
                self.wake.set()
                self.changed.wait(1)
            return None

    def _wind_down(self) -> None:
        with self.changed:
            self.closing = True
            workers = list(self.workers)
            self.changed.notify_all()
        if self.stop.is_set():
            for worker in workers:
                worker.by.abort()
        for thread in self.threads:
            while thread.is_alive():
                thread.join(1)
                self.steps.tend()
