"""The mailbox of the demo world: takes every e-mail, shows them on a page, sends nothing on."""

import email
import html
import os
import re
import smtplib
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from aiosmtpd.controller import Controller

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;background:#f7f6f2;color:#17252b;max-width:52rem;"
    "margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}h1{font-size:1.4rem}"
    "li{margin:.4rem 0}iframe{width:100%;height:44rem;"
    "border:1px solid #d9d6cc;background:#fff}pre{white-space:pre-wrap;"
    "overflow-wrap:anywhere;background:#fff;"
    "border:1px solid #d9d6cc;padding:1rem}a{color:#0b5a75}"
)


SAID = {"ACCEPTED": "Accept", "TENTATIVE": "Tentative", "DECLINED": "Decline"}
# What an e-mail holds as HTML runs nothing and loads nothing; a click may open its link in a tab.
POPUPS = "allow-popups allow-popups-to-escape-sandbox"
FRAMED = f"sandbox {POPUPS}; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
PAGE = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
LINK = re.compile(r"https?://[^\s<>&]+")


class Taker:
    """Writes each e-mail to a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Keep the e-mail; the number of the file is its order."""
        number = len(list(self.folder.glob("*.eml")))
        (self.folder / f"{number:06d}.eml").write_bytes(envelope.content)
        return "250 kept"


class Page(BaseHTTPRequestHandler):
    """The list of e-mails at `/`, one e-mail at `/<number>`, its HTML at `/<number>/html`."""

    folder: Path
    hosts: frozenset[str]

    def do_GET(self) -> None:
        """Answer with a page; requests for other hosts are refused (DNS rebinding)."""
        if self.headers.get("Host", "") not in self.hosts:
            return self.send_error(403)
        name, _, part = self.path.strip("/").partition("/")
        if not name:
            return self._show("Mailbox", self._list())
        path = self.folder / f"{name}.eml"
        if not name.isdigit() or not path.is_file() or part not in ("", "html"):
            return self.send_error(404)
        message = _read(path)
        if part:
            framed = _part(message, "text/html").replace("<a ", "<a target=_blank ")
            return self._send(framed.encode(), FRAMED)
        heads = "".join(
            f"<br>{key}: {html.escape(str(message[key]))}"
            for key in ("From", "To", "Date", "Message-ID")
        )
        body = LINK.sub(r"<a href='\g<0>'>\g<0></a>", html.escape(_part(message, "text/plain")))
        text = f"<p><a href='/'>All e-mails</a></p><p>{heads}</p>"
        # The frame stands last: a click beside one that is scrolled by can be lost to it.
        text += f"<h2>Plain text</h2><pre>{body}</pre>{_calendar(message, name)}"
        if _part(message, "text/html"):
            text += f"<iframe sandbox='{POPUPS}' title='HTML' src='/{name}/html'></iframe>"
        return self._show(str(message["Subject"]), text)

    def do_POST(self) -> None:
        """Answer an invitation as a calendar program would: by a mail to its organiser."""
        own = {f"http://{host}" for host in self.hosts}
        if self.headers.get("Host", "") not in self.hosts or self.headers.get("Origin") not in own:
            return self.send_error(403)
        name, _, said = self.path.strip("/").partition("/")
        path = self.folder / f"{name}.eml"
        if not name.isdigit() or not path.is_file() or said not in SAID:
            return self.send_error(404)
        answer(_part(_read(path), "text/calendar"), said)
        self.send_response(303)
        self.send_header("Location", "/")
        self.end_headers()
        return None

    def _list(self) -> str:
        rows = []
        for path in sorted(self.folder.glob("*.eml"), reverse=True)[:200]:
            message = _read(path)
            words = html.escape(f"{message['Subject']} → {message['To']}")
            rows.append(f"<li><a href='/{path.stem}'>{words}</a></li>")
        return f"<ul>{''.join(rows)}</ul>" if rows else "<p>No e-mails yet.</p>"

    def _show(self, title: str, body: str) -> None:
        page = (
            f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport "
            f"content='width=device-width'><title>{html.escape(title)}</title><style>{STYLE}</style>"
            f"<main><h1>{html.escape(title)}</h1>{body}</main></html>"
        ).encode()
        self._send(page, PAGE)

    def _send(self, page: bytes, policy: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_words: Any) -> None:
        """Say nothing: the list is the log."""


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=default)


def _part(message: EmailMessage, kind: str) -> str:
    for part in message.walk():
        if part.get_content_type() == kind:
            content = part.get_payload(decode=True)
            return content.decode(errors="replace") if isinstance(content, bytes) else ""
    return ""


def _calendar(message: EmailMessage, name: str) -> str:
    ics = _part(message, "text/calendar")
    buttons = "".join(
        f"<form method=post action='/{name}/{said}'><button>{words}</button></form>"
        for said, words in SAID.items()
        if "METHOD:REQUEST" in ics
    )
    return f"<h2>What a calendar reads</h2>{buttons}<pre>{html.escape(ics)}</pre>" if ics else ""


def answer(ics: str, said: str) -> None:
    """Mail METHOD:REPLY (RFC 5546, 3.2.3) to the organiser of an invitation, by LMTP."""
    lines = ics.replace("\r\n ", "").splitlines()
    kept = [line for line in lines if line.startswith(("UID:", "SEQUENCE:", "DTSTART", "DTEND"))]
    (organiser,) = (line for line in lines if line.startswith("ORGANIZER"))
    (attendee,) = (line for line in lines if line.startswith("ATTENDEE"))
    to, by = (unquote(line.rpartition("mailto:")[2]) for line in (organiser, attendee))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    reply = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mailbox//EN", "METHOD:REPLY"),
        *("BEGIN:VEVENT", f"DTSTAMP:{stamp}", *kept, organiser),
        *(f"ATTENDEE;PARTSTAT={said}:mailto:{by}", "END:VEVENT", "END:VCALENDAR", ""),
    ]
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = by, to, f"{said.title()}: invitation"
    mail.set_content(
        "\r\n".join(reply).encode(), "text", "calendar", cte="base64", params={"method": "REPLY"}
    )
    inbound = urlsplit(os.environ["MAILBOX_ANSWERS"])
    with smtplib.LMTP(inbound.hostname or "127.0.0.1", inbound.port or 24, timeout=10) as server:
        server.send_message(mail, from_addr=by, to_addrs=[to])


def main(smtp_port: int, web_port: int, folder: Path) -> None:
    """Take e-mails and show them until stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    Page.folder = folder
    Page.hosts = frozenset({f"127.0.0.1:{web_port}", f"localhost:{web_port}"})
    Controller(Taker(folder), hostname="127.0.0.1", port=smtp_port).start()
    ThreadingHTTPServer(("127.0.0.1", web_port), Page).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(os.environ["MAILBOX_FOLDER"]))
