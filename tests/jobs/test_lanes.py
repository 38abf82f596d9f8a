"""Timekeeping never waits for mail; each lane says that it is alive; leases last with work."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import event, select, update

from models.ledger import Heartbeat, OutboxEmail
from portal import delivery, outbox, schedule
from portal.catalogue import LADDERS
from portal.connections import Pace
from portal.db import reading, writing
from portal.delivery import deliver
from portal.outbox import DELIVERY, LEASE, SENT, TIMEKEEPING
from portal.smtp import ServerFault
from tests.cast import NOW, World
from tests.factories import published
from tests.jobs.test_delivery import PAPER, Memory

PATIENCE = 300


@pytest.fixture
def one(quiet: World) -> World:
    """One e-mail waits."""
    with writing(quiet.sessions) as session:
        published(session, quiet, "liaison@cloud")
    return quiet


def row(world: World) -> OutboxEmail:
    with reading(world.sessions) as session:
        return session.scalars(
            select(OutboxEmail).where(OutboxEmail.resource_type == "notices")
        ).one()


def seen(world: World) -> dict[str, datetime | None]:
    with reading(world.sessions) as session:
        return outbox.lanes_seen(session)


class Holding(Memory):
    """A mail server that holds its breath until the test lets it go."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.go_on = threading.Event(), threading.Event()

    def send(self, email: EmailMessage) -> None:
        self.began.set()
        assert self.go_on.wait(PATIENCE)
        super().send(email)


@pytest.fixture
def holding() -> Holding:
    return Holding()


def in_a_thread(what: Callable[[], Any]) -> threading.Thread:
    thread = threading.Thread(target=what)
    thread.start()
    return thread


