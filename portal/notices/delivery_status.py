"""The author's ledger: who was told, who opened, who acknowledged, who kept silent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, OutboxEmail
from models.notices import Notice, Receipt
from models.stakeholders import Person
from portal.access import standing_to
from portal.rules import CORRECT, NOTICES, PUBLISH, READ, asked


@dataclass(frozen=True)
class LedgerLine:
    """One person on the list: what is known of them. Nothing known is silence, no more."""

    name: str
    notified_at: datetime | None
    opened_at: datetime | None
    acknowledged_at: datetime | None

    @property
    def word(self) -> str:
        """The furthest step: acknowledged, opened, told, or silent."""
        for word in ("acknowledged", "opened", "notified"):
            if getattr(self, f"{word}_at") is not None:
                return word
        return "silent"


def read_ledger(session: Session, notice: Notice, now: datetime) -> list[LedgerLine]:
    """Everybody who is asked to read this edition, in one query.

    The caller has been let in by READ_LEDGER; opened is the first reading of this edition.
    """
    opened = (
        select(AuditEvent.person_id, func.min(AuditEvent.at).label("at"))
        .where(
            AuditEvent.resource_type == NOTICES.name,
            AuditEvent.resource_id == notice.id,
            AuditEvent.verb == READ,
            AuditEvent.edition == notice.edition,
        )
        .group_by(AuditEvent.person_id)
        .subquery()
    )
    notified = (
        select(OutboxEmail.person_id, func.max(OutboxEmail.sent_at).label("at"))
        .where(
            OutboxEmail.resource_type == NOTICES.name,
            OutboxEmail.resource_id == notice.id,
            OutboxEmail.template.in_((PUBLISH, CORRECT)),
        )
        .group_by(OutboxEmail.person_id)
        .subquery()
    )
    people = standing_to(
        NOTICES,
        asked,
        notice.id,
        now,
        Person.name,
        notified.c.at,
        opened.c.at,
        Receipt.acknowledged_at,
    )
    rows = session.execute(
        people.outerjoin(notified, notified.c.person_id == Person.id)
        .outerjoin(opened, opened.c.person_id == Person.id)
        .outerjoin(
            Receipt,
            and_(
                Receipt.notice_id == notice.id,
                Receipt.person_id == Person.id,
                Receipt.edition == notice.edition,
            ),
        )
        .order_by(Person.name)
    )
    return [LedgerLine(*row) for row in rows]
