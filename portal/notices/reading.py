"""Reading one notice: its text, and all that is related to it, in two queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.notices import Notice, Receipt
from models.stakeholders import Organisation, Person
from portal.access import Actor, granted, verbs_of
from portal.db import alias
from portal.errors import NotFound
from portal.ledger import audit
from portal.notices.related import RelatedRows, related_rows
from portal.parameters import ME, NOW, REF, ready
from portal.rules import NOTICES, READ, READ_LEDGER, READ_TEXT

STOOD_IN: Final = alias(Person, "stood_in")


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one notice; without `text` only the envelope is shown.

    `acknowledged` counts who has acknowledged this edition; `acknowledged_at` is when this person
    did, or an alternate did for them, who is named by `acknowledged_by`.
    """

    notice: Notice
    organisation: str
    author: str
    acknowledged: int
    acknowledged_at: datetime | None
    acknowledged_by: str
    verbs: frozenset[str]
    text: bool
    related: RelatedRows


def read(session: Session, actor: Actor, ref: str, now: datetime) -> Reading:
    """One notice as this person may see it; the reading goes into the trail.

    Raises NotFound when it is absent or hidden.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(QUESTION, asked).one_or_none()
    verbs = verbs_of(NOTICES, row)
    if row is None or READ not in verbs:
        raise NotFound(ref)
    notice, shown = row.Notice, READ_TEXT in verbs
    audit(session, actor, READ, NOTICES, notice, now)
    own = READ_LEDGER in verbs
    rows = related_rows(session, actor, notice, own, now) if shown else RelatedRows()
    return Reading(
        notice,
        row.organisation,
        row.author,
        acknowledged=row.acknowledged,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by or "",
        verbs=verbs,
        text=shown,
        related=rows,
    )


def _question() -> Select[*tuple[Any, ...]]:
    acknowledged = (
        select(func.count())
        .where(Receipt.notice_id == Notice.id, Receipt.edition == Notice.edition)
        .correlate(Notice)
        .scalar_subquery()
    )
    own = (
        Receipt.notice_id == Notice.id,
        Receipt.edition == Notice.edition,
        Receipt.person_id == ME,
    )
    mine = select(Receipt.acknowledged_at).where(*own).correlate(Notice).scalar_subquery()
    by = select(STOOD_IN.name).join(Receipt, Receipt.by_id == STOOD_IN.id).where(*own)
    return (
        select(
            Notice,
            Organisation.name.label("organisation"),
            Person.name.label("author"),
            acknowledged.label("acknowledged"),
            mine.label("acknowledged_at"),
            by.correlate(Notice).scalar_subquery().label("acknowledged_by"),
            *granted(NOTICES, ME, NOW),
        )
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .join(Person, Person.id == Notice.author_id)
        .where(Notice.ref == REF)
    )


QUESTION: Final = ready(_question())
