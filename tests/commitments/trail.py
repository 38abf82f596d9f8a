"""What the trail and the outbox hold of a commitment after an act."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone, Statement
from models.ledger import AuditEvent, OutboxEmail
from models.stakeholders import Person
from portal.commitments import milestones_of


def acts(session: Session, resource: Commitment) -> list[str]:
    """The verbs of the trail, from first to last."""
    rows = select(AuditEvent.verb).where(
        AuditEvent.resource_type == "commitments", AuditEvent.resource_id == resource.id
    )
    return list(session.scalars(rows.order_by(AuditEvent.id)))


def notified(session: Session, resource: Commitment, verb: str) -> set[str]:
    """Who has an e-mail about this verb."""
    rows = (
        select(Person.email)
        .join(OutboxEmail, OutboxEmail.person_id == Person.id)
        .where(OutboxEmail.resource_type == "commitments", OutboxEmail.resource_id == resource.id)
        .where(OutboxEmail.template == verb)
    )
    return {email.removesuffix(".example") for email in session.scalars(rows)}


def statements(session: Session, resource: Commitment) -> list[Statement]:
    """What was said, from first to last."""
    rows = select(Statement).where(Statement.commitment_id == resource.id)
    return list(session.scalars(rows.order_by(Statement.id)))


def again(session: Session, resource: Commitment) -> Commitment:
    """The commitment as the database has it now."""
    session.expire_all()
    return session.get_one(Commitment, resource.id)


def dues(session: Session, resource: Commitment) -> list[Milestone]:
    """Its due days as the database has them now."""
    return milestones_of(session, again(session, resource))
