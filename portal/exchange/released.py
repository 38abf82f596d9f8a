"""A released text as the files that are handed out: JSON, and a STIX 2.1 report.

Both are made once, when it goes out, from what goes out alone; so their SHA-256 stays what it was.
"""

import json
from datetime import datetime
from typing import Any, Final

from models.vocabulary import Tlp
from portal.exchange.extension import identity
from portal.exchange.writing import stix_id, stix_time, tlp_marking
from portal.releases import Files

Thing = dict[str, Any]
# Who signs is known by name alone, and its id is made of that: so it is one object in every
# release, made once (STIX 2.1, 3.2). When an organisation came into the portal is nobody's concern.
NAMED: Final = "2026-11-29T00:00:00.000Z"


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
    identities = [_named(name) for name in content["by"]]
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


def _named(name: str) -> Thing:
    return identity(stix_id("identity", f"released-by:{name}"), name, NAMED)


def _reply(content: Thing, n: int, said: Thing, common: Thing) -> tuple[Thing, Thing]:
    who = _named(said["by"])
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
