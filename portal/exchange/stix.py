"""STIX 2.1 (OASIS Standard, June 2021): one report of a bundle as the text of a notice.

Names of threat actors and what is said of them are claims of the file's author; they go into the
text as such, never as a finding of the portal.
"""

from datetime import datetime
from typing import Any, Final

from models.vocabulary import Certainty
from portal.exchange.found import (
    CUT,
    MOST_TAGS,
    NO_TIME,
    NO_VALUE,
    RELATION,
    REMARK,
    REVOKED,
    SOURCE,
    TOO_MANY,
    UNUSED_MARKING,
    Found,
    Left,
    Signs,
    Unreadable,
    chosen,
)
from portal.exchange.grading import graded, is_ours
from portal.exchange.markings import Markings
from portal.exchange.sectors import sector_of
from portal.exchange.stix_markings import BundleMarkings
from portal.exchange.stix_objects import (
    HEADS,
    PARTS,
    Objects,
    choose_from,
    title_of,
)
from portal.exchange.stix_signs import SIGNS, take_signs
from portal.exchange.values import all_rows, instant, line, number, said, texts
from portal.notices import NoticeText
from portal.words import N_

CLAIMS: Final = frozenset(
    {"threat-actor", "intrusion-set", "campaign", "malware", "tool", "attack-pattern"}
)
MOST_CLAIMS: Final = 100
LONGEST_BODY: Final = 100_000
WHY: Final = {
    "relationship": RELATION,
    "sighting": RELATION,
    "identity": SOURCE,
    "note": REMARK,
    "opinion": REMARK,
    "marking-definition": UNUSED_MARKING,
}


def from_stix(bundle: dict[str, Any], now: datetime, part: str) -> Found:
    """What a report of a bundle gives; raises Unreadable when no notice can be made of it."""
    objects, left, signs = Objects(bundle.get("objects"), now), Left(), Signs()
    parts = objects.parts()
    choice = choose_from(objects, parts) if len(parts) > 1 else ()
    head = int(chosen(choice, part)) if choice else _head(objects, parts)
    markings = _markings(bundle, objects, head, parts)
    objects.leave_others(head, parts)
    thing, labels = objects.all[head], _labels(objects, markings)
    kind = _kind(objects)
    for place, row in objects.live():
        if objects.sorts[place] in SIGNS:
            objects.use(place, take_signs(objects.sorts[place], row, objects, signs))
    text = NoticeText(
        title=title_of(thing)[:200] or "STIX bundle",
        tlp=markings.strictest(),
        pap=markings.strictest_pap(),
        kind=kind,
        **graded(labels),
        body=_body(objects, head, left),
        sectors=tuple(_sectors(objects)),
        **_times(objects, thing, left),
    )
    if len(title_of(thing)) > 200:
        left.add(CUT, "title")
    left.add(TOO_MANY, "label", times=max(0, len(labels) - MOST_TAGS))
    objects.settle(left, WHY)
    return Found(
        text=text,
        source_format="stix",
        source_id=line(thing.get("id"), 120) or line(bundle.get("id"), 120),
        signs=tuple(signs.taken),
        tags=(*(one for one in labels[:MOST_TAGS] if not is_ours(one)), *_confidence(thing)),
        notes=tuple(markings.notes()),
        left=tuple(left.lines()),
        unread=tuple(markings.named()),
        choices=markings.choices(),
        parts=choice,
        part=part,
        used=len(objects.used),
        whole=len(objects.all),
    )


def _head(objects: Objects, parts: list[int]) -> int:
    """The place of the one object that the notice is made of."""
    sorts: dict[str, int] = {}
    for place, _thing in objects.live():
        sorts.setdefault(objects.sorts[place], place)
    for place in (*parts, *(sorts[sort] for sort in HEADS if sort in sorts)):
        return place
    heads = [n for n, sort in enumerate(objects.sorts) if sort in PARTS]
    if any(objects.gone.get(place) == REVOKED for place in heads):
        raise Unreadable(N_("The source of this file has revoked what it reports."))
    raise Unreadable(N_("This bundle holds no report, incident, campaign or indicator."))


