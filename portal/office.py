"""The steward's desk: how the house is, envelopes of what happened, letters that are stuck."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, Heartbeat, OutboxLetter
from models.stakeholders import Person
from portal.access import Actor, enter, envelope
from portal.errors import Invalid
from portal.ledger import perform
from portal.rules import OFFICE, READ, READ_LETTERS, READ_TRAIL, RETRY_LETTER
from portal.stakeholders import OFFICE_REF
from portal.words import N_

PAGE = 50
DEAD = "dead"


@dataclass(frozen=True)
class Health:
    """When the jobs were last seen, and how many letters wait, are overdue, are dead."""

    beat_at: datetime | None
    waiting: int
    overdue: int
    dead: int
    events: int


def health(session: Session, actor: Actor, now: datetime) -> Health:
    """How the house is; raises what `access.enter` raises."""
    enter(session, actor, READ, OFFICE, OFFICE_REF, now)
    is_open = OutboxLetter.closed_at.is_(None)
    row = session.execute(
        select(
            select(Heartbeat.at).where(Heartbeat.name == "jobs").scalar_subquery(),
            select(func.count()).where(is_open).scalar_subquery(),
            select(func.count()).where(is_open, OutboxLetter.attempts > 1).scalar_subquery(),
            select(func.count()).where(OutboxLetter.outcome == DEAD).scalar_subquery(),
            select(func.max(AuditEvent.id)).scalar_subquery(),
        )
    ).one()
    return Health(row[0], row[1], row[2], row[3], row[4] or 0)


@dataclass(frozen=True)
class TrailFilter:
    """What the trail is narrowed to; empty means everything."""

    person: str = ""
    verb: str = ""
    ref: str = ""

    def clauses(self) -> list[Any]:
        """The narrowing as SQL over events and people."""
        found: list[Any] = []
        if self.person:
            found.append(Person.name.icontains(self.person, autoescape=True))
        if self.verb:
            found.append(AuditEvent.verb == self.verb)
        if self.ref:
            found.append(AuditEvent.ref == self.ref.upper())
        return found


def trail(
    session: Session, actor: Actor, now: datetime, narrowed: TrailFilter, before: str = ""
) -> tuple[list[Any], str]:
    """A page of envelopes, newest first, and the mark of the next page; never what they held."""
    enter(session, actor, READ_TRAIL, OFFICE, OFFICE_REF, now)
    events = (
        select(
            AuditEvent.id,
            AuditEvent.at,
            AuditEvent.verb,
            AuditEvent.kind,
            AuditEvent.ref,
            AuditEvent.edition,
            AuditEvent.signin_id,
            Person.name,
        )
        .outerjoin(Person, Person.id == AuditEvent.person_id)
        .where(*narrowed.clauses(), envelope(AuditEvent.kind, AuditEvent.matter_id, now))
    )
    if before.isascii() and before.isdigit() and len(before) < 16:
        events = events.where(AuditEvent.id < int(before))
    rows = session.execute(events.order_by(AuditEvent.id.desc()).limit(PAGE + 1)).all()
    return list(rows[:PAGE]), str(rows[PAGE - 1].id) if len(rows) > PAGE else ""


def letters(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The letters that could not be delivered, or are tried again: whom, about which, why."""
    enter(session, actor, READ_LETTERS, OFFICE, OFFICE_REF, now)
    again = and_(OutboxLetter.closed_at.is_(None), OutboxLetter.attempts > 0)
    rows = session.execute(
        select(
            OutboxLetter.id,
            OutboxLetter.kind,
            OutboxLetter.letter,
            OutboxLetter.created_at,
            OutboxLetter.next_at,
            OutboxLetter.closed_at,
            OutboxLetter.attempts,
            OutboxLetter.reason,
            Person.name,
            Person.email,
        )
        .join(Person, Person.id == OutboxLetter.person_id)
        .where(
            or_(OutboxLetter.outcome == DEAD, again),
            envelope(OutboxLetter.kind, OutboxLetter.matter_id, now),
        )
        .order_by(OutboxLetter.id.desc())
        .limit(200)
    )
    return list(rows)


def retry(session: Session, actor: Actor, letter_id: int, now: datetime) -> None:
    """Put a dead letter back into the outbox; it is asked anew who may be told."""
    with perform(session, actor, RETRY_LETTER, OFFICE, OFFICE_REF, now, letter=letter_id):
        letter = session.get(OutboxLetter, letter_id)
        if letter is None or letter.outcome != DEAD:
            raise Invalid({"letter": N_("That letter is not waiting for anybody any more.")})
        letter.outcome = letter.closed_at = letter.leased_until = None
        letter.attempts, letter.next_at = 0, now
