"""A connection to the mail server that is kept for many e-mails, under deadlines."""

import base64
import re
import smtplib
import socket
import ssl
import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.generator import BytesGenerator
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from io import BytesIO
from typing import Final

from portal.smtp.deadlines import Limit, connect, secured, verifying
from portal.smtp.faults import (
    DATA,
    DOT,
    RCPT,
    Deferred,
    Doubtful,
    Dropped,
    ServerFault,
    Undeliverable,
    judged,
    said_by,
)
from portal.smtp.server import MailServer, mail_server

DOTS: Final = re.compile(rb"(?m)^\.")
CLOSING: Final = 421


@dataclass(frozen=True)
class Patience:
    """How long the server has, in seconds: to let us in, to take an e-mail, to keep it.

    After the final dot RFC 5321 (4.5.3.2.6) asks for ten minutes: whoever gives up earlier sends
    the same e-mail again and again to a server that keeps each.
    """

    connect: float = 30
    exchange: float = 60
    after_dot: float = 600


class _Refused(Exception):
    """A reply other than the one that was asked for."""

    def __init__(self, code: int, text: bytes) -> None:
        super().__init__(said_by(code, text))
        self.code, self.text = code, text


def _expect(reply: tuple[int, bytes], *codes: int) -> None:
    if reply[0] not in codes:
        raise _Refused(*reply)


def _is_done(reply: tuple[int, bytes]) -> None:
    """Take any answer of success: its first digit says so, whatever follows (RFC 5321, 4.3.2)."""
    if not 200 <= reply[0] < 300:
        raise _Refused(*reply)


