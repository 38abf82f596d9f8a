"""What the trail and the outbox hold of a commitment after an act."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone, Statement
from models.ledger import AuditEvent, OutboxLetter
from models.stakeholders import Person
from portal.commitments import milestones_of


def acts(session: Session, matter: Commitment) -> list[str]:
    """The verbs of the trail, from first to last."""
    rows = select(AuditEvent.verb).where(
        AuditEvent.kind == "commitments", AuditEvent.matter_id == matter.id
    )
    return list(session.scalars(rows.order_by(AuditEvent.id)))


def told(session: Session, matter: Commitment, verb: str) -> set[str]:
    """Who has a letter about this verb."""
    rows = (
        select(Person.email)
        .join(OutboxLetter, OutboxLetter.person_id == Person.id)
        .where(OutboxLetter.kind == "commitments", OutboxLetter.matter_id == matter.id)
        .where(OutboxLetter.letter == verb)
    )
    return {email.removesuffix(".example") for email in session.scalars(rows)}


def statements(session: Session, matter: Commitment) -> list[Statement]:
    """What was said, from first to last."""
    rows = select(Statement).where(Statement.commitment_id == matter.id)
    return list(session.scalars(rows.order_by(Statement.id)))


def again(session: Session, matter: Commitment) -> Commitment:
    """The commitment as the database has it now."""
    session.expire_all()
    return session.get_one(Commitment, matter.id)


def dues(session: Session, matter: Commitment) -> list[Milestone]:
    """Its due days as the database has them now."""
    return milestones_of(session, again(session, matter))
