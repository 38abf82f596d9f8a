"""Alternates accepted, declined and ended: at once, since nothing keeps what one may do."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.alternates import AlternateState
from models.stakeholders import Person
from portal.access import Actor
from portal.alternates.scopes import meets_another
from portal.errors import TooLate
from portal.ledger import transition
from portal.rules import ACCEPT, ALTERNATES, DECLINE, END


def accept(session: Session, actor: Actor, ref: str, *, nights: bool, now: datetime) -> None:
    """Agree to act for somebody; `nights`: one may be asked at any hour.

    Raises TooLate where somebody else has accepted the same meanwhile.
    """
    with transition(session, actor, ACCEPT, ALTERNATES, ref, now, nights=nights) as row:
        # Of two that accept at once the second waits here, and sees the first.
        session.scalar(select(Person.id).where(Person.id == row.for_id).with_for_update())
        if meets_another(session, row, now, AlternateState.ACCEPTED):
            raise TooLate(ACCEPT)
        row.nights, row.answered_at = nights, now


def decline(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Decline to act for somebody; whoever asked is notified."""
    with transition(session, actor, DECLINE, ALTERNATES, ref, now) as row:
        row.answered_at = now


def end(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """End it now, from either side or as an administrator; both are notified."""
    with transition(session, actor, END, ALTERNATES, ref, now) as row:
        row.ended_at, row.ended_by_id = now, actor.person_id
