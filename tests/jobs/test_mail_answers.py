"""Answers of a mail server are understood by their first digit (RFC 5321, 4.3.2)."""

from datetime import UTC, datetime

import pytest

from portal.emails import MailSettings, trial
from portal.smtp import Deferred, Doubtful, Patience, SmtpTransport
from tests.jobs.peer import at, peer

PAPER = MailSettings("https://portal.example", "Good Offices <portal@portal.example>")
EMAIL = trial(PAPER, "somebody@elsewhere.example", datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
LONG = Patience(60, 60, 60)
DONE = ["250", "250 ok", "250-one\r\n250-two\r\n250 three", "251 forwarded", "252 taken", "220 ok"]


@pytest.mark.parametrize("stage", ["mail", "rcpt", "dot"])
@pytest.mark.parametrize("answer", DONE)
def test_an_answer_of_success_is_one_and_the_email_goes_once(stage: str, answer: str) -> None:
    with peer(at(stage, answer)) as server:
        SmtpTransport(server.url, LONG).send(EMAIL)
        assert len(server.stages("dot")) == 1


@pytest.mark.parametrize(
    ("stage", "answer"),
    [("rcpt", "100 wait"), ("rcpt", "hello"), ("rcpt", "354 go on"), ("data", "hello")],
)
def test_an_answer_that_means_nothing_to_one_recipient_stops_no_other(
    stage: str, answer: str
) -> None:
    """A fault of the server would end each round at this e-mail, and so hold all others."""
    with peer(at(stage, answer)) as server:
        with pytest.raises(Doubtful):
            SmtpTransport(server.url, LONG).send(EMAIL)
        assert server.stages("dot") == []


def test_after_the_final_dot_what_means_nothing_is_tried_later() -> None:
    with peer(at("dot", "100 wait")) as server, pytest.raises(Deferred):
        SmtpTransport(server.url, LONG).send(EMAIL)
