"""Whose move it is may be reminded of it by those who wait, and by who mediates."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.stakeholders import Person
from portal.access import Actor, audience, stands
from portal.commitments.transitions import lock
from portal.errors import Invalid
from portal.ladders import last_reminder, reminded_lately
from portal.ledger import transition
from portal.parameters import KEY, at_most, ready
from portal.rules import COMMITMENTS, READ, REMIND
from portal.words import N_

LAST: Final = ready(select(last_reminder(COMMITMENTS)).where(Commitment.id == KEY))


def remind(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Ask whoever's move it is once more; the policy says who that is.

    Raises Invalid (`remind`) where they were reminded in the last 20 hours, by whomever, and where
    the e-mail would reach nobody: whose move it is has nobody left who can make it.
    """
    lock(session, ref)
    with transition(session, actor, REMIND, COMMITMENTS, ref, now) as commitment:
        if reminded_lately(session.scalar(LAST, {KEY.key: commitment.id}), now):
            raise Invalid({"remind": N_("A reminder was sent within the last 20 hours.")})
        if not _reaches(session, commitment, now):
            raise Invalid({"remind": N_("Nobody there can respond yet, so no reminder was sent.")})


def _reaches(session: Session, commitment: Commitment, now: datetime) -> bool:
    (rule,) = (row for row in COMMITMENTS.rows(REMIND) if commitment.state in row.states)
    if rule.notify is None:
        return False
    readers = audience(COMMITMENTS, READ, commitment.id, now, Person.id)
    found = readers.where(stands(COMMITMENTS, rule.notify, commitment.id, now))
    return session.scalar(found.limit(at_most(1))) is not None
