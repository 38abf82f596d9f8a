"""An answer to an invitation, as a calendar program mails it back (iMIP, RFC 6047): METHOD:REPLY.

Who answers is known by the token in the address that the mail came to, which one person was given.
What a mail says of itself (From, ATTENDEE) can be written by anybody and is not read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from typing import Final, Literal

from icalendar.parser import Contentline, Contentlines

Answer = Literal["accepted", "tentative", "declined"]

LARGEST: Final = 256 * 1024  # bytes of a mail
MOST_PARTS, LONGEST_TYPE = 40, 2000
LONGEST_UID: Final = 255
DEEPEST: Final = 4  # components within one another; a zone's rules are the third
MAILBOX: Final = "answers"
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
ADDRESSED: Final = re.compile(rf"(?i:{MAILBOX})\+({TOKEN.pattern})@[^@\s]+")
LONGEST_USER: Final = 64  # octets before the @ (RFC 5321, 4.5.3.1.1)
# A header that gives a part its type, with the lines folded under it.
TYPED: Final = re.compile(
    rb"(?:\A|[\r\n])content-type:([^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*)", re.IGNORECASE
)
WHOLE: Final = re.compile(r"[0-9]{1,9}")
UTC_INSTANT: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z")
SAID: Final[dict[str, Answer]] = {
    "ACCEPTED": "accepted",
    "TENTATIVE": "tentative",
    "DECLINED": "declined",
}
OF_CALENDAR: Final = frozenset({"METHOD"})
OF_EVENT: Final = frozenset({"UID", "SEQUENCE", "DTSTAMP", "ATTENDEE", "RECURRENCE-ID"})
Lines = dict[str, list[Contentline]]


@dataclass(frozen=True)
class Reply:
    """What somebody answered to which state of which meeting; `token` says who, if it is one."""

    uid: str
    sequence: int
    stamped_at: datetime
    answer: Answer
    token: str


class _Unread(ValueError):
    """Not an answer that is taken, and why."""


def reply_address(base: str, token: str) -> str:
    """The address that is one person's alone: `answers+TOKEN@host` for `answers@host`.

    Give tokens of lower case letters and digits: some servers change the case of an address.
    Raises ValueError for another mailbox, an odd token, or one too long for an address.
    """
    user, _, host = base.partition("@")
    address = f"{user}+{token}@{host}"
    if token_in(address) != token or len(f"{user}+{token}") > LONGEST_USER:
        raise ValueError("no address for answers can be made of these")
    return address


def token_in(address: str) -> str | None:
    """The token of an address for answers; None for any other address."""
    hit = ADDRESSED.fullmatch(address)
    return hit[1] if hit else None


def reply_in(raw: bytes, addressed_to: Sequence[str]) -> Reply | None:
    """The answer in a mail that came to these addresses; None for every other mail, never an error.

    Whether the answer is stale, or the token nobody's, is the caller's to say.
    """
    tokens = {token for address in addressed_to if (token := token_in(address))}
    if len(tokens) != 1 or not _tame(raw):
        return None
    try:
        calendars = set(_calendars(message_from_bytes(raw)))
        if len(calendars) != 1:
            return None
        return _read(calendars.pop(), tokens.pop())
    except Exception:  # parsers meet what anybody may send: whatever they raise, it is no reply
        return None


def _tame(raw: bytes) -> bool:
    """Whether a mail can be parsed without much memory, time or depth, whoever made it."""
    if len(raw) > LARGEST:
        return False
    for parts, hit in enumerate(TYPED.finditer(raw), start=1):
        if parts > MOST_PARTS or len(hit[1]) > LONGEST_TYPE:
            return False
    return True


def _calendars(mail: Message) -> Iterator[str]:
    """The texts of the calendar parts; not those of mails that are attached or returned."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(one for one in inner if isinstance(one, Message))
        elif part.get_content_type() == "text/calendar":
            if str(part.get_param("method", "REPLY")).upper() != "REPLY":
                raise _Unread("the part says another method")
            said = part.get_payload(decode=True)
            # UTF-8 whatever the part claims: names may suffer, what is read here is ASCII.
            yield said.decode("utf-8-sig", "replace") if isinstance(said, bytes) else ""


def _read(text: str, token: str) -> Reply:
    calendar, event = _structure(text)
    if _one(calendar, "METHOD").upper() != "REPLY" or event.get("RECURRENCE-ID"):
        raise _Unread("no answer to the whole of a meeting")
    uid = _one(event, "UID")
    sequence = _one(event, "SEQUENCE") if "SEQUENCE" in event else "0"
    stamp = _one(event, "DTSTAMP")
    if not 0 < len(uid) <= LONGEST_UID or not WHOLE.fullmatch(sequence):
        raise _Unread("not told which meeting, or which state of it")
    if not UTC_INSTANT.fullmatch(stamp):
        raise _Unread("not told when")
    at = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return Reply(uid, int(sequence), at, _answer(event), token)


def _answer(event: Lines) -> Answer:
    lines = event.get("ATTENDEE", [])
    if len(lines) != 1:
        raise _Unread("one answers for oneself")
    said = lines[0].parts()[1].get("PARTSTAT")
    return SAID[str(said).upper()]


def _one(lines: Lines, name: str) -> str:
    (line,) = lines.get(name, [])
    return str(line.parts()[2]).strip()


def _structure(text: str) -> tuple[Lines, Lines]:
    """The lines of the one calendar and of its one event, by name.

    Of the library only the reading of lines is used: to read the whole would also work out, and
    keep for good, whatever zones a stranger's mail brings along.
    """
    calendar: Lines = {}
    event: Lines = {}
    path: list[str] = []
    began: Counter[tuple[str, ...]] = Counter()
    lines: list[Contentline] = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
    for line in lines:
        name, value = _split(line)
        if name == "BEGIN":
            path.append(value)
            began[tuple(path)] += 1
            if len(path) > DEEPEST:
                raise _Unread("too deep")
        elif name == "END":
            if path.pop() != value:
                raise _Unread("not well nested")
        elif path == ["VCALENDAR"] and name in OF_CALENDAR:
            calendar.setdefault(name, []).append(line)
        elif path == ["VCALENDAR", "VEVENT"] and name in OF_EVENT:
            event.setdefault(name, []).append(line)
    inside = {kind: count for kind, count in began.items() if len(kind) <= 2}
    inside.pop(("VCALENDAR", "VTIMEZONE"), None)
    if path or inside != {("VCALENDAR",): 1, ("VCALENDAR", "VEVENT"): 1}:
        raise _Unread("not one calendar with one event")
    return calendar, event


def _split(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.partition(";")[0].strip().upper(), value.strip().upper()
