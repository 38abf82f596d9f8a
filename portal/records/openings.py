"""Who of those who attended has opened the minutes as they were circulated, for their writers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Subquery, and_, func, select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Delegation
from models.ledger import AuditEvent
from models.records import Record, RecordAgreement, RecordComment, RecordCommentType
from models.stakeholders import Organisation, Person
from portal.access import standing_to
from portal.db import alias
from portal.parameters import NOTHING
from portal.relations import present
from portal.rules import EXPORT, READ, RECORDS

STOOD_IN: Final = alias(Person, "stood_in")


@dataclass(frozen=True)
class Opening:
    """Somebody who is asked, for which delegation, and what they did with the present version.

    `agreed_by` is the alternate who agreed for them, if one did.
    """

    person: str
    delegation: str
    opened_at: datetime | None
    agreed_at: datetime | None
    objected_at: datetime | None
    agreed_by: str


def openings(session: Session, record: Record, now: datetime) -> list[Opening]:
    """One line for each person who attended, those who have not opened it first; one query.

    The caller has been let in by READ_LEDGER. To export it is to have opened it.
    """
    if record.edition == 0 or record.source_id is not None:
        return []
    opened = _first(
        AuditEvent.at,
        AuditEvent.person_id,
        AuditEvent.resource_type == RECORDS.name,
        AuditEvent.resource_id == record.id,
        AuditEvent.verb.in_((READ, EXPORT)),
        AuditEvent.edition == record.edition,
    )
    objected = _first(
        RecordComment.at,
        func.coalesce(RecordComment.for_id, RecordComment.by_id),
        RecordComment.record_id == record.id,
        RecordComment.edition == record.edition,
        RecordComment.type != RecordCommentType.COMMENT,
    )
    agreed = and_(
        RecordAgreement.record_id == record.id,
        RecordAgreement.edition == record.edition,
        RecordAgreement.person_id == Person.id,
    )
    there = standing_to(RECORDS, present, record.id, now, Person.id)
    rows = session.execute(
        select(
            Person.name,
            func.coalesce(Organisation.name, NOTHING),
            opened.c.at,
            RecordAgreement.at,
            objected.c.at,
            func.coalesce(STOOD_IN.name, NOTHING),
        )
        .select_from(Attendee)
        .join(Person, Person.id == Attendee.person_id)
        .outerjoin(Delegation, Delegation.id == Attendee.delegation_id)
        .outerjoin(Organisation, Organisation.id == Delegation.organisation_id)
        .outerjoin(opened, opened.c.who == Person.id)
        .outerjoin(objected, objected.c.who == Person.id)
        .outerjoin(RecordAgreement, agreed)
        .outerjoin(STOOD_IN, STOOD_IN.id == RecordAgreement.by_id)
        .where(Attendee.dialogue_id == record.dialogue_id, Person.id.in_(there))
        .order_by(opened.c.at.is_not(None), Organisation.name, Person.name)
    )
    return [Opening(*row) for row in rows]


def _first(at: Any, who: Any, *where: Any) -> Subquery:
    return select(who.label("who"), func.min(at).label("at")).where(*where).group_by(who).subquery()
