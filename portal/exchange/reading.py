"""Reading a file of unknown make: strict JSON, then MISP events or a STIX 2.1 bundle.

All of it is linear in the size of the file and asks no database: it comes before any transaction.
"""

import json
import math
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from models.vocabulary import Certainty
from portal.exchange.found import AHEAD, Found, Left, Part, Unreadable, chosen
from portal.exchange.heard import Ear, Heard
from portal.exchange.hearing import from_stix as said_in_stix
from portal.exchange.hearing_misp import from_misp as said_in_misp
from portal.exchange.misp import from_misp
from portal.exchange.stix import from_stix
from portal.exchange.values import line, listed, rows
from portal.words import N_

LARGEST: Final = 4_000_000
DEEPEST: Final = 60
# A file of 4 MB that says something holds some 200,000 values; more is made to cost time.
MOST_VALUES: Final = 300_000
LONGEST_LIST: Final = 30_000
TOO_FINE: Final = N_("The file holds too many values; send it in smaller pieces.")
TIMES: Final = ("began_at", "detected_at")
EVENT_FIELDS: Final = frozenset({"uuid", "date", "Attribute", "Object", "Tag", "threat_level_id"})


def read_any(data: bytes, now: datetime, part: str = "") -> Found:
    """What a file holds; raises Unreadable with a sentence for whoever sent it."""
    return read(parse(data), now, part)


def read(top: Any, now: datetime, part: str = "") -> Found:
    """What a parsed file holds; `part` is the key of the report or event that was chosen.

    Times that lie after `now` are left out, with a word about it.
    """
    if events := _misp_events(top):
        return _without_future(_from_events(events, part), now)
    if isinstance(top, dict) and top.get("type") == "bundle":
        _refuse_old_stix(top)
        return _without_future(from_stix(top, now, part), now)
    document = top.get("document") if isinstance(top, dict) else None
    if isinstance(document, dict) and "csaf_version" in document:
        raise Unreadable(N_("This is a CSAF advisory; only MISP events and STIX 2.1 are taken."))
    if isinstance(top, list) or (isinstance(top, dict) and "response" in top):
        raise Unreadable(N_("A list can hold several events or none; this one holds none."))
    raise Unreadable(N_("This file is not a MISP event or a STIX 2.1 bundle."))


def hear(top: Any, now: datetime, producer: str = "") -> Heard:
    """The claims and harm that a parsed file holds; raises Unreadable.

    `producer` is who claims what names no producer in the file, as its reader says; else that is
    nobody's claim and is not taken.

    A restriction that cannot be read refuses the file: it is never treated as none.
    """
    if events := _misp_events(top):
        return said_in_misp(events, Ear(now, producer))
    if isinstance(top, dict) and top.get("type") == "bundle":
        _refuse_old_stix(top)
        return said_in_stix(top, Ear(now, producer))
    raise Unreadable(N_("This file is not a MISP event or a STIX 2.1 bundle."))


def _from_events(events: list[tuple[dict[str, Any], dict[str, Any]]], part: str) -> Found:
    parts = tuple(
        Part(str(n), line(event.get("info"), 200) or f"event {n + 1}")
        for n, (_wrapper, event) in enumerate(events)
    )
    wrapper, event = events[int(chosen(parts, part))]
    found = from_misp(wrapper, event)
    return replace(found, parts=parts if len(parts) > 1 else (), part=part)


def _without_future(found: Found, now: datetime) -> Found:
    ahead = [name for name in TIMES if (at := getattr(found.text, name)) and at > now]
    if not ahead:
        return found
    values: dict[str, Any] = dict.fromkeys(ahead)
    values |= {name.replace("_at", "_certainty"): Certainty.UNKNOWN for name in ahead}
    left = Left()
    for name in ahead:
        left.add(AHEAD, name.removesuffix("_at"))
    return replace(found, text=replace(found.text, **values), left=(*found.left, *left.lines()))


def parse(data: bytes) -> Any:
    """The object or list of a JSON file, strictly (RFC 8259).

    No doubled names, no NaN, no number that none of ours holds, no endless nesting, no more values
    than can be read in a moment.
    """
    if len(data) > LARGEST:
        raise Unreadable(N_("The file is larger than 4 MB."))
    if not data.strip():
        raise Unreadable(N_("Choose a file first; this one is empty."))
    if data.count(b"[") + data.count(b"{") > MOST_VALUES:
        raise Unreadable(TOO_FINE)
    try:
        top = json.loads(data, object_pairs_hook=_single, **NUMBERS)
    except Unreadable:
        raise
    except (ValueError, RecursionError) as bad:
        raise Unreadable(N_("This is not a JSON file.")) from bad
    if not isinstance(top, dict | list):
        raise Unreadable(N_("This file is not a MISP event or a STIX 2.1 bundle."))
    _measure(top)
    return top


def _measure(top: Any) -> None:
    """Refuse what is nested too deeply or split too finely, level by level."""
    level, values = [top], 0
    for _depth in range(DEEPEST):
        inside = [item.values() if isinstance(item, dict) else item for item in level]
        values += sum(map(len, inside))
        if values > MOST_VALUES or any(len(items) > LONGEST_LIST for items in inside):
            raise Unreadable(TOO_FINE)
        level = [value for items in inside for value in items if isinstance(value, dict | list)]
        if not level:
            return
    raise Unreadable(N_("The file is nested too deeply."))


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise Unreadable(N_("The file names one key twice, so its meaning is not certain."))
    return names


def _no_constant(_word: str) -> None:
    raise Unreadable(N_("This is not a JSON file."))


def _finite(word: str) -> float:
    # Python makes infinity of 1e999, which is written back as a word that JSON does not have.
    number = float(word)
    if math.isinf(number):
        raise Unreadable(N_("The file holds a number that is too large to be read."))
    return number


NUMBERS: Final[dict[str, Any]] = {"parse_constant": _no_constant, "parse_float": _finite}


def _misp_events(top: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The events of a file, each with its holder: alone, in a list, or in an answer."""
    if isinstance(top, dict) and "response" in top:
        beside = [{"Event": top["Event"]}] if "Event" in top else []
        return _all_events([*listed(top["response"]), *beside])
    return _all_events(top) if isinstance(top, list) else _event(top)


def _all_events(items: list[Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The events of a list; raises Unreadable where it holds something else beside them."""
    every = [_event(item) if isinstance(item, dict) else [] for item in items]
    if any(every) and not all(every):
        raise Unreadable(N_("The list holds more than events; send its parts one by one."))
    return [pair for one in every for pair in one]


def _event(row: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    inside = row.get("Event")
    if isinstance(inside, dict):
        return [(row, inside)]
    bare = isinstance(row.get("info"), str) and not EVENT_FIELDS.isdisjoint(row)
    return [(row, row)] if bare else []


def _refuse_old_stix(bundle: dict[str, Any]) -> None:
    versions = [row.get("spec_version") for row in rows(bundle.get("objects"))]
    if str(bundle.get("spec_version", "")).startswith("2.0") or (versions and not any(versions)):
        raise Unreadable(N_("This is STIX 2.0; only STIX 2.1 is taken."))


def lean(data: bytes) -> bytes:
    """A file without what is never taken (bytes of attachments), for the way back."""
    return slim(parse(data))


def slim(top: Any) -> bytes:
    """The same of a file that has been parsed."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: "-" if key in ("data", "payload_bin") and inside else without(inside)
                for key, inside in value.items()
            }
        return [without(item) for item in value] if isinstance(value, list) else value

    text = json.dumps(without(top), separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")
