"""Which e-mail goes next, whose fault a fault is: decided without thread, clock or database."""

import heapq
from itertools import count

import pytest

from portal.dispatch import Board, Evidence
from portal.outbox import Due
from portal.smtp import Alone, Doubtful
from portal.smtp.faults import judged

QUICK, SLOW = 0.01, 8.0


def row(key: int, domain: str, person: int | None = None) -> Due:
    return Due(key, person if person is not None else key, domain)


class Simulated:
    """A round as `portal.connections` runs it, on a clock of its own: who has gone when."""

    def __init__(self, rows: list[Due], slow: set[str], general: int = 4, own: int = 8) -> None:
        self.board, self.slow, self.general, self.own = Board(2.0), slow, general, own
        self.board.add(rows)
        self.now, self.number = 0.0, count()
        self.ends: list[tuple[float, int, Due, str]] = []
        self.began: dict[int, float] = {}
        self.gone: dict[int, float] = {}

    def start(self, own: str) -> bool:
        found = self.board.take(self.now, own)
        if found is None:
            return False
        took = SLOW if found.domain in self.slow else QUICK
        self.began[found.key] = self.now
        heapq.heappush(self.ends, (self.now + took, next(self.number), found, own))
        return True

    def fill(self) -> None:
        self.board.look(self.now)
        running = [entry[2].domain for entry in self.ends]
        held = [domain for domain in running if domain in self.board.slow]
        for name in sorted(self.board.slow - set(running)):
            if len(held) < self.own and self.start(name):
                held.append(name)
        while len(self.ends) - len(held) < self.general and self.start(""):
            pass

    def run(self) -> dict[int, float]:
        self.fill()
        while self.ends:
            # Slow ones are noticed by a look as soon as two seconds are over.
            until = self.ends[0][0]
            looks = [at + 2.001 for at in self.began.values() if self.now < at + 2.001 < until]
            if looks:
                self.now = min(looks)
            else:
                self.now, _n, found, _own = heapq.heappop(self.ends)
                self.began.pop(found.key)
                self.board.ended(found, self.now)
                self.gone[found.key] = self.now
            self.fill()
        return self.gone


@pytest.mark.parametrize("first", [True, False], ids=["slow ones first", "mixed"])
@pytest.mark.parametrize("slow", [["slow.example"], [f"slow{n}.example" for n in range(4)]])
def test_a_slow_domain_delays_the_others_by_less_than_five_seconds(
    first: bool, slow: list[str]
) -> None:
    others = [row(1000 + 10 * n, f"quick{n % 20}.example") for n in range(900)]
    late = [row(n if first else 1005 + 90 * n, slow[n % len(slow)]) for n in range(100)]
    alone = max(Simulated(others, set()).run().values())
    rows = sorted(others + late, key=lambda one: one.key)
    gone = Simulated(rows, set(slow)).run()
    assert len(gone) == len({one.key for one in rows})
    with_slow = max(gone[one.key] for one in others)
    assert with_slow - alone < 5


def test_an_unknown_domain_gets_one_connection_until_it_was_quick() -> None:
    board = Board(2.0)
    board.add(row(n, "new.example") for n in range(1, 5))
    first = board.take(0)
    assert first is not None
    assert board.take(0) is None
    board.ended(first, 0.5)
    assert board.take(1) is not None
    assert board.take(1) is not None


def test_a_slow_domain_is_noticed_while_its_first_e_mail_is_on_the_way() -> None:
    board = Board(2.0)
    board.add([row(1, "slow.example"), row(2, "slow.example"), row(3, "other.example")])
    assert board.take(0) == row(1, "slow.example")
    board.look(2.5)
    assert board.slow == {"slow.example"}
    assert board.take(3) == row(3, "other.example")
    assert board.take(3) is None
    assert board.take(3, "slow.example") == row(2, "slow.example")


def test_a_domain_that_is_quick_again_is_served_by_all() -> None:
    board = Board(2.0)
    board.add(row(n, "moody.example") for n in range(1, 5))
    first = board.take(0)
    assert first is not None
    board.ended(first, 9)
    assert board.take(9) is None
    second = board.take(9, "moody.example")
    assert second is not None
    board.ended(second, 9.5)
    assert board.take(10) is not None


