"""MISP core format: one event as the text of a notice, its attributes as signs, its tags kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from babel import Locale

from models.vocabulary import NOTICE_KINDS, Certainty
from portal.exchange.found import (
    BYTES,
    CUT,
    DELETED,
    INSIDE,
    MALFORMED,
    MOST_TAGS,
    NO_TIME,
    NO_VALUE,
    PERSON,
    SILENT,
    TOO_MANY,
    UNCLEAR,
    UNSUPPORTED,
    Found,
    Left,
    Sign,
    Signs,
    value_of,
)
from portal.exchange.grading import graded, is_ours, stage_of_analysis
from portal.exchange.markings import Markings
from portal.exchange.misp_markings import read_markings
from portal.exchange.sectors import sector_of
from portal.exchange.values import instant, line, listed, said, truth
from portal.notices import NoticeText

# Attributes that describe rather than point: they go into the text.
PROSE: Final = frozenset({"comment", "text", "other", "link", "datetime"})
# Attributes that say nothing by themselves.
NOTHING_ALONE: Final = frozenset(
    {"boolean", "counter", "float", "hex", "mime-type", "size-in-bytes"}
)
# Lists of an event whose rows are read one by one, and what is read as a whole.
READ: Final = frozenset({"Attribute", "Object", "EventReport"})
WHOLE: Final = frozenset({"Tag", "Tags", "Org", "Orgc", "SharingGroup"})
# What an object says for all its attributes that say nothing else.
SHARED: Final = ("comment", "first_seen", "last_seen")
MOST_PROSE: Final = 60
LONGEST_BODY: Final = 100_000
KIND_TAGS: Final = (
    ("malware", "malicious-code"),
    ("ransomware", "malicious-code"),
    ("phishing", "fraud"),
    ("fraud", "fraud"),
    ("ddos", "availability"),
    ("vulnerab", "vulnerable"),
)
COUNTRIES: Final = {name.lower(): code for code, name in Locale("en").territories.items()}
VALUE: Final = re.compile(r'="([^"]{1,200})"$')


@dataclass
class Reading:
    """What has been read of an event so far."""

    markings: Markings
    left: Left
    signs: Signs
    prose: list[str]
    reports: list[str]
    seen: list[datetime]
    whole: int = 0
    body: int = 0

    def drop(self, reason: str, sort: str, name: str = "") -> None:
        """Leave one object behind."""
        self.whole += 1
        self.left.add(reason, sort, name)


def from_misp(wrapper: dict[str, Any], event: dict[str, Any]) -> Found:
    """What an event gives; what is marked as deleted is not there."""
    markings = Markings()
    reading = Reading(markings, Left(), Signs(), [], [], [])
    read_markings(wrapper, event, markings)
    for row, name in _attributes(event, reading):
        _take(row, name, reading)
    for report in listed(event.get("EventReport")):
        _take_report(report, line(event.get("info"), 200), reading)
    _leave_the_rest(event, reading)
    tags = [tag for tag in _tags(event) if markings.is_plain(tag)]
    reading.left.add(TOO_MANY, "tag", times=max(0, len(tags) - MOST_TAGS))
    title, left = line(event.get("info"), 200), reading.left
    left.add(CUT, "title", times=len(line(event.get("info"), 1000)) > len(title))
    text = NoticeText(
        title=title or "MISP event",
        tlp=markings.strictest(),
        pap=markings.strictest_pap(),
        kind=_kind(tags),
        **(stage_of_analysis(event.get("analysis")) | graded(tags)),
        body=_body(reading),
        sectors=tuple(dict.fromkeys(filter(None, map(sector_of, _values(tags, "sector"))))),
        countries=tuple(_countries(tags)),
        **_times(event, reading),
    )
    return Found(
        text=text,
        source_format="misp",
        source_id=line(event.get("uuid"), 120),
        signs=tuple(reading.signs.taken),
        tags=tuple(tag for tag in tags[:MOST_TAGS] if not is_ours(tag)),
        notes=tuple(markings.notes()),
        left=tuple(left.lines()),
        unread=tuple(markings.named()),
        choices=markings.choices(),
        used=reading.whole - left.total,
        whole=reading.whole,
    )


def _attributes(event: dict[str, Any], reading: Reading) -> Iterator[tuple[dict[str, Any], str]]:
    for row in listed(event.get("Attribute")):
        if isinstance(row, dict):
            yield row, ""
        else:
            reading.drop(MALFORMED, "Attribute")
    for thing in listed(event.get("Object")):
        if not isinstance(thing, dict):
            reading.drop(MALFORMED, "Object")
            continue
        yield from _inside(thing, line(thing.get("name"), 64) or "object", reading)


def _inside(thing: dict[str, Any], name: str, reading: Reading) -> Iterator[Any]:
    """The attributes of an object, with what it says for all of them."""
    reason = PERSON if name == "person" else _gone(thing)
    inside = listed(thing.get("Attribute"))
    if not inside:
        reading.drop(reason or SILENT, "Object", name)
    elif not reason:
        _leave_inside(thing, reading)
    shared = {key: thing[key] for key in SHARED if thing.get(key)}
    for row in inside:
        if not isinstance(row, dict):
            reading.drop(MALFORMED, "Attribute")
        elif reason:
            reading.drop(reason, line(row.get("type"), 64) or name)
        else:
            yield {**row, **{key: row.get(key) or said for key, said in shared.items()}}, name


def _leave_inside(row: dict[str, Any], reading: Reading) -> None:
    """Say what of an object that is taken is not: its tags, galaxies, proposals, references."""
    for key, value in row.items():
        if key in READ or not isinstance(value, list | dict):
            continue
        for inner in listed(value or None):
            name = inner.get("name") or inner.get("value") if isinstance(inner, dict) else inner
            if key not in WHOLE or (isinstance(name, str) and reading.markings.is_plain(name)):
                reading.left.add(INSIDE, line(key, 40) or "?", line(name, 60))


def _gone(row: dict[str, Any]) -> str | None:
    return {False: None, True: DELETED, None: UNCLEAR}[truth(row.get("deleted"))]


def _take(row: dict[str, Any], name: str, reading: Reading) -> None:
    sort, value = line(row.get("type"), 64), row.get("value")
    reason = _gone(row) or (None if sort else NO_VALUE)
    if reason is None and sort in PROSE:
        reason = _take_prose(row, name, reading)
    elif reason is None and sort in NOTHING_ALONE:
        reason = SILENT
    elif reason is None:
        value, reason = value_of(value)
        reason = reason or reading.signs.add(_sign(row, name, sort, value, reading))
    if reason:
        reading.drop(reason, sort or "attribute", line(row.get("value"), 60))
        return
    reading.whole += 1
    _leave_inside(row, reading)
    if row.get("data"):
        reading.left.add(BYTES, sort)


def _sign(row: dict[str, Any], name: str, sort: str, value: str, reading: Reading) -> Sign:
    part = " ".join(filter(None, (name, line(row.get("object_relation"), 64))))
    first, last = _time(row, "first_seen", reading), _time(row, "last_seen", reading)
    if first:
        reading.seen.append(first)
    return Sign(
        type=sort,
        value=value,
        category=line(row.get("category"), 64),
        detection=truth(row.get("to_ids")) is True,
        comment=": ".join(filter(None, (part, said(row.get("comment"), 500)))),
        first_seen_at=first,
        last_seen_at=last,
    )


def _time(row: dict[str, Any], name: str, reading: Reading) -> datetime | None:
    value = row.get(name)
    at = instant(value)
    if at is None and value not in (None, "", 0, "0"):
        reading.left.add(NO_TIME, name, line(value, 60))
    return at


def _take_prose(row: dict[str, Any], name: str, reading: Reading) -> str | None:
    if len(reading.prose) >= MOST_PROSE:
        return TOO_MANY
    value, reason = value_of(row.get("value"))
    if reason:
        return reason
    part = " ".join(filter(None, (name, line(row.get("object_relation"), 64))))
    value = f"<{value}>" if row.get("type") == "link" and len(value.split()) == 1 else value
    reading.prose.append(f"* {part}: {value}" if part else f"* {value}")
    return None


def _take_report(report: object, title: str, reading: Reading) -> None:
    if not isinstance(report, dict):
        reading.drop(MALFORMED, "EventReport")
        return
    content = said(report.get("content"), LONGEST_BODY)
    reason = _gone(report) or (None if content else NO_VALUE)
    if reason is None and reading.body + len(content) > LONGEST_BODY - 20_000 and reading.reports:
        reason = TOO_MANY
    if reason:
        reading.drop(reason, "EventReport", line(report.get("name"), 60))
        return
    reading.whole += 1
    reading.body += len(content)
    name = line(report.get("name"), 200)
    named = bool(name) and name != title and name not in content[:400]
    reading.reports.append(f"## {name}\n\n{content}" if named else content)
    _leave_inside(report, reading)


def _leave_the_rest(event: dict[str, Any], reading: Reading) -> None:
    for key, value in event.items():
        if key in READ or key in WHOLE or not isinstance(value, list | dict):
            continue
        for row in listed(value or None):
            name = row.get("name") or row.get("value") if isinstance(row, dict) else ""
            reading.drop(UNSUPPORTED, line(key, 40) or "?", line(name, 60))
    if event.get("extends_uuid"):
        reading.left.add(INSIDE, "extends_uuid", line(event["extends_uuid"], 60))


def _tags(event: dict[str, Any]) -> list[str]:
    every = (tag.get("name") if isinstance(tag, dict) else tag for tag in listed(event.get("Tag")))
    return list(dict.fromkeys(filter(None, (line(name, 255) for name in every))))


def _values(tags: list[str], word: str) -> list[str]:
    found = (VALUE.search(tag) for tag in tags if f"{word}=" in tag)
    return [match.group(1) for match in found if match]


def _kind(tags: list[str]) -> str:
    for tag in tags:
        value = tag.lower().removeprefix("rsit:").partition("=")[0]
        if tag.lower().startswith("rsit:") and value in NOTICE_KINDS:
            return value
    words = " ".join(tags).lower()
    return next((kind for word, kind in KIND_TAGS if word in words), "other")


def _countries(tags: list[str]) -> list[str]:
    # Only what the event calls its target: a country tag alone may as well mean the attacker.
    named = (COUNTRIES.get(value.lower()) for value in _values(tags, "target-information"))
    return list(dict.fromkeys(code for code in named if code and len(code) == 2))


def _body(reading: Reading) -> str:
    parts = list(reading.reports)
    if reading.prose:
        parts.append("\n".join(["## From the event", "", *reading.prose]))
    whole = "\n\n".join(parts)
    if len(whole) > LONGEST_BODY:
        reading.left.add(CUT, "text")
    return whole[:LONGEST_BODY]


def _times(event: dict[str, Any], reading: Reading) -> dict[str, Any]:
    day, began = _time(event, "date", reading), min(reading.seen, default=None)
    if day is not None and began is not None and day < began:
        # The event's date is a whole day; a sign first seen on it is no contradiction.
        day, began = (began, began) if began.date() == day.date() else (day, None)
    sure = Certainty.ESTIMATED
    return {
        "began_at": began,
        "began_certainty": sure if began else Certainty.UNKNOWN,
        "detected_at": day,
        "detected_certainty": sure if day else Certainty.UNKNOWN,
    }
