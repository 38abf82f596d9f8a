"""Claims and harm as objects of STIX 2.1: what the standard has a place for, and all of it beside.

Each is a note by whoever said it. An extension of ours on the note holds every field, so that an
import gives back what was written; `docs/decisions/0051-exchange-of-claims-and-harm.md` describes
it. Beside it stands what other programs read: a claim that names somebody is a relationship
`attributed-to` of its claimant with its confidence, a denial an opinion on the note that it
answers, a reply a note of whoever replied. None of them is a word of the portal.
"""

from typing import Any, Final

from portal.claims import confidence_of
from portal.claims.words import Stance
from portal.exchange.extension import definitions, identity
from portal.exchange.our_ids import CLAIM_EXTENSION, HARM_EXTENSION, INCIDENT_EXTENSION
from portal.exchange.plain import plain_claim, plain_harm
from portal.exchange.quoting import replies_of, stix_reply, withdrawals_of
from portal.exchange.said import Home, OutClaim, OutHarm, Said
from portal.exchange.writing import (
    Outgoing,
    dumped,
    notice_bundle,
    stix_id,
    stix_time,
    tlp_marking,
)

Thing = dict[str, Any]
OPINIONS: Final = {Stance.DOUBTS: "disagree", Stance.DENIES: "strongly-disagree"}
ACTORS: Final = {
    "state": ("identity", {"identity_class": "organization"}),
    "body": ("identity", {"identity_class": "organization"}),
    "person": ("identity", {"identity_class": "individual"}),
    "group": ("intrusion-set", {}),
}


def _objects_of(said: Said, incident: Thing | None = None) -> dict[str, Thing]:
    """The objects of claims and harm, by id; they are about `incident`, or each about its own."""
    found: dict[str, Thing] = {}
    for claim in said.claims:
        found |= _by_id(_of_claim(claim, incident))
    for row in said.harm:
        found |= _by_id(_of_harm(row, incident))
    return found


def stix_of_said(said: Said) -> bytes:
    """A bundle (STIX 2.1, UTF-8 JSON) of claims and harm alone."""
    objects = _objects_of(said)
    every = (f"{one.ref}:{one.edition}:{one.changed_at}" for one in said.all)
    bundle = {
        "type": "bundle",
        "id": stix_id("bundle", f"said:{' '.join(every)}"),
        "objects": [*_markings(said), *definitions(objects), *objects.values()],
    }
    return dumped(bundle)


def stix_of_notice(outgoing: Outgoing, said: Said) -> bytes:
    """The bundle of a notice together with the claims and the harm on it."""
    return dumped(_with_said(notice_bundle(outgoing), said))


def _with_said(bundle: Thing, said: Said) -> Thing:
    """The bundle of a notice with what is said of its incident; the report is about that too."""
    first = {thing["id"]: thing for thing in bundle["objects"]}
    incident = next(thing for thing in bundle["objects"] if thing["type"] == "incident")
    objects = _objects_of(said, incident)
    first[incident["id"]] = _extended(incident, said, max(map(_changed, said.all), default=""))
    report = next(thing for thing in bundle["objects"] if thing["type"] == "report")
    about = [key for key, thing in objects.items() if thing["type"] != "identity"]
    # What belongs to it came later: so this is a later version of both (STIX 2.1, 3.6).
    changed = max(thing.get("modified", "") for thing in (report, *objects.values()))
    refs = {"object_refs": [*report["object_refs"], *about], "modified": changed}
    first[report["id"]] = {**report, **refs}
    markings = {thing["id"]: thing for thing in _markings(said)}
    added = {thing["id"]: thing for thing in definitions({**first, **objects})}
    every = {**markings, **added, **objects, **first}
    order = ("marking-definition", "identity", "extension-definition")
    ranked = sorted(every.values(), key=lambda thing: _rank(thing, order))
    return {**bundle, "id": stix_id("bundle", f"{bundle['id']}:said"), "objects": ranked}


def _rank(thing: Thing, order: tuple[str, ...]) -> int:
    return order.index(thing["type"]) if thing["type"] in order else len(order)


def _markings(said: Said) -> list[Thing]:
    texts = [one.text for one in said.all]
    return list({made["id"]: made for made in (tlp_marking(text.tlp) for text in texts)}.values())


def _extended(incident: Thing, said: Said, changed: str) -> Thing:
    """The incident with pointers to the notes of what is said of it."""
    refs = {
        "claim_refs": [note_id(one.ref) for one in said.claims],
        "harm_refs": [note_id(one.ref) for one in said.harm],
    }
    inside = {name: keys for name, keys in refs.items() if keys}
    if not inside:
        return incident
    held = {"extension_type": "property-extension", **inside}
    later = {"modified": max(incident["modified"], changed)}
    return {**incident, **later, "extensions": {INCIDENT_EXTENSION: held}}


def note_id(ref: str) -> str:
    """The id of the note that holds a claim or a row of harm."""
    return stix_id("note", f"said:{ref}")


def _by_id(things: list[Thing]) -> dict[str, Thing]:
    return {thing["id"]: thing for thing in things}


