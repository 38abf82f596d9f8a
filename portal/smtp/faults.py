"""What carries e-mails, and whose fault it is when one does not go.

A reply of the mail server may speak of the one e-mail, of the server, or of either: "550 5.7.1" is
what a closed mailing list says, and what a server says to everybody when our password has changed.
Such a reply is doubtful, and is judged by whether the same server takes other e-mails meanwhile.
Codes are those of RFC 5321 (4.2.3) and, where the server gives them, of RFC 3463 and RFC 5248.
"""

import re
from email.message import EmailMessage
from enum import StrEnum
from typing import Final, Protocol, runtime_checkable


class Undeliverable(Exception):
    """The e-mail is refused for good: to try again would not help."""


class Deferred(OSError):
    """The e-mail is not taken now, or nobody knows whether it was: it costs a try."""


class ServerFault(OSError):
    """The mail server cannot be used by any e-mail; `stage` is one of STAGES."""

    def __init__(self, stage: str, said: str) -> None:
        super().__init__(said)
        self.stage = stage


class Alone(StrEnum):
    """What a doubtful fault means as long as the server took nothing else."""

    DEAD = "dead"
    TRY = "try"
    WAIT = "wait"
    STOP = "stop"


class Doubtful(OSError):
    """Either the server's fault or this e-mail's: what happens to other e-mails tells.

    `alone` says what it means while no other e-mail was taken, `among` once one was.
    """

    def __init__(
        self, stage: str, said: str, alone: Alone = Alone.WAIT, among: Alone = Alone.TRY
    ) -> None:
        super().__init__(said)
        self.stage, self.alone, self.among = stage, alone, among


class Dropped(OSError):
    """The connection ended before the e-mail was handed over: it may go on a new one at once.

    `fault` is what it means when it happens again.
    """

    def __init__(self, said: str, fault: ServerFault | Doubtful) -> None:
        super().__init__(said)
        self.fault = fault


class Transport(Protocol):
    """What carries e-mails away, one at a time."""

    def send(self, message: EmailMessage) -> None:
        """Carry one e-mail.

        Raises Undeliverable or Deferred (this e-mail), ServerFault (the server), and Doubtful or
        any other OSError where it cannot be told which.
        """


class Connection(Transport, Protocol):
    """A transport that keeps its connection; used by one thread, ended from any."""

    def ready(self) -> None:
        """Connect unless connected; raises ServerFault."""

    def close(self) -> None:
        """Take leave of the server."""

    def abort(self) -> None:
        """End what goes on, unless the server has the whole e-mail and its answer is awaited."""


@runtime_checkable
class Connects(Protocol):
    """A transport of which several connections can be had."""

    def connection(self) -> Connection:
        """A new connection, not open yet."""


RCPT, DATA, DOT, RELAY = "rcpt", "data", "final dot", "relay"
STAGES: Final = ("connect", "greeting", "ehlo", "starttls", "auth", "mail", RELAY, RCPT, DATA, DOT)
STATUS: Final = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")
# The words of Postfix, Exim, Exchange and qmail where they will not pass mail on for us.
RELAYING: Final = re.compile(r"relay|rcpthosts|authenticat|auth(orization)? required", re.I)
RELAY_CODES: Final = frozenset({530, 534, 535, 538})
POLICY: Final = re.compile(
    r"denied|prohibit|polic|block|black|listed|spam|reputation|sender|client|helo|\bhost\b|\bip\b"
    r"|tls|encrypt|rate|limit|too many|not permitted|not allowed|suspend|disabled",
    re.I,
)
# A mailbox that is not there, or moved (RFC 3463, 3.2); a message that is too big or ill-formed.
OF_THE_MAILBOX: Final = frozenset({"0", "1", "2", "3", "4", "6", "10"})
TEMPORARY: Final = frozenset({452, 552})


def said_by(code: int, text: bytes | str) -> str:
    """A reply as a line of text."""
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"


def judged(stage: str, code: int, text: bytes | str) -> Exception:
    """The fault that a refusing reply to RCPT, DATA or the final dot stands for."""
    said = said_by(code, text)
    status = STATUS.search(said)
    subject, detail = status.groups() if status else ("", "")
    if code in RELAY_CODES or (stage != DOT and RELAYING.search(said)):
        return Doubtful(RELAY, said, alone=Alone.STOP, among=Alone.WAIT)
    if not 500 <= code < 600 or code in TEMPORARY:
        of_it = code < 500 and (subject in ("1", "2") or (code == 450 and not subject))
        return Doubtful(stage, said, alone=Alone.TRY if of_it else Alone.WAIT)
    if (subject == "1" and detail in OF_THE_MAILBOX) or subject in ("2", "6"):
        return Undeliverable(said)
    if (subject, detail) == ("3", "4"):
        return Undeliverable(said)
    if subject or POLICY.search(said) or code not in (550, 551, 553) or stage != RCPT:
        return Doubtful(stage, said)
    return Doubtful(stage, said, alone=Alone.DEAD, among=Alone.DEAD)
