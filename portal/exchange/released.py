"""A released text as the files that are handed out: JSON, and a STIX 2.1 report.

Both are made once, when it goes out, from what goes out alone; so their SHA-256 stays what it was.
"""

import json
from datetime import datetime
from typing import Any

from models.vocabulary import Tlp
from portal.exchange.writing import stix_id, stix_time, tlp_marking
from portal.releases import Files

Thing = dict[str, Any]


def files_of(content: Thing) -> Files:
    """The files of a released text."""
    return Files(_dumped(content), _dumped(_bundle(content)))


def _dumped(thing: Thing) -> bytes:
    return (json.dumps(thing, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _bundle(content: Thing) -> Thing:
    first, now = (
        stix_time(datetime.fromisoformat(content[name])) for name in ("first_released", "released")
    )
    marking = tlp_marking(Tlp.CLEAR)
    identities = [_identity(name, first) for name in content["by"]]
    common = {
        "spec_version": "2.1",
        "created_by_ref": identities[0]["id"],
        "created": first,
        "modified": now,
        "object_marking_refs": [marking["id"]],
    }
    replies = [_reply(content, n, said, common) for n, said in enumerate(content["replies"])]
    notes = [note for _identity_of, note in replies]
    others = {one["id"]: one for one in [*identities, *(who for who, _note in replies)]}
    report = {
        "type": "report",
        "id": stix_id("report", f"release:{content['ref']}"),
        **common,
        "name": content["title"],
        "description": content["text"],
        "report_types": ["threat-report"],
        "published": first,
        "object_refs": [one["id"] for one in (*identities, *notes)],
        "external_references": [
            {"source_name": "good-offices", "external_id": content["ref"]},
        ],
    }
    # The first says by whom it is for the standard; a joint statement names all of them.
    return {
        "type": "bundle",
        "id": stix_id("bundle", f"release:{content['ref']}:{content['version']}"),
        "objects": [marking, *others.values(), report, *notes],
    }


def _identity(name: str, at: str) -> Thing:
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": stix_id("identity", f"release:{name}"),
        "created": at,
        "modified": at,
        "name": name,
        "identity_class": "organization",
    }


def _reply(content: Thing, n: int, said: Thing, common: Thing) -> tuple[Thing, Thing]:
    who = _identity(said["by"], common["created"])
    note = {
        "type": "note",
        "id": stix_id("note", f"release:{content['ref']}:{content['version']}:{n}"),
        **common,
        "created_by_ref": who["id"],
        "abstract": f"Reply of {said['by']}",
        "content": said["text"],
        "object_refs": [stix_id("report", f"release:{content['ref']}")],
    }
    return who, note
