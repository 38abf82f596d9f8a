"""Receipts of copies: who downloaded or exported a resource, in which format and version.

Read from the audit trail; an export of many resources is one event that names the key and version
of each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models.base import Resource
from models.commitments import Evidence
from models.ledger import AuditEvent
from models.notices import Attachment
from models.stakeholders import Person
from portal.access import Actor
from portal.ledger import audit
from portal.parameters import NOTHING, at_most
from portal.rules import EXPORT, ResourceType

DOWNLOAD: Final = "download"
SHOWN: Final = 200
FORMATS: Final = {
    "csv": "CSV",
    "json": "JSON",
    "misp": "MISP",
    "pdf": "PDF",
    "png": "PNG",
    "print": "HTML",
    "stix": "STIX 2.1",
    "svg": "SVG",
    "vcard": "vCard 4.0",
    "xlsx": "XLSX",
}


@dataclass(frozen=True)
class Copy:
    """One download or export of a resource.

    `made_as` is the format of an export, empty for a download; `ref` is that of the file that was
    downloaded, and `file` its name, None once the file was removed. `edition` is the version.
    """

    name: str
    at: datetime
    edition: int | None
    made_as: str
    ref: str
    file: str | None


def export_of_many(
    session: Session,
    actor: Actor,
    resource_type: ResourceType[Resource],
    resources: Iterable[tuple[int, int]],
    now: datetime,
    *,
    made_as: str,
) -> None:
    """Audit an export of many resources, given as key and version of each."""
    taken = [f"{key}:{edition}" for key, edition in resources]
    rows, keys = len(taken), f"|{'|'.join(taken)}|"
    audit(session, actor, EXPORT, resource_type, None, now, rows=rows, format=made_as, taken=keys)


def copies_of(session: Session, resource_type: ResourceType[Resource], resource: Any) -> list[Copy]:
    """Who took a copy, newest first, at most 200; one query.

    The caller has been let in by READ_LEDGER.
    """
    detail = AuditEvent.detail
    file, evidence = (detail[name].as_string() for name in ("file", "evidence"))
    taken, ref = detail["taken"].as_string(), func.coalesce(file, evidence, NOTHING)
    alone = and_(AuditEvent.resource_id == resource.id, AuditEvent.verb.in_((DOWNLOAD, EXPORT)))
    among_many = and_(
        AuditEvent.resource_id.is_(None),
        AuditEvent.verb == EXPORT,
        taken.contains(f"|{resource.id}:", autoescape=True),
    )
    rows = session.execute(
        select(
            Person.name,
            AuditEvent.at,
            AuditEvent.edition,
            func.coalesce(detail["format"].as_string(), NOTHING).label("format"),
            ref.label("ref"),
            func.coalesce(Attachment.name, Evidence.file_name).label("file"),
            taken.label("taken"),
        )
        .join(Person, Person.id == AuditEvent.person_id)
        .outerjoin(Attachment, Attachment.ref == ref)
        .outerjoin(Evidence, Evidence.ref == ref)
        .where(AuditEvent.resource_type == resource_type.name, or_(alone, among_many))
        .order_by(AuditEvent.id.desc())
        .limit(at_most(SHOWN))
    )
    return [
        Copy(row.name, row.at, _edition(row, resource.id), row.format, row.ref, row.file)
        for row in rows
    ]


def _edition(row: Any, key: int) -> int | None:
    if not row.taken:
        edition: int | None = row.edition
        return edition
    return int(row.taken.partition(f"|{key}:")[2].partition("|")[0])