def test_timekeeping_goes_on_while_the_mail_server_holds_its_breath(
    one: World, holding: Holding, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = NOW + timedelta(days=9, hours=1)
    monkeypatch.setattr(schedule, "now", lambda: late)
    lane = in_a_thread(lambda: schedule.deliver_once(one.sessions, holding, PAPER))
    assert holding.began.wait(PATIENCE)
    schedule.keep_time_once(one.sessions)
    assert seen(one) == {TIMEKEEPING: late, DELIVERY: None}
    with reading(one.sessions) as session:
        emails = session.scalars(select(OutboxEmail.template)).all()
    assert "acknowledge-late" in emails
    holding.go_on.set()
    lane.join(PATIENCE)
    assert seen(one) == {TIMEKEEPING: late, DELIVERY: late}


def test_the_lane_is_alive_while_a_peer_works(one: World, holding: Holding) -> None:
    alive = threading.Semaphore(0)
    lane = in_a_thread(lambda: deliver(one.sessions, holding, PAPER, NOW, alive=alive.release))
    assert holding.began.wait(PATIENCE)
    for _ in range(20):
        assert alive.acquire(timeout=PATIENCE), "it says so again and again"
    holding.go_on.set()
    lane.join(PATIENCE)


def test_a_lease_is_renewed_while_the_peer_works(
    one: World, holding: Holding, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [NOW]
    monkeypatch.setattr(delivery, "RENEW_EVERY", 0.0)
    lane = in_a_thread(lambda: deliver(one.sessions, holding, PAPER, lambda: moment[0]))
    assert holding.began.wait(PATIENCE)
    for _ in range(3):
        moment[0] += LEASE * 0.9
        until_leased(one, moment[0] + LEASE)
        assert deliver(one.sessions, Memory(), PAPER, moment[0]).sent == 0
    holding.go_on.set()
    lane.join(PATIENCE)
    assert (row(one).outcome, row(one).sent_at) == (SENT, moment[0])


def until_leased(world: World, until: datetime) -> None:
    waiting = threading.Event()
    for _ in range(PATIENCE * 20):
        if row(world).leased_until == until:
            return
        waiting.wait(0.05)
    raise AssertionError("its lease is not renewed")


def test_a_claim_counts_from_its_own_moment(quiet: World) -> None:
    """However long the round has run before: what it claims late it holds for a whole lease."""
    with writing(quiet.sessions) as session:
        for _ in range(4):
            published(session, quiet, "liaison@cloud", "mediator@peace")
    moment = [NOW]
    leases: list[timedelta] = []

    class Slow(Memory):
        def send(self, email: EmailMessage) -> None:
            moment[0] += LEASE / 2
            with reading(quiet.sessions) as session:
                mine = select(OutboxEmail.leased_until).where(
                    OutboxEmail.closed_at.is_(None), OutboxEmail.leased_until.is_not(None)
                )
                leases.extend(at - moment[0] for at in session.scalars(mine) if at)
            super().send(email)

    post = Slow()
    pace = Pace(connections=1, batch=1)
    for _ in range(30):
        deliver(quiet.sessions, post, PAPER, lambda: moment[0], pace)
        moment[0] += LEASE
    assert len({str(email["Message-ID"]) for email in post.emails}) == len(post.emails) == 8
    assert max(leases) > LEASE / 4


def test_what_another_round_has_taken_over_is_not_sent(one: World) -> None:
    moment = [NOW]

    class LosesItsLease(Memory):
        """Asleep between the claim and the sending, while another round takes over."""

        def connection(self) -> "LosesItsLease":
            return self

        def ready(self) -> None:
            with writing(one.sessions) as session:
                taken = {"claimed_by": "another", "leased_until": NOW + LEASE}
                session.execute(update(OutboxEmail).values(**taken))

        def close(self) -> None:
            pass

        def abort(self) -> None:
            pass

    post = LosesItsLease()
    assert deliver(one.sessions, post, PAPER, lambda: moment[0]).sent == 0
    assert post.emails == []
    assert row(one).claimed_by == "another"


def test_no_transaction_is_open_while_the_network_is_used(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        for _ in range(4):
            published(session, quiet, "liaison@cloud", "mediator@peace")
    open_in: Counter[int] = Counter()
    held: list[int] = []

    def begun(*_args: Any) -> None:
        open_in[threading.get_ident()] += 1

    def ended(*_args: Any) -> None:
        open_in[threading.get_ident()] -= 1

    class Looking(Memory):
        def send(self, email: EmailMessage) -> None:
            held.append(open_in[threading.get_ident()])
            super().send(email)

    hooks = [("begin", begun), ("commit", ended), ("rollback", ended)]
    for name, hook in hooks:
        event.listen(quiet.engine, name, hook)
    try:
        assert deliver(quiet.sessions, Looking(), PAPER, NOW).sent == 8
    finally:
        for name, hook in hooks:
            event.remove(quiet.engine, name, hook)
    assert held == [0] * 8


def test_a_failing_ladder_or_look_stops_no_other(
    one: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_by = schedule.found_by

    def broken(session: Any, ladder: Any, now: datetime) -> Any:
        if ladder is LADDERS[1]:
            raise ValueError("a ladder with a broken rung")
        return found_by(session, ladder, now)

    def lost(_session: Any, _now: datetime) -> list[str]:
        raise ValueError("nobody knows what is due")

    monkeypatch.setattr(schedule, "found_by", broken)
    monkeypatch.setattr(schedule, "DUE", ((lost, schedule.DUE[0][1]), *schedule.DUE[1:]))
    monkeypatch.setattr(schedule, "now", lambda: NOW + timedelta(days=9, hours=1))
    schedule.keep_time_once(one.sessions)
    with reading(one.sessions) as session:
        emails = session.scalars(select(OutboxEmail.template)).all()
        assert "acknowledge-late" in emails
        assert session.get(Heartbeat, TIMEKEEPING) is not None


def test_once_does_both_lanes(one: World, monkeypatch: pytest.MonkeyPatch) -> None:
    late = NOW + timedelta(days=9, hours=1)
    monkeypatch.setattr(schedule, "now", lambda: late)
    post = Memory()
    schedule.one_round(one.sessions, post, PAPER)
    assert [s.rpartition(": ")[2] for s in post.to("liaison@cloud")] == [
        "new notice",
        "acknowledgement overdue",
    ]
    assert seen(one) == {TIMEKEEPING: late, DELIVERY: late}


def test_a_round_that_is_stopped_lets_go_of_what_it_has_not_sent(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        for _ in range(6):
            published(session, quiet, "liaison@cloud", "mediator@peace")
    stop = threading.Event()

    class Stopping(Memory):
        def send(self, email: EmailMessage) -> None:
            if len(self.emails) == 2:
                stop.set()
                raise ServerFault("mail", "given up")
            super().send(email)

    done = deliver(quiet.sessions, Stopping(), PAPER, NOW, Pace(connections=1), stop=stop)
    assert (done.sent, done.fault) == (2, "")
    with reading(quiet.sessions) as session:
        waits = session.scalars(select(OutboxEmail).where(OutboxEmail.closed_at.is_(None))).all()
        assert [(it.attempts, it.leased_until, it.claimed_by) for it in waits] == [
            (0, None, None)
        ] * 10
        assert outbox.fault(session) is None
