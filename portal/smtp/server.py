"""The address of the mail server, as the settings give it."""

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\.?")
BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
NO_TLS: Final = "tls=off"


@dataclass(frozen=True)
class MailServer:
    """Where e-mails are handed over: `tls` from the start, or by STARTTLS unless `plain`.

    On this machine STARTTLS is used where it is offered; elsewhere nothing goes without it.
    """

    host: str
    port: int
    tls: bool = False
    plain: bool = False
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def must_encrypt(self) -> bool:
        """Whether nothing goes to the server without TLS."""
        return not self.plain and not _is_loopback(self.host)

    @property
    def privacy(self) -> str:
        """How e-mails go there: encrypted, not encrypted, or without leaving this machine."""
        if self.tls or self.must_encrypt:
            return "encrypted"
        return "on this machine" if _is_loopback(self.host) else "not encrypted"


def mail_server(url: str) -> MailServer:
    """The server of `smtp://user:word@host:587` or `smtps://user:word@host:465`, decoded.

    `?tls=off` leaves TLS out; with a password only for a server on this machine. Raises ValueError
    with the rest of a sentence that begins with the name of the setting, without the password.
    """
    if any(c.isspace() or not c.isprintable() for c in url):
        raise ValueError("holds a blank or a control character; write a blank as %20")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as bad:
        raise ValueError(
            "holds no host and port that can be read: a port is a number from 1 to 65535, and in "
            "name and password / ? # @ : are written as %2F %3F %23 %40 %3A"
        ) from bad
    if parts.scheme not in ("smtp", "smtps") or "://" not in url:
        raise ValueError("must begin with smtp:// or smtps://")
    return _server(parts, port)


def _server(parts: SplitResult, port: int | None) -> MailServer:
    host, tls = parts.hostname or "", parts.scheme == "smtps"
    if not (HOST.fullmatch(host) or _is_address(host)):
        raise ValueError("must name the host of the mail server, as in smtp://mail.example:587")
    if port == 0 or (port is None and tls):
        raise ValueError("must name a port, as in smtps://mail.example:465")
    if parts.path not in ("", "/") or parts.fragment or parts.netloc.count("@") > 1:
        raise ValueError(
            "holds more than host and port; in name and password / ? # @ are written as "
            "%2F %3F %23 %40"
        )
    if parts.query not in ("", NO_TLS):
        raise ValueError(f"holds an option that is not known; the only one is ?{NO_TLS}")
    plain = parts.query == NO_TLS
    if plain and (tls or (parts.username and not _is_loopback(host))):
        raise ValueError(
            f"may say ?{NO_TLS} only with smtp://, and with a password only for a server on this"
            " machine"
        )
    user, password = _decoded(parts.username or ""), _decoded(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError("must name both user and password, or neither")
    return MailServer(host, port or 25, tls, plain, user, password)


def _decoded(text: str) -> str:
    if BAD_ESCAPE.search(text):
        raise ValueError("holds a % that is no code such as %2F; write it as %25")
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError as bad:
        raise ValueError("holds codes that are not UTF-8") from bad


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)
