"""Reading a file of unknown make: strict JSON, then MISP event or STIX 2.1 bundle."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from models.vocabulary import Certainty
from portal.exchange.found import Found, Line, Unreadable, rows
from portal.exchange.misp import from_misp
from portal.exchange.stix import from_stix
from portal.words import N_

LARGEST = 4_000_000
DEEPEST = 60
TIMES = ("began_at", "detected_at")


def read_any(data: bytes, now: datetime) -> Found:
    """What a file holds; raises Unreadable with a sentence for whoever sent it.

    Times that lie after `now` are left out, with a word about it.
    """
    top = parse(data)
    if event := _misp_event(top):
        return _without_future(from_misp(event), now)
    if top.get("type") == "bundle":
        _refuse_old_stix(top)
        return _without_future(from_stix(top), now)
    document = top.get("document")
    if isinstance(document, dict) and "csaf_version" in document:
        raise Unreadable(N_("This is a CSAF advisory; only MISP events and STIX 2.1 are taken."))
    raise Unreadable(N_("This is neither a MISP event nor a STIX 2.1 bundle."))


def _without_future(found: Found, now: datetime) -> Found:
    ahead = [name for name in TIMES if (at := getattr(found.text, name)) and at > now]
    if not ahead:
        return found
    values: dict[str, Any] = dict.fromkeys(ahead)
    values |= {name.replace("_at", "_certainty"): Certainty.UNKNOWN for name in ahead}
    line = Line(N_("%(n)s × %(sort)s: not taken."), {"n": len(ahead), "sort": N_("future time")})
    return replace(found, text=replace(found.text, **values), left=(*found.left, line))


def parse(data: bytes) -> dict[str, Any]:
    """A JSON object, strictly (RFC 8259): no doubled names, no NaN, no endless nesting."""
    if len(data) > LARGEST:
        raise Unreadable(N_("The file is larger than 4 MB."))
    if not data.strip():
        raise Unreadable(N_("Choose a file first; this one is empty."))
    try:
        top = json.loads(data, object_pairs_hook=_single, parse_constant=_no_constant)
    except Unreadable:
        raise
    except (ValueError, RecursionError) as bad:
        raise Unreadable(N_("This is not a JSON file.")) from bad
    if not isinstance(top, dict):
        raise Unreadable(N_("This holds several events or none; send one MISP event at a time."))
    if any(depth > DEEPEST for depth in _depths(top)):
        raise Unreadable(N_("The file is nested too deeply."))
    return top


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise Unreadable(N_("The file names one thing twice, so that its meaning is not certain."))
    return names


def _no_constant(_word: str) -> None:
    raise Unreadable(N_("This is not a JSON file."))


def _depths(top: Any) -> Iterator[int]:
    waiting = [(top, 1)]
    while waiting:
        value, depth = waiting.pop()
        yield depth
        inside = value.values() if isinstance(value, dict) else value
        if isinstance(value, (dict, list)):
            waiting.extend((item, depth + 1) for item in inside)


def _misp_event(top: dict[str, Any]) -> dict[str, Any] | None:
    if "response" in top:
        answers = rows(top["response"]) if isinstance(top["response"], list) else [top["response"]]
        events = [row["Event"] for row in rows(answers) if isinstance(row.get("Event"), dict)]
        if len(events) != 1:
            raise Unreadable(
                N_("This holds several events or none; send one MISP event at a time.")
            )
        return dict(events[0])
    event = top.get("Event")
    return event if isinstance(event, dict) else None


def _refuse_old_stix(bundle: dict[str, Any]) -> None:
    versions = [row.get("spec_version") for row in rows(bundle.get("objects"))]
    if str(bundle.get("spec_version", "")).startswith("2.0") or (versions and not any(versions)):
        raise Unreadable(N_("This is STIX 2.0; only STIX 2.1 is taken."))


def lean(data: bytes) -> bytes:
    """The same file without what is never taken (bytes of attachments), for the way back."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: without(v) for k, v in value.items() if k not in ("data", "payload_bin")}
        return [without(item) for item in value] if isinstance(value, list) else value

    return json.dumps(without(parse(data)), separators=(",", ":")).encode()
