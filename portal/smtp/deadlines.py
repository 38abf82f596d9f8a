"""Sockets that keep a deadline over a whole exchange, however the peer spreads its bytes.

The limit of a plain socket counts anew with each read, so a peer that sends a byte now and then
holds it for ever. Here each read and each write is given what is left of the exchange, and what the
peer may say in one exchange is bounded too.
"""

import socket
import ssl
import threading
from time import monotonic
from typing import Any, Final

MOST_BYTES: Final = 1_000_000


class Limit:
    """What one exchange may still take; shared by a connection and its socket."""

    def __init__(self) -> None:
        self.until = 0.0
        self.room = 0

    def start(self, seconds: float) -> None:
        """Begin an exchange of at most so many seconds."""
        self.until, self.room = monotonic() + seconds, MOST_BYTES

    def left(self) -> float:
        """Seconds that are left; raises TimeoutError when there are none."""
        left = self.until - monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left

    @property
    def passed(self) -> bool:
        """Whether its time is over."""
        return monotonic() >= self.until

    def count(self, many: int) -> int:
        """Count what came; raises OSError when the peer says too much."""
        self.room -= many
        if self.room < 0:
            raise OSError("the server says too much")
        return many


class TimedSocket(socket.socket):
    """A plain socket under a limit."""

    limit: Limit

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read, for as long as the exchange may still take."""
        self.settimeout(self.limit.left())
        return self.limit.count(super().recv_into(*args, **kwargs))

    def sendall(self, *args: Any, **kwargs: Any) -> None:
        """Write, for as long as the exchange may still take."""
        self.settimeout(self.limit.left())
        super().sendall(*args, **kwargs)


class TimedTls(ssl.SSLSocket):
    """A socket with TLS under a limit; writing it all goes by `send`."""

    limit: Limit

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read, for as long as the exchange may still take."""
        self.settimeout(self.limit.left())
        return self.limit.count(super().recv_into(*args, **kwargs))

    def send(self, *args: Any, **kwargs: Any) -> int:
        """Write a part, for as long as the exchange may still take."""
        self.settimeout(self.limit.left())
        return super().send(*args, **kwargs)


def connect(host: str, port: int, limit: Limit) -> TimedSocket:
    """A socket to the first address of the host that answers; raises OSError."""
    fault: OSError = OSError("the host has no address")
    for family, kind, protocol, _name, address in _addresses(host, port, limit):
        made = TimedSocket(family, kind, protocol)
        made.limit = limit
        try:
            made.settimeout(limit.left())
            made.connect(address)
            # The final dot goes by itself; held back, it would wait 40 ms for the other side.
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as failed:
            made.close()
            fault = failed
        else:
            return made
    raise fault


def _addresses(host: str, port: int, limit: Limit) -> list[Any]:
    # The resolver takes no deadline, so it is asked beside us.
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as failed:
            found.append(failed)

    asker = threading.Thread(target=ask, daemon=True)
    asker.start()
    asker.join(limit.left())
    if not found:
        raise TimeoutError("the name of the host was not resolved in time")
    if isinstance(found[0], OSError):
        raise found[0]
    return list(found[0])


def secured(sock: TimedSocket, context: ssl.SSLContext, host: str) -> TimedTls:
    """The socket with TLS, the peer's certificate checked; `context` makes TimedTls."""
    limit = sock.limit
    sock.settimeout(limit.left())
    made = context.wrap_socket(sock, server_hostname=host)
    if not isinstance(made, TimedTls):
        raise TypeError("the context does not make sockets with a limit")
    made.limit = limit
    return made


def verifying() -> ssl.SSLContext:
    """A context that checks certificates against the authorities of the system."""
    context = ssl.create_default_context()
    context.sslsocket_class = TimedTls
    return context
