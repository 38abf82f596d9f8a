"""The author's ledger: who was told, who opened, who acknowledged, who kept silent."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Subquery, and_, exists, func, literal, select
from sqlalchemy.orm import Session

from models.base import Moment
from models.ledger import AuditEvent, OutboxEmail
from models.notices import Notice, Receipt, ReceiptReminder
from models.stakeholders import Person
from portal.access import Actor, as_column, predicate, standing_to
from portal.db import alias
from portal.parameters import NOTHING
from portal.relations import home_of
from portal.rules import CORRECT, NOTICES, PUBLISH, READ, REMIND, asked

STOOD_IN: Final = alias(Person, "stood_in")


@dataclass(frozen=True)
class LedgerLine:
    """One person on the list: what is known of them. Nothing known is silence, no more.

    `by` is who acknowledged for them, where an alternate did. `may_remind` is whether whoever asks
    may remind the recipients of this notice.
    """

    person_id: int
    ref: str
    name: str
    organisation: str
    notified_at: datetime | None
    opened_at: datetime | None
    acknowledged_at: datetime | None
    reminded_at: datetime | None
    by: str
    may_remind: bool

    @property
    def word(self) -> str:
        """The furthest step: acknowledged, opened, told, or silent."""
        for word in ("acknowledged", "opened", "notified"):
            if getattr(self, f"{word}_at") is not None:
                return word
        return "silent"


def read_ledger(session: Session, actor: Actor, notice: Notice, now: datetime) -> list[LedgerLine]:
    """Everybody who is asked to read this edition, in one query.

    The caller has been let in by READ_LEDGER; opened is the first reading of this edition.
    """
    notified, opened = _notified(notice), _opened(notice)
    may_remind = exists().where(
        Notice.id == notice.id, predicate(NOTICES, REMIND, actor.person_id, now)
    )
    people = standing_to(
        NOTICES,
        asked,
        notice.id,
        now,
        Person.id,
        Person.ref,
        Person.name,
        func.coalesce(home_of(literal(now, Moment())), NOTHING),
        notified.c.at,
        opened.c.at,
        Receipt.acknowledged_at,
        ReceiptReminder.reminded_at,
        func.coalesce(STOOD_IN.name, NOTHING).label("by"),
        as_column(may_remind).label("may_remind"),
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
        .outerjoin(
            ReceiptReminder,
            and_(ReceiptReminder.notice_id == notice.id, ReceiptReminder.person_id == Person.id),
        )
        .outerjoin(STOOD_IN, STOOD_IN.id == Receipt.by_id)
        .order_by(Person.name)
    )
    return [LedgerLine(*row) for row in rows]


def _opened(notice: Notice) -> Subquery:
    """When each person first opened this edition."""
    return (
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


def _notified(notice: Notice) -> Subquery:
    """When each person was last sent an e-mail about an edition, or their alternate was."""
    whose = func.coalesce(OutboxEmail.for_id, OutboxEmail.person_id)
    return (
        select(whose.label("person_id"), func.max(OutboxEmail.sent_at).label("at"))
        .where(
            OutboxEmail.resource_type == NOTICES.name,
            OutboxEmail.resource_id == notice.id,
            OutboxEmail.template.in_((PUBLISH, CORRECT)),
        )
        .group_by(whose)
        .subquery()
    )


@dataclass(frozen=True)
class Total:
    """How many of an organisation are asked, and how many of them acknowledged."""

    organisation: str
    asked: int
    acknowledged: int


def totals(lines: list[LedgerLine]) -> list[Total]:
    """The same, counted by organisation: those of which fewest acknowledged first."""
    asked = Counter(line.organisation for line in lines)
    done = Counter(line.organisation for line in lines if line.acknowledged_at is not None)
    found = [Total(name, many, done[name]) for name, many in asked.items()]
    return sorted(found, key=lambda one: (one.acknowledged / one.asked, one.organisation))
