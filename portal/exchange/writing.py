"""A notice as a STIX 2.1 bundle: report, incident, indicators, observed data, all with markings.

What is for detection goes out as an indicator, what is not as observed data, and what STIX has no
type for stands in a note. The same edition always gives the same bytes: ids are version 5 UUIDs of
the portal's references and of all that makes a thing one.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from models.notices import Edition, Indicator, Notice, NoticeState, NoticeTag
from models.stakeholders import Organisation
from models.vocabulary import Pap, Tlp
from portal.access import Actor
from portal.errors import Refused
from portal.exchange.grading import tags_of
from portal.exchange.patterns import LANGUAGES, observables_of, pattern_of
from portal.exchange.stix_markings import PAP_EXTENSION, PAP_IDS, TLP_EXTENSION, TLP_IDS
from portal.ledger import transition
from portal.notices import UNSAID_OR
from portal.rules import EXPORT, NOTICES

OURS: Final = uuid.UUID("6f0f4f3a-3f0c-5b3e-9a44-0c7a53a1c9d2")
# The ids of TLP 2.0 come after those of TLP 1 in the table, and so win; those of PAP alike.
TLP_ID: Final = {tlp: key for key, tlp in TLP_IDS.items()}
PAP_ID: Final = {pap: key for key, pap in PAP_IDS.items()}
# When the OASIS committee made each definition: part of what they are.
TLP_MADE: Final = "2022-10-01T00:00:00.000Z"
PAP_MADE: Final = {
    Pap.CLEAR: "2022-10-01T00:00:00.000Z",
    Pap.GREEN: "2022-10-09T00:00:00.000Z",
    Pap.AMBER: "2022-10-02T00:00:00.000Z",
    Pap.RED: "2022-10-06T00:00:00.000Z",
}
Thing = dict[str, Any]


@dataclass(frozen=True)
class Outgoing:
    """All that goes out of a notice, read while the export was put into the trail."""

    notice: Notice
    home: Organisation
    signs: list[Indicator]
    tags: list[str]
    changed_at: datetime


def export(
    session: Session, actor: Actor, ref: str, now: datetime, made_as: str = "stix"
) -> Outgoing:
    """What goes out of a notice; the export goes into the trail.

    Raises what `portal.access.authorize` raises, and Refused for a notice that is TLP:RED as MISP:
    a server of MISP shows an event to whole organisations, never to named people.
    """
    with transition(session, actor, EXPORT, NOTICES, ref, now, format=made_as) as notice:
        if made_as == "misp" and notice.tlp == Tlp.RED:
            raise Refused(EXPORT)
        return _related_objects(session, notice)


def stix_of(outgoing: Outgoing) -> bytes:
    """The bundle (STIX 2.1, UTF-8 JSON)."""
    return dumped(notice_bundle(outgoing))


def dumped(bundle: Thing) -> bytes:
    """A bundle as the bytes of a file."""
    return json.dumps(bundle, indent=1, ensure_ascii=False).encode()


def _related_objects(session: Session, notice: Notice) -> Outgoing:
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
    tags = [row[2] for row in rows if row[2] is not None]
    return Outgoing(notice, rows[0][0], list(signs), tags, text_changed_at(session, notice))


def text_changed_at(session: Session, notice: Notice) -> datetime:
    """When what goes out of a notice was last changed: closing it changes nothing of that.

    What is withdrawn goes out as revoked from then on.
    """
    if notice.ended_at is None or is_revoked(notice):
        return notice.changed_at
    last = select(func.max(Edition.at)).where(Edition.notice_id == notice.id)
    return session.scalar(last) or notice.created_at


def is_revoked(notice: Notice) -> bool:
    """Whether what goes out of a notice says that it does not hold any more."""
    return notice.state == NoticeState.WITHDRAWN


def notice_bundle(outgoing: Outgoing) -> Thing:
    """The bundle as an object: markings, identity, report, and what the report is about."""
    notice, home = outgoing.notice, outgoing.home
    tlp, pap = tlp_marking(Tlp(notice.tlp)), _pap_marking(Pap(notice.pap))
    identity = {
        "type": "identity",
        "spec_version": "2.1",
        "id": stix_id("identity", home.ref),
        "created": stix_time(home.created_at),
        "modified": stix_time(home.created_at),
        "name": home.name,
        "identity_class": "organization",
    }
    marked = {"object_marking_refs": [tlp["id"], pap["id"]]}
    common = {
        "spec_version": "2.1",
        "created_by_ref": identity["id"],
        "created": stix_time(notice.created_at),
        "modified": stix_time(outgoing.changed_at),
        **({"revoked": True} if is_revoked(notice) else {}),
        **marked,
    }
    said = {"name": notice.title}
    if text := "\n\n".join(filter(None, (notice.summary, notice.body))):
        said["description"] = text
    incident = {"type": "incident", "id": stix_id("incident", notice.ref), **common, **said}
    objects = _objects(outgoing, incident, common, marked)
    report = {
        "type": "report",
        "id": stix_id("report", notice.ref),
        **common,
        **said,
        "report_types": ["threat-report"],
        "published": stix_time(notice.published_at or notice.created_at),
        "object_refs": list(objects),
        "external_references": [{"source_name": "good-offices", "external_id": notice.ref}],
    }
    if labels := [*outgoing.tags, *tags_of(notice)]:
        report["labels"] = labels
    return {
        "type": "bundle",
        "id": stix_id("bundle", f"{notice.ref}:{notice.edition}:{notice.version}"),
        "objects": [tlp, pap, identity, report, *objects.values()],
    }


def _objects(outgoing: Outgoing, incident: Thing, common: Thing, marked: Thing) -> dict[str, Thing]:
    """All that the report is about, by id: what has one id is one object."""
    made, unsaid = {str(incident["id"]): incident}, []
    for sign in outgoing.signs:
        things = _indicator(outgoing.notice, sign, common) if sign.detection else []
        things = things or (
            [] if sign.detection else _observed(outgoing.notice, sign, common, marked)
        )
        made |= {str(thing["id"]): thing for thing in things}
        unsaid += [] if things else [sign]
    facts = _facts(outgoing.notice, unsaid, common, str(incident["id"]))
    return made | {str(facts["id"]): facts}


def stix_id(sort: str, name: str) -> str:
    """The id of a thing of the portal: always the same for the same name."""
    return f"{sort}--{uuid.uuid5(OURS, f'{sort}:{name}')}"


def _sign_id(sort: str, notice: Notice, sign: Indicator) -> str:
    """An id from all that makes a sign this one and no other."""
    whole = [notice.ref, sign.type, sign.value, sign.pattern, sign.category, sign.detection]
    times = [at and stix_time(at) for at in (sign.first_seen_at, sign.last_seen_at)]
    return stix_id(sort, json.dumps([*whole, sign.comment, *times], ensure_ascii=False))


def stix_time(at: datetime) -> str:
    """An instant as STIX writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def tlp_marking(tlp: Tlp) -> Thing:
    """The definition of a marking (OASIS)."""
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


