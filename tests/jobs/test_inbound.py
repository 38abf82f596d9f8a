"""Answers to invitations come in over a socket, to the jobs as a real process."""

import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import func, select, update

from models.ledger import AuditEvent, OutboxEmail
from models.stakeholders import Person
from portal import schedule
from portal.calendars import Listener, reply_address, uid_of
from portal.db import reading, writing
from portal.inbound import listener
from portal.ledger import first_fault
from tests.calendars.cases import BARE
from tests.cast import NOW, World
from tests.dialogues.invitation_builders import (
    BACK,
    COLLEAGUE,
    OLD_SECRET,
    PAPER,
    SECRET,
    TELCO,
    dialogue_of,
    invited,
    line,
    reply,
)
from tests.warm import Warm

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

PATIENCE = 300
Start = Callable[..., Warm]


@pytest.fixture
def port() -> int:
    """A port that nobody holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(world: World, port: int) -> Iterator[Start]:
    """Starts the jobs; all that were started are ended."""
    url = world.engine.url.render_as_string(hide_password=False)
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=NOW, outcome="sent"))

    def begin(*secrets: str, scheme: str = "lmtp") -> Warm:
        inbound = f"{scheme}://127.0.0.1:{port}"
        words = [sys.executable, "-m", "tests.jobs.listening", url, inbound]
        words += secrets or (SECRET,)
        return started.enter_context(Warm(words, stderr=subprocess.PIPE))

    with ExitStack() as started:
        yield begin


def until_open(port: int) -> None:
    """Wait until somebody listens there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nobody listens")


def mail(ref: str, said: str, sequence: int = 0) -> bytes:
    """What a calendar mails back."""
    uid = uid_of(ref, PAPER.base_url)
    raw = BARE.replace(b"D-26-7K3Q9M@portal.example", uid.encode())
    raw = raw.replace(b"SEQUENCE:2", b"SEQUENCE:%d" % sequence)
    # Long ago for every clock that the jobs may read.
    return raw.replace(b"20261125T081504Z", b"20200101T000000Z").replace(b"ACCEPTED", said.encode())


def hand_over(port: int, raw: bytes, token: str, kind: type[smtplib.SMTP] = smtplib.LMTP) -> int:
    """Hand a mail over as a mail server does; gives back the code of the answer."""
    to = reply_address(BACK.address, token)
    with kind("127.0.0.1", port, local_hostname="mx.portal.example") as server:
        server.ehlo()
        assert server.mail("anybody@elsewhere.example")[0] == 250
        assert server.rcpt(to)[0] == 250
        return int(server.data(raw)[0])


def answer_of(world: World, ref: str, who: str) -> str:
    mine = line(world, ref, who)
    assert mine is not None
    return mine.answer


@pytest.mark.parametrize(("scheme", "kind"), [("lmtp", smtplib.LMTP), ("smtp", smtplib.SMTP)])
def test_an_answer_is_kept_before_it_is_acknowledged(
    world: World, start: Start, port: int, scheme: str, kind: type[smtplib.SMTP]
) -> None:
    ref = invited(world, TELCO, COLLEAGUE)
    jobs = start(scheme=scheme)
    until_open(port)
    assert hand_over(port, mail(ref, "DECLINED"), reply(world, ref, TELCO).token, kind) == 250
    assert answer_of(world, ref, TELCO) == "declined"
    assert hand_over(port, mail(ref, "TENTATIVE"), reply(world, ref, COLLEAGUE).token, kind) == 250
    assert answer_of(world, ref, COLLEAGUE) == "tentative"
    jobs.send_signal(signal.SIGTERM)
    assert jobs.wait(timeout=PATIENCE) == 0, "it stops cleanly"
    with reading(world.sessions) as session:
        assert first_fault(session) is None


def test_what_does_not_count_is_taken_in_the_same_words_and_changes_nothing(
    world: World, start: Start, port: int
) -> None:
    ref = invited(world)
    start()
    until_open(port)
    good = reply(world, ref, TELCO).token
    for raw, token in (
        (mail(ref, "ACCEPTED"), "a" * 32),
        (mail(ref, "ACCEPTED", sequence=1), good),
        (mail("D-26-ZZZZZZ", "ACCEPTED"), "b" * 32),
    ):
        assert hand_over(port, raw, token) == 250
    assert answer_of(world, ref, TELCO) == ""
    with reading(world.sessions) as session:
        answers = select(func.count()).where(AuditEvent.verb == "answer")
        assert session.scalar(answers) == 0
    assert hand_over(port, mail(ref, "ACCEPTED"), good) == 250
    assert answer_of(world, ref, TELCO) == "accepted"


def test_the_old_secret_still_counts_after_a_restart(world: World, start: Start, port: int) -> None:
    ref = invited(world)
    token = reply(world, ref, TELCO).token
    first = start()
    until_open(port)
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=PATIENCE) == 0
    start(OLD_SECRET, SECRET)
    until_open(port)
    assert hand_over(port, mail(ref, "ACCEPTED"), token) == 250
    assert answer_of(world, ref, TELCO) == "accepted"


def test_a_second_one_at_the_same_place_says_so_and_ends(
    world: World, start: Start, port: int
) -> None:
    ref = invited(world)
    start()
    until_open(port)
    second = start()
    assert second.wait(timeout=PATIENCE) != 0
    assert second.stderr is not None
    assert b"in use" in second.stderr.read()
    assert hand_over(port, mail(ref, "ACCEPTED"), reply(world, ref, TELCO).token) == 250


def test_each_answer_is_a_transaction_of_its_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = invited(world, TELCO, COLLEAGUE)
    monkeypatch.setattr(schedule, "now", lambda: NOW)
    assert schedule.take_reply(world.sessions, PAPER, reply(world, ref, TELCO))
    with writing(world.sessions) as session:
        shut = Person.id == world.actors[COLLEAGUE].person_id
        session.execute(update(Person).where(shut).values(state="suspended"))
    assert schedule.take_reply(world.sessions, PAPER, reply(world, ref, COLLEAGUE))
    assert answer_of(world, ref, COLLEAGUE) == ""
    assert answer_of(world, ref, TELCO) == "accepted"
    assert dialogue_of(world, ref).state == "convened"


@pytest.mark.parametrize("scheme", ["lmtp", "smtp"])
def test_the_settings_name_place_and_dialect(scheme: str) -> None:
    made: Listener = listener(f"{scheme}://[::1]:8024", lambda _reply: True)
    assert made.port == 8024
