"""When a contact point is asked next whether it answers: on a day that nobody can foresee."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from models.contacts import ContactPoint
from portal.contacts.duty import next_opening
from portal.contacts.listing import as_on_call

# Once a quarter, on one of the last 30 days of it.
QUARTER: Final = timedelta(days=91)
WINDOW: Final = timedelta(days=30)
MINUTE: Final = timedelta(minutes=1)


def next_check(contact: ContactPoint, now: datetime) -> datetime | None:
    """A random instant of the window, within its hours; None where it has none."""
    before = secrets.randbelow(int(WINDOW / MINUTE)) * MINUTE
    return next_opening(as_on_call(contact), now + QUARTER - before)
