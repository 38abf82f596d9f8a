"""MISP core format: one event as the text of a notice, its attributes as signs, its tags kept."""

import re
from collections import Counter
from typing import Any

from babel import Locale

from models.vocabulary import NOTICE_KINDS, Certainty, Pap, Tlp
from portal.exchange.found import (
    MOST_TAGS,
    Found,
    Sign,
    enough,
    instant,
    left_lines,
    marking_lines,
    rows,
    said,
    strictest_pap,
    strictest_tlp,
)
from portal.exchange.sectors import sector_of
from portal.notices import NoticeText
from portal.words import N_

# Attributes that describe rather than point: they go into the text.
PROSE = frozenset({"comment", "text", "other", "link", "datetime"})
# Attributes that say nothing by themselves.
SILENT = frozenset({"boolean", "counter", "float", "hex", "mime-type", "size-in-bytes"})
MOST_PROSE = 60
KIND_TAGS = (
    ("malware", "malicious-code"),
    ("ransomware", "malicious-code"),
    ("phishing", "fraud"),
    ("fraud", "fraud"),
    ("ddos", "availability"),
    ("vulnerab", "vulnerable"),
)
COUNTRIES = {name.lower(): code for code, name in Locale("en").territories.items()}
VALUE = re.compile(r'="([^"]{1,200})"$')


def from_misp(event: dict[str, Any]) -> Found:
    """What an event gives; what is marked as deleted is not there."""
    attributes = [(row, "") for row in rows(event.get("Attribute"))]
    left: Counter[str] = Counter()
    for thing in rows(event.get("Object")):
        name = said(thing.get("name"), 64) or "object"
        if name == "person":
            left[N_("details of a person")] += 1
        elif not thing.get("deleted"):
            attributes += [(row, name) for row in rows(thing.get("Attribute"))]
    attributes = [(row, name) for row, name in attributes if not row.get("deleted")]
    tags = _tags(event)
    parts = [tag for row, _name in attributes for tag in _tags(row)]
    tlp, pap = strictest_tlp(tags + parts), strictest_pap(tags + parts)
    signs = [sign for row, name in attributes if (sign := _sign(row, name, left))]
    reports = [said(row.get("content"), 50_000) for row in rows(event.get("EventReport"))]
    prose = [line for row, name in attributes if (line := _prose(row, name))]
    for sort in ("RelatedEvent", "ShadowAttribute"):
        left[sort] += len(rows(event.get(sort)))
    lines = left_lines(+left)
    markings = {tag.lower() for tag in tags + parts if tag.lower().startswith("tlp:")}
    text = NoticeText(
        title=said(event.get("info"), 200) or "MISP event",
        tlp=tlp or Tlp.AMBER_STRICT,
        pap=pap or Pap.AMBER,
        kind=_kind(tags),
        body=_body(reports, prose),
        sectors=tuple(dict.fromkeys(filter(None, map(sector_of, _values(tags, "sector"))))),
        countries=tuple(_countries(tags)),
        **_times(event, attributes),
    )
    return Found(
        text=text,
        source_format="misp",
        source_id=said(event.get("uuid"), 120),
        signs=enough(signs, lines),
        tags=tuple(tag for tag in tags if not tag.lower().startswith(("tlp:", "pap:")))[:MOST_TAGS],
        notes=tuple(marking_lines(tlp, pap, len(markings))),
        left=tuple(lines),
    )


def _tags(row: dict[str, Any]) -> list[str]:
    names = (said(tag.get("name"), 255) for tag in rows(row.get("Tag")))
    return list(dict.fromkeys(name for name in names if name))


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


def _sign(row: dict[str, Any], name: str, left: Counter[str]) -> Sign | None:
    sort, value = said(row.get("type"), 64), said(row.get("value"), 4000)
    if not sort or not value or sort in PROSE:
        return None
    if sort in SILENT:
        left[sort] += 1
        return None
    if row.get("data"):
        left[N_("content of a file")] += 1
    comment = said(row.get("comment"), 500)
    part = " ".join(filter(None, (name, said(row.get("object_relation"), 64))))
    return Sign(
        type=sort,
        value=value,
        category=said(row.get("category"), 64),
        detection=row.get("to_ids") is True,
        comment=": ".join(filter(None, (part, comment))),
        first_seen_at=instant(row.get("first_seen")),
        last_seen_at=instant(row.get("last_seen")),
    )


def _prose(row: dict[str, Any], name: str) -> str:
    value = said(row.get("value"), 2000)
    if said(row.get("type"), 64) not in PROSE or not value:
        return ""
    part = " ".join(filter(None, (name, said(row.get("object_relation"), 64))))
    value = f"<{value}>" if row.get("type") == "link" and " " not in value else value
    return f"* {part}: {value}" if part else f"* {value}"


def _body(reports: list[str], prose: list[str]) -> str:
    parts = [text for text in reports if text]
    if prose:
        parts.append("\n".join(["## From the event", "", *prose[:MOST_PROSE]]))
    return "\n\n".join(parts)[:100_000]


def _times(event: dict[str, Any], attributes: list[tuple[dict[str, Any], str]]) -> dict[str, Any]:
    seen = [at for row, _name in attributes if (at := instant(row.get("first_seen")))]
    day = instant(event.get("date"))
    began = min(seen, default=None)
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
