"""Whoever is invited answers on the page; organisers take up or decline another time proposed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.dialogues import Answer, Attendee, Dialogue
from models.replies import CalendarReply, Outcome
from models.stakeholders import Person
from portal.access import Actor, authorize, may
from portal.db import alias
from portal.dialogues.incoming import row_of
from portal.dialogues.polling import held
from portal.errors import TooLate, refuse
from portal.ledger import audit, transition, write_to
from portal.parameters import NOTHING
from portal.rules import DIALOGUES
from portal.rules.verbs import ANSWER, DECLINE_COUNTER, TAKE_SEAT
from portal.words import N_

STOOD_IN: Final = alias(Person, "stood_in")
THEMSELVES: Final = N_("They have to accept this invitation themselves. You can decline it.")


@dataclass(frozen=True)
class Response:
    """What somebody has answered so far, and what their calendar said where that is another answer.

    Both are empty where there is no answer, or where they have no seat of their own. `by` is the
    name of whoever answered for them.
    """

    answer: str = ""
    at: datetime | None = None
    by_mail: bool = False
    by: str = ""


def answer(
    session: Session, actor: Actor, ref: str, *, said: str, sequence: int, now: datetime
) -> Response:
    """Say whether one comes, to the invitation of this `sequence`; gives back what stood before.

    An alternate does so for whom they act: the seat is that person's, and so is any training that
    is required of whoever takes it. Raises TooLate when it was moved meanwhile, Invalid for what is
    no answer.
    """
    with transition(session, actor, ANSWER, DIALOGUES, ref, now) as dialogue:
        held(session, dialogue, ANSWER)
        if dialogue.sequence != sequence:
            raise TooLate(ANSWER)
        if said not in set(Answer):
            refuse({"answer": N_("Choose your response.")})
        if said != Answer.DECLINED:
            _take_seat(session, actor, dialogue, now)
        row = row_of(session, dialogue, actor.holder_id)
        before = Response(row.answer, row.answered_at, row.by_mail)
        row.answer, row.answered_at, row.by_mail, row.by_id = said, now, False, actor.by_id
    return before


def _take_seat(session: Session, actor: Actor, dialogue: Dialogue, now: datetime) -> None:
    # What is required of whoever comes is asked of them, not of their alternate.
    if actor.for_id is None:
        authorize(session, actor, TAKE_SEAT, DIALOGUES, dialogue.ref, now)
        return
    whose = Actor(actor.holder_id, "")
    if not may(session, whose, TAKE_SEAT, DIALOGUES, dialogue.id, now):
        refuse({"answer": THEMSELVES})


def said_by(session: Session, actor: Actor, dialogue: Dialogue) -> Response:
    """What the person has answered so far, or the one for whom they act."""
    by = select(STOOD_IN.name).where(STOOD_IN.id == Attendee.by_id).correlate(Attendee)
    name = func.coalesce(by.scalar_subquery(), NOTHING)
    mine = select(Attendee.answer, Attendee.answered_at, Attendee.by_mail, name).where(
        Attendee.dialogue_id == dialogue.id, Attendee.person_id == actor.holder_id
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
