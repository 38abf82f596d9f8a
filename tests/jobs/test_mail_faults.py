"""Attack cases F5, I1, I2: a mail server that is silent, drips or lies costs no e-mail anything."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Final

import pytest
from sqlalchemy import select

from models.ledger import MailFault, OutboxEmail
from portal import outbox
from portal.db import reading, writing
from portal.delivery import deliver
from portal.outbox import DEAD, SENT
from portal.smtp import STAGES, Patience, SmtpConnection, SmtpTransport
from portal.smtp.deadlines import verifying
from tests.cast import NOW, World
from tests.factories import published
from tests.jobs.peer import CLOSE, DRIP, FLOOD, SILENT, Answer, at, peer, to
from tests.jobs.test_delivery import PAPER
from tests.pace import short

LONG = Patience(connect=60, exchange=60, after_dot=60)
# Reading the certificates of the system takes longer than a round; jobs read them once as well.
TRUST: Final = verifying()


def hurried() -> Patience:
    """For those who never answer."""
    return Patience(connect=short() / 4, exchange=short() / 4, after_dot=60)


class Hurried(SmtpConnection):
    """Waits long for everybody, and for cloud.example, which never answers, for a moment."""

    def send(self, message: EmailMessage) -> None:
        moment = replace(LONG, exchange=short(), after_dot=short())
        self._patience = moment if "@cloud.example" in str(message["To"]) else LONG
        super().send(message)


@dataclass(frozen=True)
class Hurrying(SmtpTransport):
    """A transport whose connections are in a hurry with one domain."""

    def connection(self) -> SmtpConnection:
        made = super().connection()
        made.__class__ = Hurried
        return made


@pytest.fixture
def waiting(quiet: World) -> World:
    """Four e-mails wait, each to another domain."""
    with writing(quiet.sessions) as session:
        published(session, quiet, "liaison@cloud", "liaison@bank", "analyst@cert", "mediator@peace")
    return quiet


def rows(world: World) -> list[OutboxEmail]:
    with reading(world.sessions) as session:
        waits = select(OutboxEmail).where(OutboxEmail.resource_type == "notices")
        return list(session.scalars(waits.order_by(OutboxEmail.id)))


def fault(world: World) -> MailFault | None:
    with reading(world.sessions) as session:
        return outbox.fault(session)


def send(world: World, url: str, now: Any = NOW, patience: Patience | None = None) -> Any:
    return deliver(world.sessions, SmtpTransport(url, patience or hurried(), TRUST), PAPER, now)


def send_hurrying(world: World, url: str) -> Any:
    return deliver(world.sessions, Hurrying(url, LONG, TRUST), PAPER, NOW)


ENDLESS = (SILENT, DRIP)
ANYTHING = (SILENT, DRIP, FLOOD, CLOSE, "554 go away", "421 closing", "garbage", "250")
RELAYED = (
    "550 5.7.1 Unable to relay",
    "554 5.7.1 <x@y.example>: Relay access denied",
    "454 4.7.1 <x@y.example>: Relay access denied",
    "550 relay not permitted",
    "530 5.7.0 Authentication required",
    "553 sorry, that domain isn't in my list of allowed rcpthosts",
)
DOUBTFUL = (
    SILENT,
    DRIP,
    CLOSE,
    "421 closing",
    "452 4.3.1 Insufficient system storage",
    "552 too much for today",
    "554 5.7.1 Client host rejected: Access denied",
    "550 no",
    "451 4.3.0 lookup failed",
    "garbage",
)
FAULTS = (
    [("greeting", answer) for answer in ANYTHING]
    + [("mail", answer) for answer in (*ANYTHING[:-1], "530 5.7.0 sign in", "552 full")]
    + [("rcpt", answer) for answer in (*RELAYED, *DOUBTFUL)]
    + [("data", answer) for answer in (*DOUBTFUL, "503 5.5.1 sign in first", "250 taken")]
    + [("dot", answer) for answer in ("552 too much", "452 full", "554 5.7.1 listed", "530 no")]
)


@pytest.mark.parametrize(("stage", "answer"), FAULTS)
def test_a_fault_of_the_server_costs_no_e_mail_anything(
    waiting: World, stage: str, answer: str
) -> None:
    with peer(at(stage, answer)) as bad:
        patience = hurried() if answer in ENDLESS else LONG
        done = send(waiting, bad.url, patience=patience)
        assert done.fault
        assert done.sent == 0
        assert bad.taken == []
        assert [(row.attempts, row.closed_at, row.leased_until) for row in rows(waiting)] == [
            (0, None, None)
        ] * 4
        found = fault(waiting)
        assert found is not None
        before = bad.connections
        if found.retry_at > NOW:
            assert send(waiting, bad.url, patience=patience).fault == done.fault
            assert bad.connections == before, "it is given a rest"
    with peer() as good:
        assert send(waiting, good.url, NOW + timedelta(minutes=16), LONG).sent == 4
        assert len(good.taken) == 4
    assert fault(waiting) is None


@pytest.mark.parametrize(
    ("answer", "stage"),
    [
        (at("ehlo", SILENT), "ehlo"),
        (at("ehlo", DRIP), "ehlo"),
        (at("ehlo", FLOOD), "ehlo"),
        (lambda here, _said: "502 no" if here in ("ehlo", "helo") else None, "ehlo"),
        (at("auth", "535 5.7.8 wrong"), "auth"),
        (at("auth", "454 4.7.0 later"), "auth"),
        (at("auth", SILENT), "auth"),
        (at("auth", DRIP), "auth"),
        (at("auth", CLOSE), "auth"),
    ],
)
def test_a_fault_before_the_first_e_mail_is_named(
    waiting: World, answer: Answer, stage: str
) -> None:
    with peer(answer) as bad:
        url = bad.url.replace("//", "//portal:a%2Fword@") + "?tls=off"
        quick = bad.answer(stage, "") not in ENDLESS
        named = send(waiting, url, patience=LONG if quick else hurried()).fault
        # A machine that is slow itself may come no further than to a stage before.
        assert named == stage if quick else STAGES.index(named) <= STAGES.index(stage)
    assert {row.attempts for row in rows(waiting)} == {0}


def test_nobody_there_is_a_fault_of_the_server(waiting: World) -> None:
    assert send(waiting, "smtp://127.0.0.1:1").fault == "connect"
    assert {(row.attempts, row.outcome) for row in rows(waiting)} == {(0, None)}


def test_the_rest_grows_to_a_quarter_of_an_hour_and_ends_with_the_first_e_mail(
    waiting: World,
) -> None:
    moment, rests = NOW, []
    for _ in range(8):
        send(waiting, "smtp://127.0.0.1:1", moment)
        found = fault(waiting)
        assert found is not None
        rests.append((found.retry_at - moment).total_seconds())
        moment = found.retry_at
    assert rests == [30, 60, 120, 240, 480, 900, 900, 900]
    assert found.began_at == NOW
    with peer() as good:
        assert send(waiting, good.url, moment, LONG).sent == 4
    assert fault(waiting) is None


@pytest.mark.parametrize("answer", [SILENT, DRIP, CLOSE, "451 4.3.0 later", "garbage"])
def test_who_does_not_answer_the_final_dot_keeps_one_copy_a_try(
    waiting: World, answer: str
) -> None:
    with peer(to("cloud.example", "dot", answer)) as odd:
        send_hurrying(waiting, odd.url)
        assert len(odd.taken) == 3
        mine = [row for row in rows(waiting) if row.outcome is None]
        assert [row.attempts for row in mine] == [1]
        assert mine[0].next_at > NOW
        send(waiting, odd.url, patience=LONG)
        assert odd.stages("dot").count("liaison@cloud.example") == 1


@pytest.mark.parametrize(
    ("answer", "outcome", "attempts"),
    [
        ("550 5.1.1 no such user", DEAD, 0),
        ("550 nobody here", DEAD, 0),
        ("450 4.2.1 busy", None, 1),
        ("450 later", None, 1),
        ("552 mailbox full", None, 1),
        ("452 4.2.2 mailbox full", None, 1),
        ("550 5.7.1 members only", None, 1),
        ("550 5.7.1 Unable to relay", None, 0),
        (SILENT, None, 1),
        (DRIP, None, 1),
        (CLOSE, None, 1),
    ],
)
def test_a_fault_of_one_recipient_counts_for_that_e_mail_alone(
    waiting: World, answer: str, outcome: str | None, attempts: int
) -> None:
    with peer(to("cloud.example", "rcpt", answer)) as odd:
        done = send_hurrying(waiting, odd.url)
        assert done.sent == 3
        assert done.fault == ""
    (mine,) = [row for row in rows(waiting) if row.outcome != SENT]
    assert (mine.outcome, mine.attempts) == (outcome, attempts)
    assert mine.closed_at is not None or mine.next_at > NOW
    assert fault(waiting) is None


def test_waiting_for_one_recipient_grows_and_ends_after_eight_tries(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        published(session, quiet, "liaison@cloud")
    moment, waits = NOW, []
    with peer(at("rcpt", "450 4.2.1 busy")) as busy:
        while (row := rows(quiet)[0]).outcome is None:
            moment = max(moment, row.next_at)
            send(quiet, busy.url, moment, LONG)
            waits.append((rows(quiet)[0].next_at - moment).total_seconds() // 60)
    assert waits[:7] == [1, 4, 16, 64, 256, 1024, 4096]
    assert (row.outcome, row.attempts) == (DEAD, 8)


def test_a_lone_refusal_in_doubt_waits_without_a_try_but_not_for_ever(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        published(session, quiet, "liaison@cloud")
    moment = NOW
    with peer(at("dot", "554 5.7.1 looks like spam")) as strict:
        for _ in range(8):
            assert send(quiet, strict.url, moment, LONG).fault == "final dot"
            moment = rows(quiet)[0].next_at
            found = fault(quiet)
            assert found is not None
            assert found.retry_at <= moment, "no other e-mail waits for it"
        assert rows(quiet)[0].attempts == 0
        send(quiet, strict.url, NOW + timedelta(days=6), LONG)
    assert rows(quiet)[0].attempts == 1


def test_poison_stops_nothing_but_itself(waiting: World) -> None:
    with writing(waiting.sessions) as session:
        for number, (kind, email) in enumerate((("unknown", "x"), ("notices", "read"))):
            row = rows(waiting)[0]
            session.add(
                OutboxEmail(
                    cause=f"test:{number}",
                    person_id=row.person_id,
                    resource_type=kind,
                    resource_id=row.resource_id,
                    template=email,
                    created_at=NOW,
                    due_at=NOW - timedelta(days=1),
                    next_at=NOW - timedelta(days=1),
                )
            )
    with peer() as good:
        assert send(waiting, good.url, patience=LONG).sent == 4
        assert send(waiting, good.url, patience=LONG).sent == 0
    with reading(waiting.sessions) as session:
        bad = session.scalars(select(OutboxEmail).where(OutboxEmail.cause.like("test:%"))).all()
        assert [(row.attempts, row.outcome) for row in bad] == [(1, None)] * 2
        assert all("could not be made" in row.reason for row in bad)


def test_time_is_read_anew_for_each_e_mail(waiting: World) -> None:
    ticking = [NOW]

    def clock() -> datetime:
        ticking.append(ticking[-1] + timedelta(seconds=1))
        return ticking[-1]

    with peer() as good:
        send(waiting, good.url, clock, LONG)
    times = [row.sent_at for row in rows(waiting)]
    assert len(set(times)) == 4
    assert all(at is not None and NOW < at <= ticking[-1] for at in times)
