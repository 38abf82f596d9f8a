"""Takes replies to invitations from the mail server of the portal, one mail at a time.

It listens by LMTP (RFC 2033) or SMTP rather than read a mailbox: no password of a mailbox is kept,
a mail server hands over by one line of its routes, who writes is told at once of a refusal, and
nothing polls. It is meant for the mail server alone: bind it to loopback or to an inner network.
"""

import logging
from asyncio import AbstractServer
from collections.abc import Awaitable, Callable
from socket import AF_INET, AF_INET6, create_server, socket
from types import TracebackType
from typing import Any, Final, Self

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from portal.calendars.mail import LARGEST
from portal.calendars.replies import Reply, reply_in, token_in

READY: Final = 30.0  # seconds to start in, on a busy machine
IDLE: Final = 60.0  # seconds that a silent caller is kept
TAKEN = "250 2.0.0 taken"
NO_MAILBOX = "550 5.1.1 no such mailbox"
ONE_BY_ONE = "452 4.5.3 one recipient at a time"
LATER = "451 4.3.0 try again later"

log = structlog.get_logger()


class Listener:
    """Gives each mail that comes in, as it was read, to `take`: in one thread, one by one.

    `take` says False where the token is nobody's, and raises what may pass, after which the mail
    comes again; since an acknowledgement can get lost, the same mail may come twice.
    """

    def __init__(self, take: Callable[[Reply], bool], host: str, port: int, lmtp: bool) -> None:
        self._take = take
        self._place = (host, port)
        self._dialect = LMTP if lmtp else SMTP
        self._controller: _Listener | None = None

    @property
    def port(self) -> int:
        """Where it listens; told to listen at 0, it took any free port."""
        return self._place[1] if self._controller is None else int(self._controller.port)

    def start(self) -> None:
        """Listen from now on; raises OSError when the port is taken."""
        # The library notes what callers type, and so the tokens in their addresses.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
        family = AF_INET6 if ":" in self._place[0] else AF_INET
        controller = _Listener(
            create_server(self._place, family=family), self._dialect, _Taker(self._take)
        )
        controller.start()
        self._controller = controller

    def stop(self) -> None:
        """End it: an answer that is being taken is taken to its end, all others come again."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Listener(Controller):
    """A controller on a port that is held already, which speaks the dialect that it is told to."""

    def __init__(self, held: socket, dialect: type[SMTP], taker: "_Taker") -> None:
        host, port = held.getsockname()[:2]
        self._held = held
        self._dialect = dialect
        super().__init__(
            taker,
            hostname=host,
            port=port,
            ready_timeout=READY,
            server_hostname=host,
            ident="Good Offices",
            data_size_limit=LARGEST,
            timeout=IDLE,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
        )

    def factory(self) -> SMTP:
        return self._dialect(self.handler, **self.SMTP_kwargs)

    def _create_server(self) -> Awaitable[AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._held)


class _Taker:
    """What is answered to the commands of a mail server; the names are those aiosmtpd calls."""

    def __init__(self, take: Callable[[Reply], bool]) -> None:
        self._take = take

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if token_in(address) is None:
            return NO_MAILBOX
        # A mail has one answerer; and LMTP would want an answer for each, which aiosmtpd omits.
        if envelope.rcpt_tos:
            return ONE_BY_ONE
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 go on"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        sender = (envelope.mail_from or "").strip("<>")
        reply = reply_in(envelope.content, envelope.rcpt_tos, sender)
        if reply is None:
            return NO_MAILBOX
        try:
            # A refusal is not told: who guesses tokens would learn which of them are somebody's.
            self._take(reply)
        except Exception as error:
            # By its kind alone: the text of an error may repeat what the mail said.
            log.error("an answer to an invitation could not be taken", kind=type(error).__name__)
            return LATER
        return TAKEN

    async def handle_exception(self, error: Exception) -> str:
        log.error("a mail could not be received", kind=type(error).__name__)
        return LATER
