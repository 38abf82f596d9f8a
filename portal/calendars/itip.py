"""What a reply says, read from the calendars in it (iTIP, RFC 5546) as programs really write them.

Of a calendar only the lines that resource are read, one by one: to read the whole would refuse much
that is harmless, and would work out, and keep for good, whatever zones a stranger's mail brings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import unquote

from portal.calendars.foreign_times import ends_of, instant_in, offsets_in

COUNTER: Final = "COUNTER"
ANSWERING: Final = frozenset({"", "REPLY", "REQUEST", "PUBLISH", COUNTER})
SAID: Final = {
    "ACCEPTED": "accepted",
    "TENTATIVE": "tentative",
    "DECLINED": "declined",
}
DELEGATED: Final = "delegated"
MOST_ATTENDEES, MOST_COMPONENTS = 200, 1000
DEEPEST: Final = 6  # components within one another; a zone's rules are the third
LONGEST_UID: Final = 255
WHOLE: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
BREAKS: Final = re.compile(r"\r\n|\r|\n")
FOLDS: Final = re.compile(r"(?:\r\n|\r|\n)[ \t]")
READ: Final = frozenset(
    {"UID", "SEQUENCE", "ATTENDEE", "DTSTART", "DTEND", "DURATION", "METHOD", "TZID", "TZOFFSETTO"}
)


class Unread(ValueError):
    """It holds no answer that can be read; the message is why, as one word."""


@dataclass(frozen=True)
class Said:
    """What one attendee answers: `accepted`, `tentative`, `declined`, `delegated`, or nothing."""

    address: str
    answer: str


@dataclass(frozen=True)
class Proposal:
    """Another time for a meeting; None where the zone of the other calendar is not known."""

    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True)
class Found:
    """What all calendars of a mail say together."""

    method: str
    uid: str
    sequence: int
    said: tuple[Said, ...]
    proposes: Proposal


@dataclass(frozen=True)
class Line:
    """A line of a calendar: its name, its parameters, its value."""

    name: str
    params: dict[str, str]
    value: str


def read_calendars(texts: Sequence[str]) -> Found:
    """What the calendars say; two that say different things are no answer. Raises Unread."""
    every = dict.fromkeys(one for text in texts for one in _events(text))
    if not every:
        raise Unread("broken")
    found = [one for one in every if one.method in ANSWERING]
    if not found:
        raise Unread("method")
    # The same answer twice, as text and as a file, is one; what differs is left to the caller, who
    # knows whose it is.
    said = tuple(dict.fromkeys(line for one in found for line in one.said))
    last = max(found, key=lambda one: one.sequence)
    # An invitation that comes back as it went out answers nothing.
    if last.method != COUNTER and not any(line.answer for line in said):
        raise Unread("no-answer")
    return Found(last.method, last.uid, last.sequence, said, last.proposes)


def _events(text: str) -> Iterator[Found]:
    lines = list(_lines(text))
    method = next((one.value.upper() for path, one in lines if path[1:] == ["METHOD"]), "")
    zones = offsets_in((path[-1], one.value) for path, one in lines if "VTIMEZONE" in path)
    number = 0
    events: dict[int, list[Line]] = {}
    for path, one in lines:
        number += one.name == "BEGIN" and one.value == "VEVENT"
        if path[-2:-1] == ["VEVENT"]:
            events.setdefault(number, []).append(one)
    for event in events.values():
        yield _event(method, event, zones)


def _event(method: str, lines: list[Line], zones: dict[str, int]) -> Found:
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.name, line)
    attendees = [line for line in lines if line.name == "ATTENDEE"]
    if len(attendees) > MOST_ATTENDEES:
        raise Unread("large")
    sequence = first["SEQUENCE"].value if "SEQUENCE" in first else ""
    start, end = None, None
    if "DTSTART" in first:
        start = instant_in(first["DTSTART"].params.get("TZID", ""), first["DTSTART"].value, zones)
    if start is not None:
        last, length = first.get("DTEND"), first.get("DURATION")
        until = instant_in(last.params.get("TZID", ""), last.value, zones) if last else None
        end = ends_of(start, until, length.value if length else "")
    return Found(
        method,
        first["UID"].value[:LONGEST_UID] if "UID" in first else "",
        int(sequence) if WHOLE.fullmatch(sequence) else 0,
        tuple(_said(line) for line in attendees),
        Proposal(start, end),
    )


def _said(line: Line) -> Said:
    address = unquote(re.sub("(?i)^mailto:", "", line.value).partition("?")[0]).strip().lower()
    if "@" not in address:  # Apple and Exchange name people by paths and have the address beside
        address = line.params.get("EMAIL", address).lower()
    status = line.params.get("PARTSTAT", "").upper()
    if status == "DELEGATED" or "DELEGATED-TO" in line.params or "DELEGATED-FROM" in line.params:
        return Said(address, DELEGATED)
    return Said(address, SAID.get(status, ""))


def _lines(text: str) -> Iterator[tuple[list[str], Line]]:
    """The lines that resource, each with the components it stands in and its own name."""
    path: list[str] = []
    components = 0
    for raw in BREAKS.split(FOLDS.sub("", text)):
        name = re.split("[:;]", raw[:100], maxsplit=1)[0].strip().upper()
        if name == "BEGIN":
            line = Line(name, {}, raw.partition(":")[2].strip().upper())
            path.append(line.value)
            components += 1
            if len(path) > DEEPEST or components > MOST_COMPONENTS:
                raise Unread("broken")
            yield [*path, name], line
        elif name == "END":
            if not path or path.pop() != raw.partition(":")[2].strip().upper():
                raise Unread("broken")
        elif name in READ and path:
            yield [*path, name], _line(name, raw)
    if path:
        raise Unread("broken")


def _line(name: str, raw: str) -> Line:
    # Some programs write quotation marks inside a quoted name: then they say little about where it
    # ends. Where they do not come in pairs, they are not heard at all.
    pieces = _cut(raw, quotes=raw.count('"') % 2 == 0)
    if pieces is None:
        pieces = _cut(raw, quotes=False) or [raw, ""]
    params: dict[str, str] = {}
    for piece in pieces[1:-1]:
        key, _, value = piece.partition("=")
        params.setdefault(key.strip().upper(), value.strip().strip('"').strip())
    return Line(name, params, pieces[-1].strip())


def _cut(raw: str, *, quotes: bool) -> list[str] | None:
    """Name, parameters and value of a line; None where it has no value."""
    pieces, quoted, begin = [], False, 0
    for hit in re.finditer('[";:]', raw):
        if hit[0] == '"':
            quoted = quotes and not quoted
        elif not quoted:
            pieces.append(raw[begin : hit.start()])
            begin = hit.end()
            if hit[0] == ":":
                return [*pieces, raw[begin:]]
    return None