class SmtpConnection:
    """One connection: opened when needed, reset after a refusal, opened anew after a drop."""

    def __init__(
        self, server: MailServer, patience: Patience, context: ssl.SSLContext, name: str
    ) -> None:
        self._server, self._patience, self._context = server, patience, context
        self._name = name
        self._limit = Limit()
        self._smtp: smtplib.SMTP | None = None
        self._stage = "connect"
        self._gate = threading.Lock()
        self._handed_over = self._aborted = False

    def ready(self) -> None:
        """Connect unless connected; raises ServerFault."""
        if self._smtp is not None:
            return
        if self._aborted:
            raise ServerFault("connect", "given up")
        self._limit.start(self._patience.connect)
        self._stage = "connect"
        try:
            self._open()
        except (OSError, _Refused, ValueError) as fault:
            stage = self._stage
            self._drop()
            raise ServerFault(stage, str(fault) or type(fault).__name__) from fault

    def _open(self) -> None:
        server = self._server
        sock = connect(server.host, server.port, self._limit)
        smtp = self._smtp = smtplib.SMTP(local_hostname=self._name)
        smtp.sock = sock
        if server.tls:
            self._stage = "starttls"
            smtp.sock = secured(sock, self._context, server.host)
        self._stage = "greeting"
        _expect(smtp.getreply(), 220)
        self._stage = "ehlo"
        secret = server.tls
        if smtp.ehlo()[0] != 250:
            _expect(smtp.helo(), 250)
        if not server.tls and not server.plain and smtp.has_extn("starttls"):
            self._stage = "starttls"
            _expect(smtp.docmd("STARTTLS"), 220)
            smtp.sock = secured(sock, self._context, server.host)
            smtp.file, smtp.ehlo_resp, smtp.esmtp_features = None, None, {}
            smtp.does_esmtp, secret = False, True
            _expect(smtp.ehlo(), 250)
        if not secret and server.must_encrypt:
            self._stage = "starttls"
            raise OSError("the server offers no TLS, so nothing is sent (see ?tls=off)")
        if server.user:
            if not secret and not server.plain:
                self._stage = "starttls"
                raise OSError("the server offers no TLS, so the password is not sent")
            self._stage = "auth"
            self._sign_in(smtp)

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        known = smtp.esmtp_features.get("auth", "").upper().split()
        user, password = self._server.user.encode(), self._server.password.encode()
        if "PLAIN" in known:  # RFC 4616: UTF-8, which smtplib does not send
            word = base64.b64encode(b"\0" + user + b"\0" + password).decode()
            _expect(smtp.docmd("AUTH", f"PLAIN {word}"), 235, 503)
        elif "LOGIN" in known:
            _expect(smtp.docmd("AUTH", f"LOGIN {base64.b64encode(user).decode()}"), 334)
            _expect(smtp.docmd(base64.b64encode(password).decode()), 235)
        else:
            smtp.login(self._server.user, self._server.password)

    def send(self, message: EmailMessage) -> None:
        """Carry one e-mail, connecting first where needed.

        Raises what Transport.send does, and Dropped when it may go at once on a new connection.
        """
        self.ready()
        smtp = self._smtp
        if smtp is None:
            raise ServerFault("connect", "not connected")
        sender, to = _address(message, "From"), _address(message, "To")
        wide = not (sender.isascii() and to.isascii())
        if wide and not smtp.has_extn("smtputf8"):
            raise Undeliverable("the mail server takes no addresses outside ASCII")
        body = _on_the_wire(message, wide)
        try:
            self._hand_over(smtp, sender, to, body, ("SMTPUTF8", "BODY=8BITMIME") if wide else ())
        except _Refused as refused:
            raise self._refused(smtp, refused) from refused
        except OSError as failed:
            raise self._failed(failed) from failed
        finally:
            self._handed_over = False

    def _hand_over(
        self, smtp: smtplib.SMTP, sender: str, to: str, body: bytes, options: tuple[str, ...]
    ) -> None:
        self._limit.start(self._patience.exchange)
        self._stage = "mail"
        _is_done(smtp.mail(sender, options))
        self._stage = RCPT
        _is_done(smtp.rcpt(to))
        self._stage = DATA
        _expect(smtp.docmd("DATA"), 354)
        smtp.send(body)
        with self._gate:
            if self._aborted:
                raise OSError("given up before the final dot")
            self._handed_over = True
        self._stage = DOT
        self._limit.start(self._patience.after_dot)
        smtp.send(b".\r\n")
        _is_done(smtp.getreply())

    def _refused(self, smtp: smtplib.SMTP, refused: _Refused) -> Exception:
        said, stage = str(refused), self._stage
        if refused.code == CLOSING:
            self._drop()
            return Deferred(said) if stage == DOT else self._dropped(said)
        if stage in (RCPT, DATA) and refused.code < 400:
            # It waits for nothing that we could say; it may be so with this recipient alone.
            self._drop()
            return Doubtful(stage, said)
        try:
            _expect(smtp.docmd("RSET"), 250)
        except (OSError, _Refused):
            self._drop()
        if stage == "mail":
            return ServerFault(stage, said)
        if refused.code < 400:  # neither yes nor no: nobody knows whether it was kept
            return Deferred(said)
        return judged(stage, refused.code, refused.text)

    def _failed(self, failed: OSError) -> Exception:
        stage, said = self._stage, str(failed) or "disconnected"
        late = self._limit.passed or TimeoutError in (type(failed), type(failed.__context__))
        self._drop()
        if stage == DOT:
            return Deferred(f"no answer after the final dot: {said}")
        if not late:
            return self._dropped(said)
        said = f"no answer in time at {stage.upper()}"
        return ServerFault(stage, said) if stage == "mail" else Doubtful(stage, said)

    def _dropped(self, said: str) -> Dropped:
        stage = self._stage
        fault = ServerFault(stage, said) if stage == "mail" else Doubtful(stage, said)
        return Dropped(said, fault)

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError):
                smtp.close()

    def close(self) -> None:
        """Take leave, a moment long at the most."""
        if self._smtp is not None:
            self._limit.start(2)
            with suppress(OSError):
                self._smtp.quit()
        self._drop()

    def abort(self) -> None:
        """End what goes on, unless the server has the whole e-mail and its answer is awaited."""
        with self._gate:
            self._aborted = True
            smtp = self._smtp
            if self._handed_over or smtp is None or smtp.sock is None:
                return
            with suppress(OSError):
                smtp.sock.shutdown(socket.SHUT_RDWR)


def _address(message: EmailMessage, name: str) -> str:
    return str(message[name].addresses[0].addr_spec)


def _on_the_wire(message: EmailMessage, wide: bool) -> bytes:
    # Lines end in CRLF, and one that begins with a dot gets another (RFC 5321, 4.5.2).
    text = BytesIO()
    policy = SMTPUTF8 if wide else SMTP
    BytesGenerator(text, policy=policy).flatten(message)
    raw = text.getvalue()
    return DOTS.sub(b"..", raw if raw.endswith(b"\r\n") else raw + b"\r\n")


@dataclass(frozen=True)
class SmtpTransport:
    """Carries e-mails to the server of an address such as `smtp://user:word@mail.example:587`."""

    url: str = field(repr=False)
    patience: Patience = Patience()
    context: ssl.SSLContext = field(default_factory=verifying, repr=False)

    def connection(self) -> SmtpConnection:
        """A new connection, not open yet."""
        return SmtpConnection(mail_server(self.url), self.patience, self.context, _own_name())

    def send(self, message: EmailMessage) -> None:
        """Carry one e-mail over a connection of its own."""
        with closing(self.connection()) as made:
            try:
                made.send(message)
            except Dropped as dropped:
                raise dropped.fault from dropped


def _own_name() -> str:
    # A full name, or a literal (RFC 5321, 4.1.3): no resolver is asked.
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"
