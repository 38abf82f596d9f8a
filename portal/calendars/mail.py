"""From the bytes of a mail to the texts of the calendars in it, within bounds that anybody meets.

Mail comes from programs of all sorts and from whoever likes to keep a server busy: it is measured
before it is parsed, so that parsing costs little whatever its shape.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from typing import Final

from portal.calendars.itip import Unread

LARGEST: Final = 4 * 1024 * 1024  # bytes of a mail
MOST_PARTS, LONGEST_HEAD = 40, 2000
MOST_LINES: Final = 150_000  # the largest mail in base64 has 55,000
TYPED: Final = re.compile(
    rb"(?:\A|[\r\n])content-(type|disposition)[ \t]*:([^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*)",
    re.IGNORECASE,
)
BEGINS: Final = "BEGIN:VCALENDAR"
CALENDAR: Final = "text/calendar"
FILES: Final = frozenset({"application/ics", "application/calendar", "text/x-vcalendar"})
NAMES: Final = (".ics", ".vcs", ".ical")
TNEF: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
SEALED: Final = frozenset(
    {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
)
NO_CALENDAR: Final = "no-calendar"
NOT_BY_PEOPLE: Final = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply"})
ROBOTS: Final = re.compile(r"mailer-daemon|postmaster|owner-.*|.*-request|.*-bounces(\+.*)?")


def is_tame(raw: bytes) -> bool:
    """Whether a mail can be parsed without much memory, time or depth, whoever made it."""
    if len(raw) > LARGEST:
        return False
    nested = 1
    for parts, hit in enumerate(TYPED.finditer(raw), start=1):
        if parts > 2 * MOST_PARTS or len(hit[2]) > LONGEST_HEAD:
            return False
        nested += b"multipart" in hit[2].lower()
    lines = raw.count(b"\n") + raw.count(b"\r")
    return nested <= MOST_PARTS and lines <= MOST_LINES


def parsed(raw: bytes) -> Message:
    """The mail, as the standard library reads it."""
    return message_from_bytes(raw)


def calendars_in(mail: Message) -> list[str]:
    """The texts of its calendars: the parts that say so, else files, else text that looks like one.

    Not those of mails that are attached or returned. Raises Unread where there is none.
    """
    parts = list(_leaves(mail))
    said = [_text(part) for part in parts if part.get_content_type() == CALENDAR]
    files = [_text(part) for part in parts if _is_file(part)]
    others = [_text(part) for part in parts if part.get_content_type() == "text/plain"]
    for texts in (said, files, others):
        if found := [text for text in texts if BEGINS in text[:1000].upper()]:
            return found
    kinds = {part.get_content_type() for part in parts} | {mail.get_content_type()}
    if kinds & TNEF or any(_name(part) == "winmail.dat" for part in parts):
        raise Unread("tnef")
    if kinds & SEALED:
        raise Unread("encrypted")
    raise Unread("broken" if said else NO_CALENDAR)


def _leaves(mail: Message) -> Iterator[Message]:
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(one for one in reversed(inner) if isinstance(one, Message))
        elif part.get_content_maintype() != "message":
            yield part


def _is_file(part: Message) -> bool:
    return part.get_content_type() in FILES or _name(part).endswith(NAMES)


def _name(part: Message) -> str:
    return str(part.get_filename() or "").lower()


def _text(part: Message) -> str:
    raw = part.get_payload()
    said = part.get_payload(decode=True)
    text = _decoded(said) if isinstance(said, bytes) else ""
    if BEGINS not in text.upper() and isinstance(raw, str) and BEGINS in raw.upper():
        return raw  # it says that it is encoded, and is not
    return text.lstrip("\ufeff \t\r\n")


def _decoded(said: bytes) -> str:
    # UTF-8 whatever the part claims: names may suffer, what is read here is ASCII. But UTF-16 is
    # told by its mark, or by the zero bytes that no other text has.
    if said[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return said.decode("utf-16", "replace")
    if said[1:2] == b"\0" or said[:1] == b"\0":
        return said.decode("utf-16-le" if said[1:2] == b"\0" else "utf-16-be", "replace")
    return said.decode("utf-8-sig", "replace")


def is_automatic(mail: Message, sender: str | None, *, calendar: bool) -> bool:
    """Whether no person wrote it, so that an e-mail back could go round for ever (RFC 3834, 2).

    Calendar programs mark the replies that people click as `auto-generated`; with a calendar reply
    in it that alone is no sign.
    """
    told = str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    harmless = {"no", "auto-generated"} if calendar else {"no"}
    return (
        sender == ""
        or str(mail.get("Return-Path", "?")).strip() == "<>"
        or told not in harmless
        or str(mail.get("Precedence", "")).strip().lower() in NOT_BY_PEOPLE
        or any(name in mail for name in ("List-Id", "List-Post", "X-Autoreply", "X-Autorespond"))
        or (not calendar and "X-Auto-Response-Suppress" in mail)
        or is_returned(mail)
        or _is_robot(sender or "")
        or _is_robot(parseaddr(str(mail.get("From", "")))[1])
    )


def is_returned(mail: Message) -> bool:
    """Whether it is about another mail (a bounce, a receipt): a calendar in it is of that one."""
    return (
        mail.get_content_type() == "multipart/report"
        or parseaddr(str(mail.get("From", "")))[1].partition("@")[0].lower() == "mailer-daemon"
    )


def _is_robot(address: str) -> bool:
    return ROBOTS.fullmatch(address.partition("@")[0].lower()) is not None
