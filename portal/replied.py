"""What somebody has answered to an invitation, and what became of the last reply by e-mail."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Dialogue
from models.replies import CalendarReply, Outcome
from portal.parameters import at_most


def last_reply(session: Session, person_id: int, dialogue: Dialogue) -> dict[str, object]:
    """For an e-mail about it: `response`, `outcome`, `reason` and the `state` of the dialogue."""
    answer = select(Attendee.answer).where(
        Attendee.dialogue_id == dialogue.id, Attendee.person_id == person_id
    )
    last = (
        select(CalendarReply.outcome, CalendarReply.reason)
        .where(
            CalendarReply.dialogue_id == dialogue.id,
            CalendarReply.person_id == person_id,
            CalendarReply.outcome != Outcome.AUTOMATIC,
        )
        .order_by(CalendarReply.at.desc(), CalendarReply.id.desc())
        .limit(at_most(1))
    )
    row = session.execute(last).one_or_none()
    return {
        "response": session.scalar(answer) or "",
        "outcome": row.outcome if row else "",
        "reason": row.reason if row else "",
        "state": dialogue.state,
    }
