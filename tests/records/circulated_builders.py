"""Records for tests that were sent round, objected to or adopted, and what the trail says."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, OutboxEmail
from models.records import Record, RecordComment, RecordEdition
from models.stakeholders import Person
from portal import records
from portal.catalogue import REMINDS
from portal.db import reading, writing
from portal.on_behalf import may_be_notified
from portal.rules import READ, RECORDS
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.records.builders import begun, written

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
SAID = "Both leave response teams alone."


def ready(session: Session, world: World, **text: Any) -> Record:
    """A draft that says something on its first point."""
    record = begun(session, world, **text)
    written(session, world, record, 1, notes=SAID)
    return record


def circulated(
    session: Session, world: World, *, at: datetime = NOW, days: int = 5, **text: Any
) -> Record:
    """A record that was sent round by the organiser."""
    return sent(session, world, ready(session, world, **text), at=at, days=days)


def sent(
    session: Session, world: World, record: Record, *, at: datetime = NOW, days: int = 5, **kw: Any
) -> Record:
    """Send a draft round as it stands."""
    by = world.actors[ORGANISER]
    sha256 = records.ready(session, by, record.ref, at).sha256
    return records.circulate(session, by, record.ref, days=days, sha256=sha256, now=at, **kw)


def adopted(session: Session, world: World, *, at: datetime = NOW, **text: Any) -> Record:
    """A record that nobody objected to."""
    record = circulated(session, world, at=at, **text)
    assert record.silence_until_at is not None
    assert records.adopt(session, record.ref, record.silence_until_at)
    return record


def kept(world: World, **text: Any) -> str:
    """The reference of a record that was sent round, in the database."""
    with writing(world.sessions) as session:
        return circulated(session, world, **text).ref


def again(world: World, ref: str) -> Record:
    """The record as the database has it."""
    with reading(world.sessions) as session:
        return session.scalars(select(Record).where(Record.ref == ref)).one()


def silent_since(world: World, ref: str, at: datetime) -> None:
    """Let the silence have ended at that instant."""
    with writing(world.sessions) as session:
        session.execute(update(Record).where(Record.ref == ref).values(silence_until_at=at))


def comments(world: World, ref: str) -> list[RecordComment]:
    """What was said to it, from first to last."""
    with reading(world.sessions) as session:
        rows = (
            select(RecordComment)
            .join(Record, Record.id == RecordComment.record_id)
            .where(Record.ref == ref)
        )
        return list(session.scalars(rows.order_by(RecordComment.id)))


def editions(world: World, ref: str) -> list[RecordEdition]:
    """Its editions, from first to last."""
    with reading(world.sessions) as session:
        rows = select(RecordEdition).join(Record, Record.id == RecordEdition.record_id)
        return list(session.scalars(rows.where(Record.ref == ref).order_by(RecordEdition.number)))


def acts(world: World, ref: str, *which: str) -> list[str]:
    """The verbs of the trail about it, from first to last; reading left out."""
    with reading(world.sessions) as session:
        rows = select(AuditEvent.verb).where(
            AuditEvent.resource_type == "records", AuditEvent.ref == ref
        )
        found = session.scalars(rows.order_by(AuditEvent.id)).all()
    return [verb for verb in found if verb != "read" and (not which or verb in which)]


def notified(world: World, ref: str, template: str, at: datetime = NOW) -> set[str]:
    """Who has an e-mail about this, and may still be told when it goes."""
    with reading(world.sessions) as session:
        key = session.scalar(select(Record.id).where(Record.ref == ref))
        assert key is not None
        rows = session.execute(
            select(Person.id, Person.email)
            .join(OutboxEmail, OutboxEmail.person_id == Person.id)
            .where(OutboxEmail.resource_type == "records", OutboxEmail.resource_id == key)
            .where(OutboxEmail.template == template)
        ).all()
        verb = REMINDS.get((template, RECORDS.name), READ)
        return {
            email.removesuffix(".example")
            for who, email in rows
            if may_be_notified(session, who, RECORDS, key, template, verb, at)
        }
