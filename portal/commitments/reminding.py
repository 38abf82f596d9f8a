"""Whose move it is may be reminded of it by those who wait, and by who mediates."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.ledger import AuditEvent
from portal.access import Actor
from portal.commitments.transitions import lock
from portal.errors import Invalid
from portal.ladders import reminded_lately
from portal.ledger import transition
from portal.rules import COMMITMENTS, REMIND
from portal.words import N_


def remind(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Ask whoever's move it is once more; the policy says who that is.

    Raises Invalid (`remind`) where they were reminded in the last 20 hours, by whomever.
    """
    lock(session, ref)
    with transition(session, actor, REMIND, COMMITMENTS, ref, now) as commitment:
        before = session.scalar(
            select(func.max(AuditEvent.at)).where(
                AuditEvent.resource_type == COMMITMENTS.name,
                AuditEvent.resource_id == commitment.id,
                AuditEvent.verb == REMIND,
            )
        )
        if reminded_lately(before, now):
            raise Invalid({"remind": N_("A reminder was sent within the last 20 hours.")})
