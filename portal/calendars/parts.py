"""An invitation as an e-mail: the plain text, the calendar beside it, and the same as a file.

The shape is what the large programs agree on (iMIP, RFC 6047): the part of type text/calendar makes
the buttons "yes" and "no" appear; the file is for all who know only files.
"""

import hashlib
from email.message import EmailMessage
from typing import Final

FILE: Final = "invitation.ics"


def attach(message: EmailMessage, ics: bytes, method: str) -> None:
    """Put a calendar with this METHOD into an e-mail of plain text; the same input, the same bytes.

    Raises ValueError where the calendar says another method, which receivers would refuse, and
    where the e-mail has no Message-ID or is not of plain text alone.
    """
    if f"\r\nMETHOD:{method}\r\n".encode() not in ics:
        raise ValueError("the calendar has another method")
    if not message["Message-ID"] or message.get_content_type() != "text/plain":
        raise ValueError("a calendar goes into a letter of plain text that has its Message-ID")
    mark = _mark(message, ics)
    # As bytes and base64: as text, lines would lose the endings that RFC 5545 asks for.
    message.make_alternative(boundary=f"=_{mark}-alternative")
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
    for part in message.walk():
        if part is not message:
            del part["MIME-Version"]  # it belongs to the e-mail alone (RFC 2045, 4)


def _mark(message: EmailMessage, ics: bytes) -> str:
    # Of the Message-ID and all that is said: who writes a text knows the former, and could else
    # write a line that ends the part early.
    said = message.get_payload(decode=True)
    text = said if isinstance(said, bytes) else b""
    digest = hashlib.sha256()
    for piece in (str(message["Message-ID"]).encode(), text, ics):
        digest.update(hashlib.sha256(piece).digest())
    return digest.hexdigest()[:32]
