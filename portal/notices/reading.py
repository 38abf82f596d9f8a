"""Reading one notice, and the author's ledger of who has read and acknowledged it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, OutboxLetter
from models.notices import Comment, Edition, Notice, Receipt
from models.stakeholders import Organisation, Person
from portal.access import Actor, answer, clause, standing_to
from portal.errors import NotFound
from portal.ledger import note
from portal.rules import NOTICES, PUBLISH, READ, READ_LEDGER, READ_TEXT, recipients


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one notice; without `text` only the envelope is shown."""

    notice: Notice
    organisation: str
    author: str
    verbs: frozenset[str]
    text: bool
    comments: tuple[Any, ...]
    editions: tuple[Any, ...]


def read(session: Session, actor: Actor, ref: str, now: datetime) -> Reading:
    """One notice as this person may see it; the reading goes into the trail.

    Raises NotFound when it is absent or hidden.
    """
    granted = [answer(clause(NOTICES, verb, actor.person_id, now)) for verb in NOTICES.verbs]
    row = session.execute(
        select(Notice, Organisation.name, Person.name, *granted)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .join(Person, Person.id == Notice.author_id)
        .where(Notice.ref == ref)
    ).one_or_none()
    verbs = (
        frozenset(verb for verb, yes in zip(NOTICES.verbs, row[3:], strict=True) if yes)
        if row
        else frozenset()
    )
    if row is None or READ not in verbs:
        raise NotFound(ref)
    notice, shown = row[0], READ_TEXT in verbs
    note(session, actor, READ, NOTICES, notice, now)
    return Reading(
        notice,
        row[1],
        row[2],
        verbs,
        shown,
        _comments(session, actor, notice, READ_LEDGER in verbs) if shown else (),
        _editions(session, notice) if shown else (),
    )


def _comments(session: Session, actor: Actor, notice: Notice, own_side: bool) -> tuple[Any, ...]:
    mine = Comment.person_id == actor.person_id
    seen = or_(~Comment.to_author, mine, literal(own_side))
    rows = session.execute(
        select(Comment.text, Comment.at, Comment.to_author, Person.name)
        .join(Person, Person.id == Comment.person_id)
        .where(Comment.notice_id == notice.id, seen)
        .order_by(Comment.id)
    )
    return tuple(rows.all())


def _editions(session: Session, notice: Notice) -> tuple[Any, ...]:
    rows = session.execute(
        select(Edition.number, Edition.at, Edition.why, Edition.text)
        .where(Edition.notice_id == notice.id)
        .order_by(Edition.number.desc())
    )
    return tuple(rows.all())


@dataclass(frozen=True)
class LedgerLine:
    """One person on the list: what is known of them. Nothing known is silence, no more."""

    name: str
    told_at: datetime | None
    opened_at: datetime | None
    acknowledged_at: datetime | None

    @property
    def word(self) -> str:
        """The furthest step: acknowledged, opened, told, or silent."""
        for word in ("acknowledged", "opened", "told"):
            if getattr(self, f"{word}_at") is not None:
                return word
        return "silent"


def ledger_of(session: Session, notice: Notice, now: datetime) -> list[LedgerLine]:
    """Everybody who is asked to read this edition, in one query.

    The caller has been let in by READ_LEDGER; opened is the first reading of this edition.
    """
    opened = (
        select(AuditEvent.person_id, func.min(AuditEvent.at).label("at"))
        .where(
            AuditEvent.kind == NOTICES.name,
            AuditEvent.matter_id == notice.id,
            AuditEvent.verb == READ,
            AuditEvent.edition == notice.edition,
        )
        .group_by(AuditEvent.person_id)
        .subquery()
    )
    told = (
        select(OutboxLetter.person_id, func.max(OutboxLetter.sent_at).label("at"))
        .where(
            OutboxLetter.kind == NOTICES.name,
            OutboxLetter.matter_id == notice.id,
            OutboxLetter.letter.in_((PUBLISH, "correct")),
        )
        .group_by(OutboxLetter.person_id)
        .subquery()
    )
    asked = standing_to(
        NOTICES,
        recipients,
        notice.id,
        now,
        Person.name,
        told.c.at,
        opened.c.at,
        Receipt.acknowledged_at,
    )
    rows = session.execute(
        asked.outerjoin(told, told.c.person_id == Person.id)
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
