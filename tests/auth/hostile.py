"""Peers that take a connection and then hang, drip or lie: raw sockets on loopback."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Way = Callable[[socket.socket, threading.Event], None]
DRIP = 0.02  # seconds between two bytes: each read succeeds long before any limit of its own


def _hear(peer: socket.socket) -> None:
    heard = b""
    while b"\r\n\r\n" not in heard:
        if not (part := peer.recv(65536)):
            return
        heard += part


def silent(_peer: socket.socket, done: threading.Event) -> None:
    """Answers nothing, ever."""
    done.wait()


def _drip(peer: socket.socket, text: bytes, done: threading.Event) -> None:
    while not done.wait(DRIP):
        peer.sendall(text)


def dripping_head(peer: socket.socket, done: threading.Event) -> None:
    """Sends a header that never ends, a byte at a time."""
    _hear(peer)
    peer.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drip(peer, b"x", done)


def dripping_body(peer: socket.socket, done: threading.Event) -> None:
    """Sends a body that never ends, a byte at a time."""
    _hear(peer)
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    _drip(peer, b" ", done)


def interim(peer: socket.socket, done: threading.Event) -> None:
    """Says for ever that an answer will come (status 102)."""
    _hear(peer)
    _drip(peer, b"HTTP/1.1 102 Processing\r\n\r\n", done)


def saying(status: str, body: bytes, *headers: str) -> Way:
    """Answers every question with this."""

    def answer(peer: socket.socket, _done: threading.Event) -> None:
        _hear(peer)
        lines = [
            f"HTTP/1.1 {status}",
            f"Content-Length: {len(body)}",
            "Connection: close",
            *headers,
        ]
        peer.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    return answer


def endless(peer: socket.socket, done: threading.Event) -> None:
    """Sends as much as is taken."""
    _hear(peer)
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not done.is_set():
        peer.sendall(b"[" * 65536)


def hanging_up(_peer: socket.socket, _done: threading.Event) -> None:
    """Closes at once."""


def noise(peer: socket.socket, _done: threading.Event) -> None:
    """Speaks something that is no protocol of ours."""
    peer.sendall(b"\x16\x03\x01 220 mail.example ESMTP\r\n" * 50)


@dataclass
class Hostile:
    """A listening peer; `way` may be changed while it listens, `met` counts connections."""

    port: int
    way: Way
    met: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def issuer(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def let_go(self) -> None:
        """Hang up on everybody who waits, and on who comes."""
        self.way = hanging_up
        self.done.set()


@contextmanager
def listening(way: Way) -> Iterator[Hostile]:
    """A peer that treats every connection so."""
    threads, over = list[threading.Thread](), threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        hostile = Hostile(server.getsockname()[1], way)

        def meet(peer: socket.socket) -> None:
            with peer:
                try:
                    hostile.way(peer, hostile.done)
                except OSError:
                    return  # whoever asked has gone

        def accept() -> None:
            while True:
                try:
                    peer, _address = server.accept()
                except OSError:
                    return
                if over.is_set():
                    peer.close()
                    return
                hostile.met += 1
                threads.append(threading.Thread(target=meet, args=(peer,), daemon=True))
                threads[-1].start()

        endpoint = threading.Thread(target=accept, daemon=True)
        endpoint.start()
        try:
            yield hostile
        finally:
            over.set()
            hostile.done.set()
            with socket.create_connection(("127.0.0.1", hostile.port)):
                endpoint.join(timeout=10)
            for thread in threads:
                thread.join(timeout=10)
