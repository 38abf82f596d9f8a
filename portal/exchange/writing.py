"""A notice as a STIX 2.1 bundle: report, incident, indicators, each with its TLP 2.0 marking.

The same edition always gives the same bytes: ids are version 5 UUIDs of the portal's references.
"""

import json
import uuid
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Final

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from models.notices import Indicator, Notice, NoticeTag
from models.stakeholders import Organisation
from models.vocabulary import Tlp
from portal.access import Actor
from portal.exchange.stix import TLP_EXTENSION, TLP_IDS
from portal.ledger import perform
from portal.rules import EXPORT, NOTICES

OURS: Final = uuid.UUID("6f0f4f3a-3f0c-5b3e-9a44-0c7a53a1c9d2")
TLP_MADE: Final = "2022-10-01T00:00:00.000Z"
# The ids of TLP 2.0 come after those of TLP 1 in the table, and so win.
TLP_ID: Final = {tlp: key for key, tlp in TLP_IDS.items()}
PATTERNS: Final = {
    "domain": "domain-name:value",
    "hostname": "domain-name:value",
    "domain-name": "domain-name:value",
    "url": "url:value",
    "uri": "url:value",
    "md5": "file:hashes.MD5",
    "sha1": "file:hashes.'SHA-1'",
    "sha256": "file:hashes.'SHA-256'",
    "sha512": "file:hashes.'SHA-512'",
    "filename": "file:name",
    "email": "email-addr:value",
    "email-addr": "email-addr:value",
    "email-src": "email-message:from_ref.value",
    "email-dst": "email-message:to_refs[*].value",
    "mutex": "mutex:name",
}
ADDRESSES: Final = frozenset({"ip-src", "ip-dst", "ipv4-addr", "ipv6-addr"})


def stix_of(session: Session, actor: Actor, ref: str, now: datetime) -> bytes:
    """The bundle (STIX 2.1, UTF-8 JSON); the export goes into the trail.

    Raises what `portal.access.enter` raises.
    """
    with perform(session, actor, EXPORT, NOTICES, ref, now) as notice:
        home, signs, tags = _what_hangs_on(session, notice)
        bundle = _bundle(notice, home, signs, tags)
    return json.dumps(bundle, indent=1, ensure_ascii=False).encode()


def _what_hangs_on(
    session: Session, notice: Notice
) -> tuple[Organisation, list[Indicator], list[str]]:
    # One query: the tags stand beside the first sign only, so that rows add up and do not multiply.
    other = aliased(Indicator)
    first = select(func.min(other.id)).where(other.notice_id == notice.id).scalar_subquery()
    beside_first = func.coalesce(Indicator.id, 0) == func.coalesce(first, 0)
    rows = session.execute(
        select(Organisation, Indicator, NoticeTag.tag)
        .select_from(Organisation)
        .outerjoin(Indicator, Indicator.notice_id == notice.id)
        .outerjoin(NoticeTag, and_(NoticeTag.notice_id == notice.id, beside_first))
        .where(Organisation.id == notice.organisation_id)
        .order_by(Indicator.id, NoticeTag.tag)
    ).all()
    signs = dict.fromkeys(row[1] for row in rows if row[1] is not None)
    return rows[0][0], list(signs), [row[2] for row in rows if row[2] is not None]


def _bundle(
    notice: Notice, home: Organisation, signs: list[Indicator], tags: list[str]
) -> dict[str, Any]:
    identity = {
        "type": "identity",
        "spec_version": "2.1",
        "id": _id("identity", home.ref),
        "created": _time(home.created_at),
        "modified": _time(home.created_at),
        "name": home.name,
        "identity_class": "organization",
    }
    common = {
        "spec_version": "2.1",
        "created_by_ref": identity["id"],
        "created": _time(notice.created_at),
        "modified": _time(notice.changed_at),
        "object_marking_refs": [TLP_ID[Tlp(notice.tlp)]],
    }
    described = {"description": text} if (text := _description(notice)) else {}
    incident = {
        "type": "incident",
        "id": _id("incident", notice.ref),
        **common,
        "name": notice.title,
        **described,
    }
    made = [_indicator(notice, sign, common) for sign in signs]
    objects = [incident, *(thing for thing in made if thing)]
    unsaid = [sign for sign, thing in zip(signs, made, strict=True) if thing is None]
    objects.append(_facts(notice, unsaid, common, incident["id"]))
    report = {
        "type": "report",
        "id": _id("report", notice.ref),
        **common,
        "name": notice.title,
        **described,
        "report_types": ["indicator"],
        "published": _time(notice.published_at or notice.created_at),
        "object_refs": [str(thing["id"]) for thing in objects],
        "external_references": [{"source_name": "good-offices", "external_id": notice.ref}],
        "labels": [*tags, f"PAP:{notice.pap}"],
    }
    return {
        "type": "bundle",
        "id": _id("bundle", f"{notice.ref}:{notice.edition}:{notice.version}"),
        "objects": [_marking(Tlp(notice.tlp)), identity, report, *objects],
    }


def _id(sort: str, name: str) -> str:
    return f"{sort}--{uuid.uuid5(OURS, f'{sort}:{name}')}"


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _description(notice: Notice) -> str:
    return "\n\n".join(filter(None, (notice.summary, notice.body)))


def _marking(tlp: Tlp) -> dict[str, Any]:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": TLP_ID[tlp],
        "created": TLP_MADE,
        "name": f"TLP:{tlp}",
        "extensions": {
            TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": tlp.lower()}
        },
    }


def _indicator(notice: Notice, sign: Indicator, common: dict[str, Any]) -> dict[str, Any] | None:
    pattern = sign.pattern or _pattern(sign.type, sign.value)
    if pattern is None:
        return None
    thing = {
        "type": "indicator",
        "id": _id("indicator", f"{notice.ref}:{sign.type}:{sign.value}"),
        **common,
        "pattern": pattern,
        "pattern_type": "stix",
        "valid_from": _time(sign.first_seen_at or notice.detected_at or notice.created_at),
    }
    if sign.last_seen_at and _time(sign.last_seen_at) > str(thing["valid_from"]):
        thing["valid_until"] = _time(sign.last_seen_at)
    if sign.comment:
        thing["description"] = sign.comment
    return thing


def _pattern(sort: str, value: str) -> str | None:
    path = PATTERNS.get(sort)
    if sort in ADDRESSES:
        try:
            path = f"ipv{ip_address(value.partition('/')[0]).version}-addr:value"
        except ValueError:
            return None
    if path is None:
        return None
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"[{path} = '{escaped}']"


def _facts(
    notice: Notice, unsaid: list[Indicator], common: dict[str, Any], about: object
) -> dict[str, Any]:
    # What STIX has no field for stands in a note, in words that an import reads past.
    lines = [f"kind: {notice.kind}"]
    for name in ("began", "detected", "contained"):
        at = getattr(notice, f"{name}_at")
        lines += [f"{name}: {_time(at)} ({getattr(notice, f'{name}_certainty')})"] if at else []
    lines += [f"sectors: {', '.join(notice.sectors)}"] if notice.sectors else []
    lines += [f"countries: {', '.join(notice.countries)}"] if notice.countries else []
    lines += [f"{sign.type}: {sign.value}" for sign in unsaid]
    return {
        "type": "note",
        "id": _id("note", notice.ref),
        **common,
        "abstract": f"Facts of {notice.ref}",
        "content": "\n".join(lines),
        "object_refs": [str(about)],
    }