def test_what_happened_first_arrives_first() -> None:
    board = Board(2.0)
    board.add([row(1, "a.example"), row(2, "a.example", 7)])
    board.quick.add("a.example")
    board.add([row(3, "a.example", 7), row(4, "a.example", 8)])
    taken = [board.take(0) for _ in range(4)]
    assert [one.key for one in taken if one] == [1, 2, 4]


def test_a_domain_that_takes_nothing_is_left_alone_for_a_while() -> None:
    board = Board(2.0)
    board.add(row(n, "down.example") for n in range(1, 6))
    for _ in range(3):
        found = board.take(0)
        assert found is not None
        board.ended(found, 1, bad=True)
    assert board.in_hand() == []
    board.add([row(6, "down.example")])
    assert board.take(2) is None
    board.look(32)
    assert board.take(32) is not None


RELAY = Doubtful("relay", "550 no relaying", Alone.STOP, Alone.WAIT)


def test_relaying_denied_ends_the_round_unless_others_are_taken() -> None:
    alone = Evidence()
    assert [alone.doubt(row(n, "a.example"), RELAY) for n in (1, 2, 3)] == [False, False, True]
    assert alone.unanswered is RELAY
    among = Evidence(accepted=True)
    assert not among.doubt(row(1, "a.example"), RELAY)
    assert among.verdicts(stopped=False) == [(1, RELAY, Alone.WAIT)]


def test_three_domains_refused_and_none_taken_is_the_server() -> None:
    evidence, no = Evidence(), Doubtful("rcpt", "550 no", Alone.DEAD, Alone.DEAD)
    assert not evidence.doubt(row(1, "a.example"), no)
    assert not evidence.doubt(row(2, "a.example"), no)
    assert not evidence.doubt(row(3, "b.example"), no)
    assert evidence.doubt(row(4, "c.example"), no)
    assert {verdict for _key, _why, verdict in evidence.verdicts(stopped=True)} == {Alone.WAIT}
    assert evidence.verdicts(stopped=True) == []


@pytest.mark.parametrize(
    ("stage", "code", "text", "kind"),
    [
        ("rcpt", 550, "5.1.1 no such user", "Undeliverable"),
        ("rcpt", 553, "5.1.3 bad address", "Undeliverable"),
        ("rcpt", 550, "5.2.1 mailbox disabled", "Undeliverable"),
        ("final dot", 552, "5.3.4 message too big", "wait try"),
        ("final dot", 554, "5.6.0 malformed", "Undeliverable"),
        ("final dot", 523, "5.3.4 message too big", "Undeliverable"),
        ("rcpt", 550, "no such user here", "dead dead"),
        ("rcpt", 550, "5.7.1 members only", "wait try"),
        ("rcpt", 550, "5.7.1 relaying denied", "stop wait"),
        ("rcpt", 550, "5.7.54 SMTP; Unable to relay recipient", "stop wait"),
        ("rcpt", 454, "4.7.1 Relay access denied", "stop wait"),
        ("rcpt", 535, "5.7.8 credentials", "stop wait"),
        ("data", 530, "sign in", "stop wait"),
        ("rcpt", 553, "5.7.1 Sender address rejected: not owned by user", "wait try"),
        ("rcpt", 504, "5.5.2 Helo command rejected", "wait try"),
        ("rcpt", 550, "5.1.8 bad sender", "wait try"),
        ("rcpt", 450, "4.2.0 greylisted", "try try"),
        ("rcpt", 450, "4.7.1 Client host rejected", "wait try"),
        ("rcpt", 451, "4.1.1 unverified address", "try try"),
        ("rcpt", 452, "4.3.1 disk full", "wait try"),
        ("rcpt", 552, "5.2.2 mailbox full", "wait try"),
        ("final dot", 451, "4.3.0 busy", "wait try"),
        ("final dot", 554, "5.7.1 spam", "wait try"),
        ("data", 554, "no valid recipients", "wait try"),
    ],
)
def test_whose_fault_a_reply_is(stage: str, code: int, text: str, kind: str) -> None:
    found = judged(stage, code, text)
    if isinstance(found, Doubtful):
        assert f"{found.alone} {found.among}" == kind
    else:
        assert type(found).__name__ == kind
