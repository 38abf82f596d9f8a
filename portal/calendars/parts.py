"""The parts of an e-mail: its text, the same as HTML, a calendar beside them, and it as a file.

The shape is what the large programs agree on (iMIP, RFC 6047): the part of type text/calendar makes
the buttons "yes" and "no" appear; the file is for all who know only files.
"""

import hashlib
from email.message import EmailMessage
from typing import Final

FILE: Final = "invitation.ics"


def put_text(message: EmailMessage, text: str, html: str) -> None:
    """Give an e-mail its text, and the same as HTML; the same input, the same bytes.

    Raises ValueError where the e-mail has no Message-ID.
    """
    if not message["Message-ID"]:
        raise ValueError("an e-mail has its Message-ID before its text")
    message.set_content(text)
    message.make_alternative(boundary=f"=_{_mark(message, text, html)}-alternative")
    message.add_alternative(html, subtype="html")
    _tidy(message)


def attach(message: EmailMessage, ics: bytes, method: str) -> None:
    """Put a calendar with this METHOD beside the text of an e-mail; the same input, the same bytes.

    Raises ValueError where the calendar says another method, which receivers would refuse, and
    where the e-mail does not come from `put_text`.
    """
    if f"\r\nMETHOD:{method}\r\n".encode() not in ics:
        raise ValueError("the calendar has another method")
    if message.get_content_type() != "multipart/alternative":
        raise ValueError("a calendar goes beside a text")
    texts = [str(part.get_payload()) for part in message.iter_parts()]
    mark = _mark(message, *texts, ics.decode())
    message.set_boundary(f"=_{mark}-alternative")
    # As bytes and base64: as text, lines would lose the endings that RFC 5545 asks for.
    message.add_alternative(
        ics,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"method": method, "charset": "utf-8", "component": "VEVENT"},
    )
    message.make_mixed(boundary=f"=_{mark}-mixed")
    message.add_attachment(
        ics, maintype="application", subtype="ics", filename=FILE, params={"name": FILE}
    )
    _tidy(message)


def _tidy(message: EmailMessage) -> None:
    for part in message.walk():
        if part is not message:
            del part["MIME-Version"]  # it belongs to the e-mail alone (RFC 2045, 4)


def _mark(message: EmailMessage, *said: str) -> str:
    # Of the Message-ID and all that is said: who writes a text knows the former, and could else
    # write a line that ends the part early.
    digest = hashlib.sha256()
    for piece in (str(message["Message-ID"]), *said):
        digest.update(hashlib.sha256(piece.encode()).digest())
    return digest.hexdigest()[:32]
