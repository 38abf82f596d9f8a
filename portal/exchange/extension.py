"""Our extensions of STIX 2.1 for claims and harm: their ids, and what each property means.

`docs/decisions/0051-exchange-of-claims-and-harm.md` describes them for people.
"""

from typing import Any, Final

from portal.exchange.our_ids import CLAIM_EXTENSION, HARM_EXTENSION, INCIDENT_EXTENSION
from portal.exchange.writing import stix_id

Thing = dict[str, Any]
MAKER: Final = stix_id("identity", "good-offices")
MADE: Final = "2026-11-29T00:00:00.000Z"
SCHEMAS: Final = {
    CLAIM_EXTENSION: (
        "Good Offices: claim",
        "A note that holds a claim: who says what about whom, with the confidence in the words of "
        "its scale, their band, and what their conversion to a number loses.",
        "claim: object. Texts: title, stance (states, doubts, denies), claimant, about_sort, "
        "about, form, said_on (a year, month or day), body, basis, scale, confidence, "
        "responsibility, alternatives, source_title, source_publisher, source_on, source_url, "
        "verified, confidence_scale, confidence_word, confidence_lost. Lists: evidence, norms, "
        "confidence_band. Object: considerations. answers_ref: the note that it answers; "
        "reply_refs: the notes that reply to it, and reply_versions: which version each answers, 0 "
        "where it was not published yet or does not say. withdrawals: list of objects with the "
        "texts by, at and why; the note is then revoked. A word without a number has no "
        "confidence in the note, which is not 0.",
    ),
    HARM_EXTENSION: (
        "Good Offices: harm",
        "A note that holds a row of harm, with what is not known of its amount.",
        "harm: object. lower, best, upper: each a whole number from 0 on, or the text “not known”, "
        "which is never 0. Texts: title, category, unit, currency, who, country, sector, service, "
        "reached_as, intended, intended_by, from_on, until_on, body, said_by, said_on, "
        "source_title, source_url, verified. year: a whole number. holds_others: boolean. "
        "flags: list.",
    ),
    INCIDENT_EXTENSION: (
        "Good Offices: what is said of an incident",
        "An incident with the notes that hold claims about it and its harm.",
        "claim_refs, harm_refs: lists of identifiers of notes.",
    ),
}  # fmt: skip


def definitions(objects: dict[str, Thing]) -> list[Thing]:
    """The definitions of our extensions that these objects use, and who made them."""
    used = {key for thing in objects.values() for key in thing.get("extensions", ())}
    made = [_definition(key) for key in SCHEMAS if key in used]
    return [identity(MAKER, "Good Offices", MADE), *made] if made else []


def identity(key: str, name: str, at: str, changed: str = "", **more: Any) -> Thing:
    """An organisation, by its name: made `at`, and `changed` where its name or marking can be."""
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": key,
        "created": at,
        "modified": changed or at,
        "name": name,
        "identity_class": "organization",
        **more,
    }


def _definition(key: str) -> Thing:
    name, description, schema = SCHEMAS[key]
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": key,
        "created_by_ref": MAKER,
        "created": MADE,
        "modified": MADE,
        "name": name,
        "description": description,
        "schema": schema,
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }
