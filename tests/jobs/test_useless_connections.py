"""A server that says nothing ends a round, however many connections wait for it and since when."""

from collections.abc import Collection
from itertools import count
from threading import Event, Thread
from typing import Any

from portal.connections import Connections, Go, Pace, _Worker
from portal.outbox import Due

AGES = 120  # seconds; a round that does not end is given up then


class Steps:
    """E-mails to many domains; `answer` says what becomes of one on a connection, after a while."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.numbers, self.tries = answer, count(), 0
        self.pause = Event()

    def look(
        self, most: int, without: Collection[str], domain: str, skip: Collection[int]
    ) -> list[Due]:
        every = [Due(n, n, f"{n}.example") for n in range(12)]
        return [
            one
            for one in every
            if one.key not in skip and one.domain not in without and domain in ("", one.domain)
        ][:most]

    def carry(self, row: Due, by: Any) -> Go:
        self.tries = next(self.numbers) + 1
        self.pause.wait(0.02 * (1 + self.tries % 3))  # so that they never end together
        return self.answer(by)

    def tend(self) -> None:
        """Nothing to do."""

    def most(self, usual: int) -> int:
        return usual


class Nobody:
    """A transport of which nothing is asked."""

    def send(self, message: Any) -> None:
        raise AssertionError("nothing is sent")


def ran(steps: Any, stop: Event) -> Connections:
    pace = Pace(connections=4, slow=8, slow_after=0.01, look=0.0, tick=0.005)
    connections = Connections(steps, Nobody(), pace, stop)
    thread = Thread(target=connections.run, daemon=True)
    thread.start()
    thread.join(AGES)
    ended = not thread.is_alive()
    stop.set()
    assert ended, "the round did not end"
    return connections


def test_useless_ones_in_a_row_end_the_round() -> None:
    steps = Steps(lambda _by: Go.HOME)
    connections = ran(steps, Event())
    assert connections.gave_up
    assert steps.tries <= 4 + 12, "each that waited then ended once"


def test_none_is_the_last_while_one_is_left_that_the_server_serves() -> None:
    connections = Connections(Steps(None), Nobody(), Pace(connections=4), Event())
    waits, served = _Worker(Nobody()), _Worker(Nobody(), good=True)
    connections.workers, connections.in_a_row = [waits, served], 9
    assert not connections._is_last(waits)
    served.good = False
    assert connections._is_last(waits)
    connections.in_a_row = 3
    assert not connections._is_last(waits), "another may be let in"
    connections.workers = [waits]
    assert connections._is_last(waits)
