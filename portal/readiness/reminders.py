"""The ladder of self-checks: on the day that the respondent chose, and once more a month later."""

from datetime import datetime
from typing import Final

from sqlalchemy import literal
from sqlalchemy.orm import Session

from models.readiness import CheckState, SelfCheck
from models.stakeholders import Person
from portal.db import in_state
from portal.ladders import DAY, Ladder, after
from portal.readiness.tasks import newest
from portal.rules import READINESS, RENEW

LADDERS: Final = (
    Ladder(
        READINESS,
        RENEW,
        SelfCheck.look_again_at,
        literal(0),
        after("look-again", 0, 28),
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