def _markings(bundle: dict[str, Any], objects: Objects, head: int, parts: list[int]) -> Markings:
    """All restrictions of the bundle: of what is taken and of what is not."""
    every = list(all_rows(objects.all))
    definitions, markings, own = BundleMarkings(every), Markings(), Markings()
    definitions.read([objects.all[head]], own)
    carried = definitions.read([bundle, *every], markings)
    for place in parts or [head]:
        markings.title(title_of(objects.all[place]))
    markings.stated = bool(own.tlp or own.least)
    for place, thing in objects.live():
        key = thing.get("id")
        if objects.sorts[place] == "marking-definition" and isinstance(key, str) and key in carried:
            objects.use(place)
    return markings


def _labels(objects: Objects, markings: Markings) -> list[str]:
    """The labels of what is taken, without those that are markings."""
    every = (label for _n, thing in objects.live() for label in texts(thing.get("labels")))
    return [label for label in dict.fromkeys(every) if markings.is_plain(label)]


def _confidence(thing: dict[str, Any]) -> list[str]:
    confidence = number(thing.get("confidence"))
    return [f'stix:confidence="{confidence}"'] if confidence in range(101) else []


def _kind(objects: Objects) -> str:
    sorts = {objects.sorts[place] for place, _thing in objects.live()}
    if "malware" in sorts:
        return "malicious-code"
    if "vulnerability" in sorts:
        return "vulnerable"
    threats = {"threat-actor", "intrusion-set", "campaign", "indicator"}
    return "threat" if sorts & threats else "other"


def _body(objects: Objects, head: int, left: Left) -> str:
    """The text of the report, of reports inside it, and who and what the file names."""
    thing = objects.all[head]
    objects.use(head)
    bodies = {_text_of(thing): ""}
    for place in sorted(objects.inside([head]) - {head}):
        inner = objects.all[place]
        if place not in objects.gone and objects.sorts[place] in PARTS:
            objects.use(place)
            if (text := _text_of(inner)) and text not in bodies:
                bodies[text] = f"## {title_of(inner)[:200] or objects.sorts[place]}"
    said_inside = (part for text, title in bodies.items() for part in (title, text))
    whole = "\n\n".join(filter(None, (*said_inside, _claims(objects, head))))
    if len(whole) > LONGEST_BODY:
        left.add(CUT, "description")
    return whole[:LONGEST_BODY]


def _text_of(thing: dict[str, Any]) -> str:
    return said(thing.get("description") or thing.get("content"), 2 * LONGEST_BODY)


def _claims(objects: Objects, head: int) -> str:
    lines: list[str] = []
    for place, thing in objects.live():
        if objects.sorts[place] in CLAIMS and place != head:
            name = line(thing.get("name"), 200)
            reason = TOO_MANY if len(lines) >= MOST_CLAIMS else None if name else NO_VALUE
            if not reason:
                lines.append(f"* {objects.sorts[place]}: {name}")
            objects.use(place, reason)
    title = "## Named in the file (claims of its author, not findings)"
    return "\n".join([title, "", *lines]) if lines else ""


def _sectors(objects: Objects) -> list[str]:
    # Only identities that the bundle calls a target: others are its author or its actors.
    targets: dict[int, list[int]] = {}
    for place, thing in objects.live():
        if objects.sorts[place] == "relationship" and thing.get("relationship_type") == "targets":
            target = objects.places.get(str(thing.get("target_ref")))
            if target is not None and target not in objects.gone:
                targets.setdefault(target, []).append(place)
    found: dict[str, None] = {}
    for target, relations in targets.items():
        named = map(sector_of, texts(objects.all[target].get("sectors")))
        if sectors := dict.fromkeys(sector for sector in named if sector):
            found |= sectors
            for place in (target, *relations):
                objects.use(place)
    return list(found)


def _times(objects: Objects, head: dict[str, Any], left: Left) -> dict[str, Any]:
    seen = [at for _n, thing in objects.live() if (at := instant(thing.get("first_seen")))]
    began = min(seen, default=None)
    published = head.get("published")
    detected = instant(published) or instant(head.get("created"))
    if published and instant(published) is None:
        left.add(NO_TIME, "published", line(published, 60))
    if began is not None and detected is not None and detected < began:
        began = None
    sure = Certainty.ESTIMATED
    return {
        "began_at": began,
        "began_certainty": sure if began else Certainty.UNKNOWN,
        "detected_at": detected,
        "detected_certainty": sure if detected else Certainty.UNKNOWN,
    }