def _producer(one: OutClaim | OutHarm, name: str, marked: Thing) -> Thing:
    """Whoever said it: the organisation that keeps it, or whom it cites, known by name alone."""
    if not name or name == one.home.name:
        return home_identity(one.home)
    at = stix_time(one.created_at)
    return identity(stix_id("identity", f"said:{one.ref}"), name, at, _changed(one), **marked)


def home_identity(home: Home) -> Thing:
    """An organisation of the portal."""
    return identity(stix_id("identity", home.ref), home.name, stix_time(home.since))


def _changed(one: OutClaim | OutHarm) -> str:
    return stix_time(max(one.changed_at, one.created_at))


def _common(one: OutClaim | OutHarm, by: Thing, marked: Thing) -> Thing:
    common = {
        "spec_version": "2.1",
        "created_by_ref": by["id"],
        "created": stix_time(one.created_at),
        "modified": _changed(one),
        **marked,
    }
    return {**common, "revoked": True} if one.revoked else common


def _incident(one: OutClaim | OutHarm, common: Thing) -> Thing:
    key = stix_id("incident", f"said:{one.ref}")
    return {"type": "incident", "id": key, **common, "name": one.text.title}


def _from_where(one: OutClaim | OutHarm, publisher: str) -> list[Thing]:
    ours = {"source_name": "good-offices", "external_id": one.ref}
    name = one.text.source_title or publisher
    if not name:
        return [ours]
    source = {"source_name": name, "description": publisher or name}
    return [ours, {**source, "url": one.text.source_url} if one.text.source_url else source]


def _note(one: OutClaim | OutHarm, common: Thing, about: list[str], key: str, held: Thing) -> Thing:
    text = one.text
    publisher = getattr(text, "source_publisher", "")
    return {
        "type": "note",
        "id": note_id(one.ref),
        **common,
        "abstract": text.title,
        "content": text.body or text.title,
        "object_refs": about,
        "external_references": _from_where(one, publisher),
        "extensions": {key: {"extension_type": "property-extension", **held}},
    }


def _of_claim(claim: OutClaim, incident: Thing | None) -> list[Thing]:
    text = claim.text
    marked: Thing = {"object_marking_refs": [tlp_marking(text.tlp)["id"]]}
    by = _producer(claim, text.claimant, marked)
    common = _common(claim, by, marked)
    about = incident or _incident(claim, common)
    said = confidence_of(text.scale, text.confidence)
    sure = {} if said is None or said.number is None else {"confidence": said.number}
    beside: list[Thing] = []
    if text.stance == Stance.STATES and text.about_sort in ACTORS:
        beside = _attribution(claim, about["id"], common, sure)
    elif text.stance in OPINIONS and claim.answers:
        beside = [_opinion(claim, common)]
    held: Thing = {"claim": plain_claim(text)}
    if claim.answers:
        held["answers_ref"] = note_id(claim.answers)
    replies = replies_of(claim)
    if replies:
        held["reply_refs"] = [f"note--{one.key}" for one in replies]
        # As long as the list before it; 0 is for what does not say so, as no version has it.
        held["reply_versions"] = [one.edition or 0 for one in replies]
    if ends := withdrawals_of(claim):
        held["withdrawals"] = ends
    refs = [about["id"], *(thing["id"] for thing in beside)]
    changed = common["modified"]
    last = {"modified": max([changed, *(stix_time(one.at) for one in claim.replies)])}
    note = _note(claim, {**common, **sure, **last}, refs, CLAIM_EXTENSION, held)
    own = [] if incident else [about]
    given = len(claim.replies)  # before those of the file that it came from
    answers = [stix_reply(one, common, changed) for one in replies[:given]]
    answers += [stix_reply(one, common) for one in replies[given:]]
    return [by, *own, *beside, note, *(it for things in answers for it in things)]


def _attribution(claim: OutClaim, about: str, common: Thing, sure: Thing) -> list[Thing]:
    sort, more = ACTORS[claim.text.about_sort]
    actor = {
        "type": sort,
        "id": stix_id(sort, f"said:{claim.ref}:named"),
        **common,
        "name": claim.text.about,
        **more,
    }
    tie = {
        "type": "relationship",
        "id": stix_id("relationship", f"said:{claim.ref}"),
        **common,
        **sure,
        "relationship_type": "attributed-to",
        "description": claim.text.title,
        "source_ref": about,
        "target_ref": actor["id"],
    }
    return [actor, tie]


def _opinion(claim: OutClaim, common: Thing) -> Thing:
    return {
        "type": "opinion",
        "id": stix_id("opinion", f"said:{claim.ref}"),
        **common,
        "opinion": OPINIONS[Stance(claim.text.stance)],
        "explanation": claim.text.title,
        "object_refs": [note_id(claim.answers)],
    }


def _of_harm(row: OutHarm, incident: Thing | None) -> list[Thing]:
    marked: Thing = {"object_marking_refs": [tlp_marking(row.text.tlp)["id"]]}
    by = _producer(row, row.text.said_by, marked)
    common = _common(row, by, marked)
    about = incident or _incident(row, common)
    note = _note(row, common, [about["id"]], HARM_EXTENSION, {"harm": plain_harm(row.text)})
    return [by, *([] if incident else [about]), note]
