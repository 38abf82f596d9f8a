"""Answers come in over a real socket, by SMTP and by LMTP."""

import logging
import smtplib
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from portal.calendars import Listener, Reply, reply_in
from tests.calendars.cases import TO, TOKEN, sample

FROM = "liaison@telco.example"
MAIL = sample("gmail-accepted")
READ = reply_in(MAIL, [TO])
DIALECTS = {"smtp": smtplib.SMTP, "lmtp": smtplib.LMTP}


class Inbox:
    """Who takes the answers in tests."""

    def __init__(self) -> None:
        self.taken: list[Reply] = []
        self.threads: set[int] = set()
        self.answer = True
        self.error: Exception | None = None

    def take(self, reply: Reply) -> bool:
        self.taken.append(reply)
        self.threads.add(threading.get_ident())
        if self.error:
            raise self.error
        return self.answer


@pytest.fixture
def service() -> Inbox:
    return Inbox()


@pytest.fixture(params=DIALECTS)
def caller(request: pytest.FixtureRequest, service: Inbox) -> Iterator[smtplib.SMTP]:
    """A mail server that has said hello."""
    dialect = request.param
    with Listener(service.take, "127.0.0.1", 0, dialect == "lmtp") as listener:
        kind = DIALECTS[dialect]
        server = kind("127.0.0.1", listener.port, local_hostname="mx.portal.example")
        server.ehlo()
        yield server
        server.close()


def hand_over(server: smtplib.SMTP, mail: bytes, to: str = TO, sender: str = FROM) -> str:
    """The last answer of the server."""
    assert server.mail(sender)[0] == 250
    code, text = server.rcpt(to)
    if code == 250:
        code, text = server.data(mail)
    return f"{code} {text.decode()}"


def test_an_answer_is_taken(caller: smtplib.SMTP, service: Inbox) -> None:
    assert hand_over(caller, MAIL).startswith("250")
    assert service.taken == [READ]


@pytest.mark.parametrize("name", ["outlook-tentative", "apple-declined"])
def test_answers_of_other_programs_are_taken(
    caller: smtplib.SMTP, service: Inbox, name: str
) -> None:
    assert hand_over(caller, sample(name)).startswith("250")
    assert service.taken == [reply_in(sample(name), [TO])]
    assert service.taken[0] is not None


def test_a_refused_answer_is_told_in_the_same_words_as_a_taken_one(
    caller: smtplib.SMTP, service: Inbox
) -> None:
    taken = hand_over(caller, MAIL)
    service.answer = False
    assert hand_over(caller, MAIL) == taken
    assert len(service.taken) == 2


def test_what_fails_may_come_again(caller: smtplib.SMTP, service: Inbox) -> None:
    service.error = RuntimeError("the database is away")
    assert hand_over(caller, MAIL) == "451 4.3.0 try again later"
    service.error = None
    assert hand_over(caller, MAIL).startswith("250")


@pytest.mark.parametrize("name", ["outlook-new-time", "out-of-office", "bounce"])
def test_a_mail_without_an_answer_is_handed_on_as_well(
    caller: smtplib.SMTP, service: Inbox, name: str
) -> None:
    assert hand_over(caller, sample(name)) == "250 2.0.0 taken"
    assert service.taken == [reply_in(sample(name), [TO], FROM)]


@pytest.mark.parametrize(
    "to", ["office@portal.example", "answers@portal.example", "answers+short@portal.example"]
)
def test_no_other_mailbox_is_here(caller: smtplib.SMTP, service: Inbox, to: str) -> None:
    assert hand_over(caller, MAIL, to) == "550 5.1.1 no such mailbox"
    with pytest.raises(smtplib.SMTPDataError) as refused:
        caller.data(MAIL)
    assert refused.value.smtp_code == 503
    assert not service.taken


def test_a_sender_may_be_empty(caller: smtplib.SMTP, service: Inbox) -> None:
    """Automatic answers, as those of rooms, come from the null sender (RFC 3834)."""
    assert hand_over(caller, MAIL, sender="").startswith("250")
    assert [replace(one, automatic=False) for one in service.taken] == [READ]
    assert service.taken[0].automatic


def test_a_second_recipient_waits_for_a_mail_of_its_own(
    caller: smtplib.SMTP, service: Inbox
) -> None:
    other = TO.replace(TOKEN, "b" * 16)
    caller.mail(FROM)
    assert caller.rcpt(TO)[0] == 250
    assert caller.rcpt(other) == (452, b"4.5.3 one recipient at a time")
    assert caller.data(MAIL)[0] == 250
    assert hand_over(caller, MAIL, other).startswith("250")
    assert [reply.token for reply in service.taken] == [TOKEN, "b" * 16]


def test_a_mail_that_is_too_large_is_refused_and_the_next_taken(
    caller: smtplib.SMTP, service: Inbox
) -> None:
    large = MAIL + (b"x" * 70 + b"\r\n") * 60_000
    assert caller.mail(FROM, [f"SIZE={len(large)}"])[0] == 552
    assert hand_over(caller, large).startswith("552")
    assert hand_over(caller, MAIL).startswith("250")
    assert service.taken == [READ]


def test_a_line_that_is_too_long_is_refused(caller: smtplib.SMTP, service: Inbox) -> None:
    assert hand_over(caller, MAIL + b"x" * 5000 + b"\r\n").startswith("500")
    assert not service.taken


def test_answers_are_taken_one_after_the_other_in_a_thread_of_their_own(
    caller: smtplib.SMTP, service: Inbox
) -> None:
    for _ in range(3):
        hand_over(caller, MAIL)
    assert len(service.threads) == 1
    assert threading.get_ident() not in service.threads


def test_a_dialect_is_not_the_other() -> None:
    for lmtp in (False, True):
        with Listener(lambda _reply: True, "127.0.0.1", 0, lmtp) as listener:
            wrong = smtplib.SMTP("127.0.0.1", listener.port, local_hostname="mx.portal.example")
            assert wrong.docmd("EHLO" if lmtp else "LHLO", "mx.portal.example")[0] == 500
            wrong.close()


def test_nothing_of_a_mail_is_logged(
    caller: smtplib.SMTP,
    service: Inbox,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    hand_over(caller, MAIL)
    service.error = ValueError(f"no row for {TOKEN}, liaison@telco.example")
    hand_over(caller, MAIL)
    hand_over(caller, sample("out-of-office"))
    caller.docmd("liaison@telco.example", TOKEN)
    said = caplog.text + "".join(capsys.readouterr())
    assert "ValueError" in said
    for secret in (TOKEN, "telco", "Fourth", "no row"):
        assert secret not in said


def test_a_port_that_is_taken_is_told_and_a_stopped_one_is_free(service: Inbox) -> None:
    with Listener(service.take, "127.0.0.1", 0, True) as first:
        port = first.port
        second = Listener(service.take, "127.0.0.1", port, False)
        with pytest.raises(OSError, match="in use"):
            second.start()
    with second:
        assert second.port == port
        server = smtplib.SMTP("127.0.0.1", port, local_hostname="mx.portal.example")
        server.ehlo()
        assert hand_over(server, MAIL).startswith("250")
        server.close()


def test_it_stops_while_somebody_is_still_connected_and_starts_again(service: Inbox) -> None:
    listener = Listener(service.take, "127.0.0.1", 0, True)
    for _ in range(2):
        listener.start()
        with socket.create_connection(("127.0.0.1", listener.port)) as idle:
            assert idle.recv(100).startswith(b"220")
            listener.stop()
            assert idle.recv(100) == b""
    listener.stop()  # once more does no harm
