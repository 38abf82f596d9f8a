"""What is late, and whom it waits for: ladders of reminders, written as outbox rows.

Whoever holds the verb that ends the lateness is whom we remind: there is no second list of
recipients. Only the highest rung that has passed counts, so a week of sleep writes one e-mail; the
unique cause makes ten rounds write the same rows.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.catalogue import LADDERS
from portal.reminders.planning import found_by, plan, write_found


def remind(session: Session, now: datetime) -> int:
    """Write the reminders that are due and not yet written, in one transaction; how many."""
    return sum(plan(session, ladder, now) for ladder in LADDERS)
