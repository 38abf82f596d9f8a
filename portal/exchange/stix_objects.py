"""The objects of a STIX bundle as the standard wants them read (STIX 2.1, section 3.6).

The latest version of an id counts, what is revoked does not hold, and each object belongs to the
reports that refer to it.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from portal.exchange.found import (
    DOUBLE,
    EXPIRED,
    INSIDE,
    MALFORMED,
    NO_TIME,
    OTHER_PART,
    REVOKED,
    SUPERSEDED,
    UNCLEAR,
    UNSUPPORTED,
    Left,
    Part,
    value_of,
)
from portal.exchange.values import instant, line, listed, rows, truth

# What a notice is made of: one of the first row, or else the first of the others in this order.
PARTS: Final = ("report", "grouping", "incident")
HEADS: Final = ("campaign", "intrusion-set", "note", "indicator")
# What is read of every object, and of those of some types; the rest is said to be left.
COMMON: Final = frozenset(
    {
        "type", "spec_version", "id", "created", "modified", "created_by_ref", "revoked", "lang",
        "labels", "object_marking_refs", "granular_markings", "defanged", "name", "value",
        "key", "path", "number", "pattern_version", "identity_class",
    }
)  # fmt: skip
TEXTS: Final = frozenset(
    {
        "content", "abstract", "published", "first_seen", "object_refs", "confidence",
        "report_types", "context", "description",
    }
)  # fmt: skip
TAKEN: Final = {
    **dict.fromkeys((*PARTS, *HEADS), TEXTS),
    "indicator": frozenset({"pattern", "pattern_type", "indicator_types", "valid_from"})
    | {"valid_until"}
    | TEXTS,
    "file": frozenset({"hashes"}),
    "relationship": frozenset({"relationship_type", "source_ref", "target_ref"}),
    "identity": frozenset({"sectors"}),
    "network-traffic": frozenset({"dst_ref", "dst_port", "src_ref", "src_port"}),
    **dict.fromkeys(("malware", "tool", "threat-actor"), frozenset({"first_seen"})),
    "attack-pattern": frozenset(),
}
OF_OTHERS: Final = frozenset({"description"})
TIMES: Final = frozenset({"valid_from", "first_seen"})
EVER: Final = datetime.min.replace(tzinfo=UTC)


class Objects:
    """All objects of a bundle by their place in it; `gone` says why one is not read."""

    def __init__(self, value: object, now: datetime) -> None:
        self.all = listed(value)
        self.sorts = [sort_of(thing) if isinstance(thing, dict) else "" for thing in self.all]
        self.gone: dict[int, str] = {}
        self.places: dict[str, int] = {}
        self.used: set[int] = set()
        for place, thing in enumerate(self.all):
            if isinstance(thing, dict):
                self._place(place, thing)
            else:
                self.gone[place] = MALFORMED
        self._judge(now)

    def _place(self, place: int, thing: dict[str, Any]) -> None:
        """Keep the latest version of each id; the others are superseded."""
        key = thing.get("id")
        if not isinstance(key, str):
            return
        other = self.places.setdefault(key, place)
        if other == place:
            return
        later = _version(thing) > _version(self.all[other])
        newer, older = (place, other) if later else (other, place)
        same = thing == self.all[other]
        self.places[key], self.gone[older] = newer, DOUBLE if same else SUPERSEDED

    def _judge(self, now: datetime) -> None:
        # A revocation is for good (3.6.2): no later version takes it back.
        revoked: dict[str, str] = {}
        for place, thing in enumerate(self.all):
            if isinstance(thing, dict) and (reason := _ended(thing, now)):
                key = thing.get("id")
                if isinstance(key, str) and reason != EXPIRED:
                    revoked[key] = reason
                self.gone.setdefault(place, reason)
        for key, reason in revoked.items():
            if self.gone.get(self.places[key]) in (None, EXPIRED):
                self.gone[self.places[key]] = reason

    def live(self) -> list[tuple[int, dict[str, Any]]]:
        """The objects that hold, in the order of the file, with their places."""
        return [(n, thing) for n, thing in enumerate(self.all) if n not in self.gone]

    def parts(self) -> list[int]:
        """The places of what can be a notice of its own: reports that stand in no other one."""
        every = [n for n, _thing in self.live() if self.sorts[n] in PARTS]
        inner = self.inside(every)
        outer = [n for n in every if n not in inner]
        # Reports that name each other in a ring stand in no outer one.
        reached = {*outer, *self.inside(outer)}
        return sorted({*outer, *(n for n in every if n not in reached)})

    def inside(self, outer: Iterable[int]) -> set[int]:
        """The places of all that these objects refer to, and of what that refers to in turn."""
        found: set[int] = set()
        waiting = list(outer)
        while waiting:
            for ref in listed(self.all[waiting.pop()].get("object_refs")):
                place = self.places.get(ref) if isinstance(ref, str) else None
                if place is not None and place not in found:
                    found.add(place)
                    waiting.append(place)
        return found

    def leave_others(self, chosen: int, parts: list[int]) -> None:
        """Leave behind what belongs to other reports and not to the chosen one."""
        others = [n for n in parts if n != chosen]
        theirs = {*others, *self.inside(others)} - {chosen} - self.inside([chosen])
        for place in theirs:
            if self.sorts[place] not in ("marking-definition", "identity"):
                self.gone.setdefault(place, OTHER_PART)

    def refer(self, ref: object) -> dict[str, Any]:
        """The latest object of this id; an empty one where the bundle does not hold it."""
        place = self.places.get(ref) if isinstance(ref, str) else None
        return {} if place is None else self.all[place]

    def use(self, place: int, reason: str | None = None) -> None:
        """Note that an object was used, or the reason why it was not."""
        if reason is None:
            self.used.add(place)
        else:
            self.gone[place] = reason

    def settle(self, left: Left, reasons: Mapping[str, str]) -> None:
        """Say for each object that was not used why not; `reasons` are those of whole types."""
        for place, thing in enumerate(self.all):
            if place in self.used:
                _leave_inside(thing, self.sorts[place], left)
            else:
                sort = self.sorts[place]
                name = thing.get("name") or thing.get("id") if isinstance(thing, dict) else ""
                reason = self.gone.get(place) or reasons.get(sort, UNSUPPORTED)
                left.add(reason, sort or "?", line(name, 80))


def _leave_inside(thing: dict[str, Any], sort: str, left: Left) -> None:
    """Say what of an object that is used is not."""
    taken = TAKEN.get(sort, OF_OTHERS)
    for key, value in thing.items():
        if key in COMMON or key in taken or value in (None, "", [], {}, False):
            continue
        if sort != "marking-definition":
            left.add(INSIDE, line(key, 60) or "?")
    for key in TIMES & thing.keys():
        if thing[key] and instant(thing[key]) is None:
            left.add(NO_TIME, key, line(thing[key], 60))
    hashes = thing.get("hashes") if sort == "file" else None
    for key, value in hashes.items() if isinstance(hashes, dict) else ():
        if value_of(value)[1]:
            left.add(INSIDE, "hashes", line(key, 40))


def sort_of(thing: dict[str, Any]) -> str:
    """The type of an object as text, on one line; empty where it is no text."""
    return line(thing.get("type"), 64)


def title_of(thing: dict[str, Any]) -> str:
    """The name of a report, or what comes nearest."""
    named = (line(thing.get(key), 1000) for key in ("name", "abstract"))
    return next(filter(None, named), "")


def source_of(plain: dict[str, Any], thing: dict[str, Any]) -> dict[str, str]:
    """Where it was said: as the note holds it, by the references of the object, or by its id."""
    if any(isinstance(plain.get(name), str) for name in ("source_title", "source_publisher")):
        return {}
    for ref in rows(thing.get("external_references")):
        name = line(ref.get("description") or ref.get("source_name"), 200)
        if name and ref.get("source_name") != "good-offices":
            url = line(ref.get("url"), 500)
            return {"source_title": name} | ({"source_url": url} if url.startswith("http") else {})
    ours = rows(thing.get("external_references"))
    words = (line(ours[0].get(name), 60) for name in ("source_name", "external_id")) if ours else ()
    return {"source_title": " ".join(filter(None, words)) or f"STIX {line(thing.get('id'), 120)}"}


def choose_from(objects: Objects, places: list[int]) -> tuple[Part, ...]:
    """The parts that a person chooses from, named by their place in the file."""
    return tuple(Part(str(n), title_of(objects.all[n])[:200] or f"report {n + 1}") for n in places)


def _version(thing: dict[str, Any]) -> tuple[datetime, bool]:
    at = instant(thing.get("modified")) or instant(thing.get("created")) or EVER
    return at, truth(thing.get("revoked")) is not False


def _ended(thing: dict[str, Any], now: datetime) -> str | None:
    revoked, until = truth(thing.get("revoked")), thing.get("valid_until")
    if revoked is not False:
        return REVOKED if revoked else UNCLEAR
    if until is None or thing.get("type") != "indicator":
        return None
    ends = instant(until)
    if ends is None:
        return UNCLEAR
    return EXPIRED if ends <= now else None
