"""STIX 2.1 (OASIS Standard, June 2021): one bundle as the text of a notice, its patterns as signs.

Names of threat actors and what is said of them are claims of the file's author; they go into the
text as such, never as a finding of the portal.
"""

from collections import Counter
from typing import Any

from models.vocabulary import Certainty, Pap, Tlp
from portal.exchange.found import (
    MOST_TAGS,
    Found,
    Sign,
    Unreadable,
    enough,
    instant,
    left_lines,
    marking_lines,
    rows,
    said,
    strictest_pap,
    strictest_tlp,
    texts,
)
from portal.exchange.sectors import sector_of
from portal.notices import NoticeText
from portal.words import N_

# Marking definitions by their fixed ids: TLP 1 (STIX 2.1, 7.2.1.4), then TLP 2.0 (OASIS).
TLP_IDS = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": Tlp.CLEAR,
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": Tlp.GREEN,
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": Tlp.AMBER,
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": Tlp.RED,
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": Tlp.CLEAR,
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": Tlp.GREEN,
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": Tlp.AMBER,
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": Tlp.AMBER_STRICT,
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": Tlp.RED,
}
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
HEADS = ("incident", "report", "grouping", "campaign", "intrusion-set", "note", "indicator")
CLAIMS = ("threat-actor", "intrusion-set", "campaign", "malware", "tool", "attack-pattern")
OBSERVABLES = {
    "ipv4-addr": "value",
    "ipv6-addr": "value",
    "domain-name": "value",
    "url": "value",
    "email-addr": "value",
    "mac-addr": "value",
    "mutex": "name",
}
TAKEN = {*HEADS, *CLAIMS, *OBSERVABLES, "file", "vulnerability", "identity", "marking-definition"}
MOST_CLAIMS = 100


def from_stix(bundle: dict[str, Any]) -> Found:
    """What a bundle gives; raises Unreadable when it holds nothing that a notice could say."""
    things = rows(bundle.get("objects"))
    sorts = Counter(said(thing.get("type"), 64) or "?" for thing in things)
    head = next((t for sort in HEADS for t in things if t.get("type") == sort), None)
    if head is None:
        raise Unreadable(N_("This bundle holds no report, incident, campaign or indicator."))
    refs = _marking_refs(things)
    tlp = max((_tlp(ref, things) for ref in refs if _tlp(ref, things)), default=None, key=_rank)
    labels = list(dict.fromkeys(tag for thing in things for tag in texts(thing.get("labels"))))
    pap = strictest_pap([tag for tag in labels if tag.lower().startswith("pap:")])
    signs = [sign for thing in things for sign in _signs(thing)]
    lines = left_lines(Counter({s: n for s, n in sorts.items() if s not in TAKEN}))
    description = said(head.get("description") or head.get("content"), 90_000)
    text = NoticeText(
        title=said(head.get("name") or head.get("abstract"), 200) or "STIX bundle",
        tlp=tlp or Tlp.AMBER_STRICT,
        pap=pap or Pap.AMBER,
        kind=_kind(things, sorts),
        body="\n\n".join(filter(None, (description, _claims(things, head)))),
        sectors=tuple(_sectors(things)),
        **_times(things, head),
    )
    tags = [tag for tag in labels if not tag.lower().startswith(("pap:", "tlp:"))]
    confidence = head.get("confidence")
    if type(confidence) is int and 0 <= confidence <= 100:
        tags.append(f'stix:confidence="{confidence}"')
    return Found(
        text=text,
        source_format="stix",
        source_id=said(head.get("id"), 120) or said(bundle.get("id"), 120),
        signs=enough(signs, lines),
        tags=tuple(tags[:MOST_TAGS]),
        notes=tuple(marking_lines(tlp, pap, len({_tlp(ref, things) for ref in refs} - {None}))),
        left=tuple(lines),
    )


def _rank(tlp: Tlp | None) -> int:
    return tlp.rank if tlp else -1


