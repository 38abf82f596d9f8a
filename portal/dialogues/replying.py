"""Whoever is invited answers on the page; organisers take up or decline another time proposed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Answer, Attendee, Dialogue
from models.replies import CalendarReply, Outcome
from portal.access import Actor, authorize
from portal.dialogues.incoming import row_of
from portal.dialogues.polling import held
from portal.errors import TooLate, refuse
from portal.ledger import audit, transition, write_to
from portal.rules import DIALOGUES
from portal.rules.verbs import ANSWER, DECLINE_COUNTER, TAKE_SEAT
from portal.words import N_


@dataclass(frozen=True)
class Response:
    """What somebody has answered so far, and what their calendar said where that is another answer.

    Both are empty where there is no answer, or where they have no seat of their own.
    """

    answer: str = ""
    at: datetime | None = None
    by_mail: bool = False


def answer(
    session: Session, actor: Actor, ref: str, *, said: str, sequence: int, now: datetime
) -> Response:
    """Say whether one comes, to the invitation of this `sequence`; gives back what stood before.

    Raises TooLate when it was moved meanwhile, Invalid for what is no answer.
    """
    with transition(session, actor, ANSWER, DIALOGUES, ref, now) as dialogue:
        held(session, dialogue, ANSWER)
        if dialogue.sequence != sequence:
            raise TooLate(ANSWER)
        if said not in set(Answer):
            refuse({"answer": N_("Choose your response.")})
        if said != Answer.DECLINED:
            authorize(session, actor, TAKE_SEAT, DIALOGUES, ref, now)
        row = row_of(session, dialogue, actor.person_id)
        before = Response(row.answer, row.answered_at, row.by_mail)
        row.answer, row.answered_at, row.by_mail = said, now, False
    return before


def said_by(session: Session, actor: Actor, dialogue: Dialogue) -> Response:
    """What the person has answered so far."""
    mine = select(Attendee.answer, Attendee.answered_at, Attendee.by_mail).where(
        Attendee.dialogue_id == dialogue.id, Attendee.person_id == actor.person_id
    )
    row = session.execute(mine).one_or_none()
    return Response(*row) if row else Response()


def proposal_of(session: Session, dialogue: Dialogue, key: int) -> CalendarReply | None:
    """Another time that somebody invited proposes; None where it does not wait any more."""
    return session.scalars(
        select(CalendarReply).where(
            CalendarReply.id == key,
            CalendarReply.dialogue_id == dialogue.id,
            CalendarReply.outcome == Outcome.PROPOSAL,
            CalendarReply.closed_at.is_(None),
        )
    ).one_or_none()


def decline_counter(session: Session, actor: Actor, ref: str, *, key: int, now: datetime) -> None:
    """Keep the time as it is; whoever proposed another one is notified.

    Raises TooLate when the proposal does not wait any more.
    """
    with transition(session, actor, DECLINE_COUNTER, DIALOGUES, ref, now, proposal=key) as dialogue:
        held(session, dialogue, DECLINE_COUNTER)
        proposal = proposal_of(session, dialogue, key)
        if proposal is None:
            raise TooLate(DECLINE_COUNTER)
        proposal.closed_at = now
        about = [proposal.person_id]
        event = audit(session, actor, DECLINE_COUNTER, DIALOGUES, dialogue, now, people=about)
        write_to(session, event, proposal.person_id, now)
