"""The mailbox of the demo world: takes every letter, shows them on a page, sends nothing on."""

import email
import html
import os
import sys
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;background:#f7f6f2;color:#17252b;max-width:52rem;"
    "margin:2rem auto;padding:0 1rem}li{margin:.4rem 0}pre{white-space:pre-wrap;background:#fff;"
    "border:1px solid #d9d6cc;padding:1rem}a{color:#0b5a75}"
)


class Taker:
    """Writes each letter to a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Keep the letter; the number of the file is its order."""
        number = len(list(self.folder.glob("*.eml")))
        (self.folder / f"{number:06d}.eml").write_bytes(envelope.content)
        return "250 kept"


class Page(BaseHTTPRequestHandler):
    """The list of letters at `/`, one letter at `/<number>`."""

    folder: Path
    hosts: frozenset[str]

    def do_GET(self) -> None:
        """Answer with a page; requests for other hosts are refused (DNS rebinding)."""
        if self.headers.get("Host", "") not in self.hosts:
            return self.send_error(403)
        name = self.path.strip("/")
        if not name:
            return self._show("Mailbox", self._list())
        path = self.folder / f"{name}.eml"
        if not name.isdigit() or not path.is_file():
            return self.send_error(404)
        letter = _read(path)
        body = letter.get_content()
        heads = "".join(
            f"<br>{key}: {html.escape(str(letter[key]))}"
            for key in ("From", "To", "Date", "Message-ID")
        )
        text = f"<p><a href='/'>All letters</a></p><p>{heads}</p><pre>{html.escape(body)}</pre>"
        return self._show(str(letter["Subject"]), text)

    def _list(self) -> str:
        rows = []
        for path in sorted(self.folder.glob("*.eml"), reverse=True)[:200]:
            letter = _read(path)
            words = html.escape(f"{letter['Subject']} → {letter['To']}")
            rows.append(f"<li><a href='/{path.stem}'>{words}</a></li>")
        return f"<ul>{''.join(rows)}</ul>" if rows else "<p>No letter has come yet.</p>"

    def _show(self, title: str, body: str) -> None:
        page = (
            f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport "
            f"content='width=device-width'><title>{html.escape(title)}</title><style>{STYLE}</style>"
            f"<main><h1>{html.escape(title)}</h1>{body}</main></html>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_words: Any) -> None:
        """Say nothing: the list is the log."""


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=default)


def main(smtp_port: int, web_port: int, folder: Path) -> None:
    """Take letters and show them until stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    Page.folder = folder
    Page.hosts = frozenset({f"127.0.0.1:{web_port}", f"localhost:{web_port}"})
    Controller(Taker(folder), hostname="127.0.0.1", port=smtp_port).start()
    ThreadingHTTPServer(("127.0.0.1", web_port), Page).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(os.environ["MAILBOX_FOLDER"]))