def _marking_refs(things: list[dict[str, Any]]) -> set[str]:
    whole = {ref for thing in things for ref in texts(thing.get("object_marking_refs"))}
    return whole | {
        said(part.get("marking_ref"), 255)
        for thing in things
        for part in rows(thing.get("granular_markings"))
    }


def _tlp(ref: str, things: list[dict[str, Any]]) -> Tlp | None:
    if ref in TLP_IDS:
        return TLP_IDS[ref]
    for thing in things:
        if thing.get("id") == ref:
            definition, extensions = thing.get("definition"), thing.get("extensions")
            old = definition.get("tlp") if isinstance(definition, dict) else None
            new = extensions.get(TLP_EXTENSION) if isinstance(extensions, dict) else None
            word = new.get("tlp_2_0") if isinstance(new, dict) else old
            return strictest_tlp([said(word, 20)])
    return None


def _kind(things: list[dict[str, Any]], sorts: Counter[str]) -> str:
    if sorts["malware"]:
        return "malicious-code"
    if sorts["vulnerability"]:
        return "vulnerable"
    actors = any(sorts[sort] for sort in ("threat-actor", "intrusion-set", "campaign"))
    return "threat" if actors or any(t.get("type") == "indicator" for t in things) else "other"


def _signs(thing: dict[str, Any]) -> list[Sign]:
    sort = thing.get("type")
    comment = ": ".join(
        filter(None, (said(thing.get("name"), 200), said(thing.get("description"), 300)))
    )
    if sort == "indicator":
        pattern, language = said(thing.get("pattern"), 4000), said(thing.get("pattern_type"), 64)
        if not pattern:
            return []
        return [
            Sign(
                type=language or "stix",
                value=pattern,
                pattern=pattern if language == "stix" else None,
                category=", ".join(texts(thing.get("indicator_types"), 30))[:64],
                detection=True,
                comment=comment,
                first_seen_at=instant(thing.get("valid_from")),
                last_seen_at=instant(thing.get("valid_until")),
            )
        ]
    if sort == "vulnerability":
        return [Sign("vulnerability", comment.partition(":")[0])] if comment else []
    if sort == "file":
        hashes = thing.get("hashes")
        named = hashes.items() if isinstance(hashes, dict) else ()
        return [Sign(said(k, 64), said(v, 200)) for k, v in named if said(k) and said(v)]
    value = said(thing.get(OBSERVABLES.get(str(sort), "")), 4000)
    return [Sign(str(sort), value)] if value else []


def _claims(things: list[dict[str, Any]], head: dict[str, Any]) -> str:
    lines = [
        f"* {thing['type']}: {said(thing.get('name'), 200)}"
        for thing in things
        if thing.get("type") in CLAIMS and thing is not head and said(thing.get("name"))
    ]
    if not lines:
        return ""
    title = "## Named in the file (claims of its author, not findings)"
    return "\n".join([title, "", *lines[:MOST_CLAIMS]])


def _sectors(things: list[dict[str, Any]]) -> list[str]:
    # Only identities that the bundle calls a target: others are its author or its actors.
    targets = {
        said(thing.get("target_ref"), 255)
        for thing in things
        if thing.get("type") == "relationship" and thing.get("relationship_type") == "targets"
    }
    named = (
        sector_of(s)
        for t in things
        if said(t.get("id"), 255) in targets
        for s in texts(t.get("sectors"))
    )
    return list(dict.fromkeys(sector for sector in named if sector))


def _times(things: list[dict[str, Any]], head: dict[str, Any]) -> dict[str, Any]:
    began = min(
        (at for t in things if (at := instant(t.get("first_seen")))),
        default=None,
    )
    detected = instant(head.get("published")) or instant(head.get("created"))
    if began is not None and detected is not None and detected < began:
        began = None
    sure = Certainty.ESTIMATED
    return {
        "began_at": began,
        "began_certainty": sure if began else Certainty.UNKNOWN,
        "detected_at": detected,
        "detected_certainty": sure if detected else Certainty.UNKNOWN,
    }
