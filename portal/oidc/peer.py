"""Asking a provider over the network, so that one that hangs, drips or lies holds nobody up.

An exchange has one deadline for all of it: looking up the name, connecting, TLS, the question and
each byte of the answer. At most two exchanges with a provider run at once, and one more waits a
moment for its turn; whoever comes then is refused at once, and so is everybody for some seconds
after a deadline has passed. So a silent provider costs a process two of its threads for some
seconds, never all of them.
"""

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from portal.errors import PortalError

LARGEST: Final = 256 * 1024  # bytes of an answer
AT_ONCE: Final = 2  # exchanges with one provider
ALTOGETHER: Final = 3  # of all providers, those that wait for their turn among them
TURN: Final = 1.0  # seconds of waiting for it
REST: Final = timedelta(seconds=10)  # after a deadline has passed


class Unreachable(PortalError):
    """The provider does not answer, or not in time; the message says what was seen."""


class Untrue(PortalError):
    """The provider's answer is not one that OpenID providers give; the message says why."""


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers, and the body as it is."""

    status: int
    headers: httpx.Headers
    body: bytes

    def document(self) -> dict[str, Any]:
        """The JSON object that an answer of status 200 holds; raises Untrue, or Unreachable."""
        if self.status != 200:
            raise self.refusal()
        return self.json()

    def json(self) -> dict[str, Any]:
        """The JSON object in it; raises Untrue for anything else."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError) as bad:
            raise Untrue("its answer is not JSON") from bad
        if not isinstance(found, dict):
            raise Untrue("its answer is not a JSON object")
        return found

    def refusal(self) -> PortalError:
        """What an answer of another status means."""
        busy = self.status >= 500 or self.status == 429
        return (Unreachable if busy else Untrue)(f"it answered with status {self.status}")


class _Loop(asyncio.SelectorEventLoop):
    """The loop of one exchange, which breaks off the connections that are left at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._opened: list[asyncio.WriteTransport] = []

    async def create_connection(self, *arguments: Any, **named: Any) -> Any:
        """Connect, and remember it: a TLS handshake that is cancelled is closed by nobody else."""
        transport, protocol = await super().create_connection(*arguments, **named)
        self._opened.append(transport)
        return transport, protocol

    async def clear(self) -> None:
        """Break off what is open; it is closed in the next turn."""
        await self.shutdown_asyncgens()
        for transport in self._opened:
            transport.abort()
        await asyncio.sleep(0)


class Peer:
    """A provider as a peer on the network; one for each provider and process."""

    def __init__(
        self, tls: ssl.SSLContext, places: threading.BoundedSemaphore, seconds: float
    ) -> None:
        self.deadline = seconds  # for a whole exchange
        self._tls = tls
        self._places = places
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._rests_until: datetime | None = None

    @contextmanager
    def turn(self, now: datetime) -> Iterator[None]:
        """Wait a moment for a place; raises Unreachable where there is none, or it rests."""
        if self._rests_until is not None and now < self._rests_until:
            raise Unreachable("it did not answer a moment ago")
        if not self._places.acquire(blocking=False):
            raise Unreachable("too many wait for providers")
        try:
            if not self._turns.acquire(timeout=TURN):
                raise Unreachable("too many wait for it")
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()

    def ask(
        self,
        url: str,
        now: datetime,
        *,
        form: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
        largest: int = LARGEST,
    ) -> Answer:
        """Ask for a document, or post a form; to be called within `turn`.

        Redirects are not followed. Raises Unreachable, and Untrue for an answer that is too large.
        """
        try:
            # In a thread of its own, since whoever asks may be in an event loop already.
            with ThreadPoolExecutor(max_workers=1) as alone:
                return alone.submit(self._exchange, url, form, auth, largest).result()
        except TimeoutError as late:
            self._rests_until = now + timedelta(seconds=self.deadline) + REST
            raise Unreachable(f"no whole answer in {self.deadline:g} seconds") from late
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as bad:
            raise Untrue("the address is none that can be asked") from bad
        except (httpx.HTTPError, OSError) as fault:
            raise Unreachable(f"no answer ({type(fault).__name__})") from fault

    def _exchange(self, *question: Any) -> Answer:
        loop = _Loop()
        try:
            return loop.run_until_complete(self._ask(*question))
        finally:
            loop.run_until_complete(loop.clear())
            loop.close()  # does not wait for a look-up of names that hangs

    async def _ask(
        self, url: str, form: Mapping[str, str] | None, auth: httpx.Auth | None, largest: int
    ) -> Answer:
        method, plain = ("GET", None) if form is None else ("POST", dict(form))
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        async with (
            asyncio.timeout(self.deadline),
            httpx.AsyncClient(verify=self._tls, timeout=self.deadline, headers=headers) as client,
            client.stream(method, url, data=plain, auth=auth) as answer,
        ):
            body = b""
            async for part in answer.aiter_raw():
                body += part
                if len(body) > largest:
                    raise Untrue("its answer is too large")
            return Answer(answer.status_code, answer.headers, body)
