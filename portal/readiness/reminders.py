"""The ladder of self-checks: on the day that the respondent chose, and once more a month later."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import literal
from sqlalchemy.orm import Session

from models.readiness import CheckState, SelfCheck
from models.stakeholders import Person
from portal.db import in_state
from portal.ladders import DAY, Ladder, Rung
from portal.readiness.tasks import newest
from portal.rules import READINESS, RENEW

# The day is kept as the instant at which it ends: noon is on it, be it of 23 hours or of 25.
NOON: Final = timedelta(hours=-12)

LADDERS: Final = (
    Ladder(
        READINESS,
        RENEW,
        SelfCheck.look_again_at,
        literal(0),
        (Rung("due", NOON, "look-again"), Rung("late-28", 28 * DAY, "look-again")),
        only=(Person.id == SelfCheck.person_id, newest()),
        first=(in_state(SelfCheck, CheckState.COMPLETED),),
        notified_at=SelfCheck.completed_at,
        ends=35 * DAY,
    ),
)


def email_context(session: Session, _person: Person, key: int, _now: datetime) -> dict[str, object]:
    """What the reminder may say: its reference and the day; nothing of scope or answers."""
    check = session.get_one(SelfCheck, key)
    return {"ref": check.ref, "day": check.look_again_at, "day_zone": check.zone}
