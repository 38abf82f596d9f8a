"""The ladder of completions: two weeks before one expires, and three days before."""

from datetime import datetime
from typing import Final

from sqlalchemy import literal
from sqlalchemy.orm import Session

from models.stakeholders import Person
from models.training import Completion, CompletionState
from portal.db import in_state
from portal.ladders import Ladder, before
from portal.rules import RENEW, TRAINING
from portal.training.tasks import newest

LADDERS: Final = (
    Ladder(
        TRAINING,
        RENEW,
        Completion.expires_at,
        literal(0),
        before("completion-expires", 14, 3),
        only=(Person.id == Completion.person_id, newest()),
        first=(in_state(Completion, CompletionState.COMPLETED),),
        notified_at=Completion.completed_at,
    ),
)


def email_context(session: Session, _person: Person, key: int, _now: datetime) -> dict[str, object]:
    """What the reminder may say: its reference and the day; the unit is on its page."""
    completion = session.get_one(Completion, key)
    return {
        "ref": completion.ref,
        "day": completion.expires_at,
        "day_zone": completion.zone,
        "ended": completion.ended_by is not None,
    }
