"""Small files made by hand, and where the real ones lie, beside the checkout."""

import json
from pathlib import Path
from typing import Any

REAL = Path(__file__).parents[3] / "shared" / "real"

EVENT: dict[str, Any] = {
    "Event": {
        "uuid": "0b9d3c5a-0000-4000-8000-000000000001",
        "info": "Wiper in an accounting update",
        "date": "2026-11-10",
        "Tag": [
            {"name": "tlp:amber"},
            {"name": "PAP:RED"},
            {"name": 'rsit:malicious-code="worm"'},
            {"name": 'misp-galaxy:sector="Telecoms"'},
            {"name": 'misp-galaxy:target-information="Kenya"'},
            {"name": 'admiralty-scale:source-reliability="b"'},
        ],
        "Attribute": [
            {"type": "ip-dst", "value": "192.0.2.7", "to_ids": True, "comment": "beacon"},
            {"type": "sha256", "value": "a" * 64, "first_seen": "2026-11-09T08:00:00+00:00"},
            {"type": "domain", "value": "update.example", "Tag": [{"name": "tlp:red"}]},
            {"type": "domain", "value": "gone.example", "deleted": True},
            {"type": "comment", "value": "Seen in two sites <b>so far</b>"},
            {"type": "size-in-bytes", "value": "77"},
        ],
        "Object": [
            {"name": "person", "Attribute": [{"type": "full-name", "value": "Not to be kept"}]},
            {
                "name": "file",
                "Attribute": [
                    {"type": "filename", "value": "it's.exe", "object_relation": "filename"},
                    {"type": "attachment", "value": "it.bin", "data": "QUJD"},
                ],
            },
        ],
    }
}

BUNDLE: dict[str, Any] = {
    "type": "bundle",
    "id": "bundle--0b9d3c5a-0000-4000-8000-000000000002",
    "objects": [
        {
            "type": "report",
            "spec_version": "2.1",
            "id": "report--0b9d3c5a-0000-4000-8000-000000000003",
            "name": "Ledgers wiped",
            "description": "A report.",
            "published": "2026-11-11T10:00:00Z",
            "labels": ["PAP:GREEN", "house:tag"],
            "confidence": 70,
            "object_marking_refs": ["marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"],
        },
        {
            "type": "threat-actor",
            "spec_version": "2.1",
            "id": "threat-actor--1",
            "name": "Somebody",
        },
        {"type": "ipv4-addr", "spec_version": "2.1", "id": "ipv4-addr--1", "value": "192.0.2.9"},
        {"type": "opinion", "spec_version": "2.1", "id": "opinion--1"},
    ],
}


def as_bytes(value: Any) -> bytes:
    """A value as the bytes of a JSON file."""
    return json.dumps(value).encode()


def event(**values: Any) -> dict[str, Any]:
    """A small MISP event; every field can be said otherwise."""
    return {"Event": {"info": "Test event", "date": "2026-11-01", "uuid": "e-1", **values}}


def report(n: int = 1, **values: Any) -> dict[str, Any]:
    """A STIX report."""
    return {
        "type": "report",
        "spec_version": "2.1",
        "id": f"report--{n}",
        "created": "2026-11-01T10:00:00Z",
        "modified": "2026-11-01T10:00:00Z",
        "name": f"Report {n}",
        "published": "2026-11-01T10:00:00Z",
        "object_refs": [],
        **values,
    }


def bundle(*things: Any) -> dict[str, Any]:
    """A STIX bundle of these objects."""
    return {"type": "bundle", "id": "bundle--1", "objects": list(things)}
