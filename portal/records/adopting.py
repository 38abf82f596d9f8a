"""A record is adopted by silence: the system does it, when the jobs or a reader come by."""

from contextlib import closing
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import AuditEvent
from models.records import Record, RecordEdition, RecordState
from portal.access import may
from portal.db import in_state
from portal.ledger import transition
from portal.parameters import NOW, at_most, ready
from portal.records.text import sha256_of
from portal.rules import RECORDS
from portal.rules.verbs import ADOPT, CONFIRM
from portal.system import the_system

SENT_ROUND = in_state(Record, RecordState.CIRCULATED)
AT_ONCE: Final = 200
DUE: Final = ready(
    select(Record.ref)
    .where(SENT_ROUND, Record.silence_until_at <= NOW)
    .order_by(Record.silence_until_at)
    .limit(at_most(AT_ONCE))
)


def due_for_adoption(session: Session, now: datetime) -> list[str]:
    """References of records whose silence has ended; the policy decides about each."""
    return list(session.scalars(DUE, {NOW.key: now}))


def silence_ended(record: Record, now: datetime) -> bool:
    """Whether nothing but the system stands between this record and its adoption."""
    until = record.silence_until_at
    return record.state == RecordState.CIRCULATED and until is not None and until <= now


def settle_silence(session: Session, ref: str, now: datetime) -> None:
    """Adopt the record before anything else is done with it, where the time for that has come."""
    if is_due(session, ref, now):
        adopt(session, ref, now)


def is_due(session: Session, ref: str, now: datetime) -> bool:
    """Whether the record's silence has ended and it is not adopted yet, whoever asks."""
    due = select(Record.id).where(Record.ref == ref, SENT_ROUND, Record.silence_until_at <= now)
    return session.scalar(due) is not None


def adopt(session: Session, ref: str, now: datetime) -> bool:
    """Adopt the record if its silence has ended without an objection, or if all agree.

    The policy says when; a second call does nothing. What was circulated last is final and sealed
    by its SHA-256, which the trail keeps as well.
    """
    # An objection of the last second is waited for; then the record is as it left it.
    held = select(Record).where(Record.ref == ref).with_for_update()
    record = session.scalars(held.execution_options(populate_existing=True)).one_or_none()
    if record is None or record.state != RecordState.CIRCULATED:
        return False
    system = the_system(session, now)
    if not may(session, system, ADOPT, RECORDS, record.id, now):
        return False
    edition = session.get_one(RecordEdition, (record.id, record.edition))
    with transition(session, system, ADOPT, RECORDS, ref, now, sha256=edition.sha256):
        seal(record, edition.sha256, now)
    return True


def seal(record: Record, sha256: str, now: datetime) -> None:
    """Lock a record in the text with this SHA-256; whoever performs moves its state right after."""
    record.adopted_at = record.changed_at = now
    record.sha256 = sha256


def first_broken_seal(session: Session) -> str | None:
    """What is wrong with the first adopted record that says something else than was adopted.

    The text as it is kept, its SHA-256 beside it, that of the record, and the one that the trail
    has of the adoption are one; the chain of the trail is checked by `portal.trail_check`.
    """
    told = (
        select(AuditEvent.resource_id, AuditEvent.detail)
        .where(AuditEvent.resource_type == RECORDS.name, AuditEvent.verb.in_((ADOPT, CONFIRM)))
        .order_by(AuditEvent.id)
    )
    in_trail = {row.resource_id: row.detail.get("sha256") for row in session.execute(told)}
    rows = select(
        Record.id, Record.ref, Record.sha256, RecordEdition.sha256, RecordEdition.text
    ).outerjoin(
        RecordEdition,
        (RecordEdition.record_id == Record.id) & (RecordEdition.number == Record.edition),
    )
    of_all = rows.where(in_state(Record, RecordState.ADOPTED)).order_by(Record.id)
    adopted = set()
    with closing(session.execute(of_all.execution_options(yield_per=100))) as every:
        for key, ref, sealed, kept, text in every:
            adopted.add(key)
            if text is None:
                return f"record {ref}: its adopted text is missing"
            if not sha256_of(text) == kept == sealed:
                return f"record {ref}: its adopted text was changed"
            if in_trail.get(key) != sealed:
                return f"record {ref}: the trail tells of the adoption of another text"
    if gone := set(in_trail) - adopted:
        return f"record number {min(gone)}: it was adopted, and is not any more"
    return None
