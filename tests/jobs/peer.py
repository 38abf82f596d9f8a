"""A mail server that can be silent, drip, lie or hold its breath at any stage, on a raw socket."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

SILENT, DRIP, CLOSE, FLOOD = "(silent)", "(drip)", "(close)", "(flood)"
GOOD = {
    "greeting": "220 peer.example",
    "ehlo": "250-peer.example\r\n250-AUTH PLAIN LOGIN\r\n250 SMTPUTF8",
    "helo": "250 peer.example",
    "starttls": "220 go on",
    "auth": "235 welcome",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go on",
    "dot": "250 kept",
    "rset": "250 ok",
    "noop": "250 ok",
    "quit": "221 bye",
}
# What is answered at a stage to an argument (the command line, or the address of the recipient).
Answer = Callable[[str, str], str | None]


@dataclass
class Peer:
    """What the server does, and what it has seen; `answer` returns None for what is usual."""

    answer: Answer = lambda _stage, _said: None
    port: int = 0
    taken: list[tuple[str, str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    connections: int = 0
    seen: list[tuple[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    open: list[socket.socket] = field(default_factory=list)
    wrap: Callable[[socket.socket], socket.socket] | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def stages(self, name: str) -> list[str]:
        """What was said at a stage."""
        return [said for stage, said in self.seen if stage == name]

    def serve(self, listening: socket.socket) -> None:
        while not self.over.is_set():
            try:
                sock, _address = listening.accept()
            except OSError:
                return
            self.connections += 1
            self.open.append(sock)
            threading.Thread(target=self.talk, args=(sock,), daemon=True).start()

    def talk(self, sock: socket.socket) -> None:
        lines = sock.makefile("rb")
        with suppress(OSError, EOFError, ValueError):
            self.reply(sock, "greeting", "")
            if self.converse(sock, lines) and self.wrap is not None:
                lines.close()
                sock = self.wrap(sock)
                self.open.append(sock)
                lines = sock.makefile("rb")
                self.converse(sock, lines)
        lines.close()
        sock.close()

    def converse(self, sock: socket.socket, lines: Any) -> bool:
        """Take commands; True where TLS begins."""
        to = ""
        while line := lines.readline():
            said = line.decode(errors="replace").strip()
            stage = said.partition(" ")[0].lower()
            if stage == "rcpt":
                to = said.partition("<")[2].partition(">")[0]
            self.reply(sock, stage, to if stage in ("rcpt", "data") else said)
            if stage == "quit":
                return False
            if stage == "starttls" and self.wrap is not None:
                return True
            if stage == "data" and self.usual("data", to):
                self.take(sock, lines, to)
        return False

    def take(self, sock: socket.socket, lines: Any, to: str) -> None:
        raw = b""
        while (line := lines.readline()) != b".\r\n":
            if not line:
                raise EOFError
            raw += line
        if self.usual("dot", to):
            self.raw.append(raw)
            self.taken.append((str(message_from_bytes(raw)["Message-ID"]), to))
        self.reply(sock, "dot", to)

    def usual(self, stage: str, said: str) -> bool:
        return self.answer(stage, said) in (None, GOOD[stage])

    def reply(self, sock: socket.socket, stage: str, said: str) -> None:
        self.seen.append((stage, said))
        answer = self.answer(stage, said) or GOOD.get(stage, "500 what")
        if answer == CLOSE:
            raise EOFError
        if answer == SILENT:
            self.over.wait()
            raise EOFError
        if answer in (DRIP, FLOOD):
            sock.sendall(b"250-")
            while not self.over.wait(0.02 if answer == DRIP else 0):
                sock.sendall(b"x" if answer == DRIP else b"250-xxxxxxxxxxxxxxxxxxxxxx\r\n" * 500)
            raise EOFError
        sock.sendall(answer.encode() + b"\r\n")


@contextmanager
def peer(answer: Answer = lambda _stage, _said: None, **more: Any) -> Iterator[Peer]:
    """A server on loopback, until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Peer(answer, listening.getsockname()[1], **more)
        thread = threading.Thread(target=made.serve, args=(listening,), daemon=True)
        thread.start()
        try:
            yield made
        finally:
            made.over.set()
            listening.shutdown(socket.SHUT_RDWR)
            for sock in made.open:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def at(stage: str, answer: str) -> Answer:
    """The same answer to everybody at one stage."""
    return lambda here, _said: answer if here == stage else None


def to(domain: str, stage: str, answer: str) -> Answer:
    """An answer at one stage to the recipients of one domain alone."""
    return lambda here, said: answer if here == stage and said.endswith(f"@{domain}") else None