def _pap_marking(pap: Pap) -> Thing:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": PAP_ID[pap],
        "created": PAP_MADE[pap],
        "name": f"PAP:{pap}",
        "extensions": {PAP_EXTENSION: {"extension_type": "property-extension", "pap": pap.lower()}},
    }


def _indicator(notice: Notice, sign: Indicator, common: Thing) -> list[Thing]:
    """The indicator for a sign that is for detection; none where no pattern can say it."""
    language = sign.type if sign.type in LANGUAGES else "stix"
    pattern = sign.value if sign.type in LANGUAGES else sign.pattern
    pattern = pattern or pattern_of(sign.type, sign.value)
    if pattern is None:
        return []
    thing = {
        "type": "indicator",
        "id": _sign_id("indicator", notice, sign),
        **common,
        "pattern": pattern,
        "pattern_type": language,
        "valid_from": stix_time(sign.first_seen_at or notice.detected_at or notice.created_at),
    }
    if sign.last_seen_at and sign.pattern and stix_time(sign.last_seen_at) > thing["valid_from"]:
        thing["valid_until"] = stix_time(sign.last_seen_at)
    if sign.comment:
        thing["description"] = sign.comment
    return [thing]


def _observed(notice: Notice, sign: Indicator, common: Thing, marked: Thing) -> list[Thing]:
    """The observables of a sign that is not for detection, with the fact that they were seen."""
    seen = [{**thing, **marked} for thing in observables_of(sign.type, sign.value)]
    if not seen:
        return []
    first = sign.first_seen_at or notice.detected_at or notice.created_at
    last = max(first, sign.last_seen_at or first)
    observed = {
        "type": "observed-data",
        "id": _sign_id("observed-data", notice, sign),
        **common,
        "first_observed": stix_time(first),
        "last_observed": stix_time(last),
        "number_observed": 1,
        "object_refs": [thing["id"] for thing in seen],
    }
    if not sign.comment:
        return [*seen, observed]
    comment = {
        "type": "note",
        "id": _sign_id("note", notice, sign),
        **common,
        "content": sign.comment,
        "object_refs": [observed["id"]],
    }
    return [*seen, observed, comment]


def _facts(notice: Notice, unsaid: list[Indicator], common: Thing, about: str) -> Thing:
    # What STIX has no field for stands in a note, in words that an import reads past.
    said = {"kind": notice.kind, **{name: getattr(notice, name) for name in UNSAID_OR}}
    lines = [f"{name}: {value}" for name, value in said.items() if value]
    for name in ("began", "detected", "contained"):
        at = getattr(notice, f"{name}_at")
        lines += [f"{name}: {stix_time(at)} ({getattr(notice, f'{name}_certainty')})"] if at else []
    lines += [f"sectors: {', '.join(notice.sectors)}"] if notice.sectors else []
    lines += [f"countries: {', '.join(notice.countries)}"] if notice.countries else []
    lines += [f"{sign.type}: {sign.value}" for sign in unsaid]
    return {
        "type": "note",
        "id": stix_id("note", notice.ref),
        **common,
        "abstract": f"Facts of {notice.ref}",
        "content": "\n".join(lines),
        "object_refs": [about],
    }
