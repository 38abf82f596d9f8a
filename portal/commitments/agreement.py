"""How a commitment comes about: proposed, countered, accepted, declined, withdrawn."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.commitments import Commitment, Terms
from models.norms import NormTag
from models.stakeholders import Person
from portal.access import Actor, audience
from portal.commitments.conditions import refuse_late_pairs
from portal.commitments.consequences import keep_answers, refuse_unanswered
from portal.commitments.dues import write_dues
from portal.commitments.text import CommitmentText, text_of
from portal.commitments.transitions import lock, settle
from portal.days import end_of
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import authorize_red, transition
from portal.parameters import at_most
from portal.recipients import audience_of
from portal.rules import ACCEPT, COMMITMENTS, COUNTER, DECLINE, PROPOSE, WITHDRAW
from portal.words import N_

DUE_TOO_SOON = N_("The due date is before the response date.")


def propose(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    answer_by_on: date | None,
    now: datetime,
    answers: Mapping[str, str] | None = None,
) -> Commitment:
    """Put a draft before its addressee; unanswered it lapses at the end of that day.

    The day is one in the promisor's zone; `answers` on unintended consequences are saved as well.
    Raises Invalid when the day has passed, while such a question is open, when under this marking
    nobody of the addressee could answer, or when what it is to begin together with has begun
    meanwhile.
    """
    lock(session, ref)
    with transition(session, actor, PROPOSE, COMMITMENTS, ref, now) as commitment:
        authorize_red(session, actor, COMMITMENTS, ref, commitment.tlp, now)
        if answers is not None:
            keep_answers(commitment, answers)
        refuse_unanswered(commitment)
        commitment.asked_id = commitment.addressee_id
        commitment.published_at = commitment.changed_at = now
        _answer_by(commitment, answer_by_on, now)
        refuse_late_pairs(session, commitment)
        keep_terms(session, actor, commitment, "", now)
        ties = update(NormTag).where(NormTag.commitment_id == commitment.id)
        session.execute(ties.values(audience_id=audience_of(session, commitment)))
    answering = audience(COMMITMENTS, ACCEPT, commitment.id, now, Person.id).limit(at_most(1))
    if session.scalar(answering) is None:
        raise Invalid({"people": N_("Nobody at the counterpart can respond; name a person there.")})
    settle(session, commitment, now)
    return commitment


def _answer_by(commitment: Commitment, day: date | None, now: datetime) -> None:
    if day is None:
        raise Invalid({"answer_by_on": N_("Choose the day by which a response is due.")})
    commitment.answer_by_on, commitment.answer_by_at = day, end_of(day, commitment.zone)
    if commitment.answer_by_at <= now:
        raise Invalid({"answer_by_on": N_("This day has passed; choose a later one.")})
    if commitment.due_on is not None and commitment.due_on < day:
        raise Invalid({"answer_by_on": DUE_TOO_SOON})


def _unanswerable(commitment: Commitment, text: CommitmentText) -> dict[str, str]:
    found = same_marking(commitment, text)
    if text.due_on and commitment.answer_by_on and text.due_on < commitment.answer_by_on:
        found["due_on"] = DUE_TOO_SOON
    return found


def same_marking(commitment: Commitment, text: CommitmentText) -> dict[str, str]:
    """A problem where other terms would come with another marking: the author chose it."""
    return {} if text.tlp == commitment.tlp else {"tlp": N_("The marking cannot be changed.")}


def keep_terms(
    session: Session, actor: Actor, commitment: Commitment, why: str, now: datetime
) -> None:
    """Keep the terms as they stand as the next edition."""
    commitment.edition += 1
    session.flush()
    session.add(
        Terms(
            commitment_id=commitment.id,
            number=commitment.edition,
            by_id=actor.person_id,
            at=now,
            why=why,
            text=text_of(session, commitment).as_json(),
        )
    )


def counter(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: CommitmentText,
    why: str,
    version: int,
    now: datetime,
) -> None:
    """Answer a proposal with other terms; now the other party is asked.

    Raises TooLate when `version` is no longer the present one, Invalid for bad fields.
    """
    lock(session, ref)
    with transition(session, actor, COUNTER, COMMITMENTS, ref, now) as commitment:
        if commitment.version != version:
            raise TooLate(COUNTER)
        refuse(text.problems() | need_reason(why, N_("Describe the amendment in one sentence.")))
        refuse(_unanswerable(commitment, text))
        refuse(text.passed(commitment.zone, now, text_of(session, commitment)))
        text.write_into(commitment)
        write_dues(session, commitment, text)
        sides = {commitment.organisation_id, commitment.addressee_id}
        (commitment.asked_id,) = sides - {commitment.asked_id}
        commitment.changed_at = now
        keep_terms(session, actor, commitment, why, now)
    settle(session, commitment, now)


def accept(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Agree to a proposal; it is in force at once, unless a condition makes it wait."""
    lock(session, ref)
    with transition(session, actor, ACCEPT, COMMITMENTS, ref, now) as commitment:
        commitment.changed_at = now
    settle(session, commitment, now)


def decline(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Say no to a proposal, with a reason."""
    _end(session, actor, DECLINE, ref, why, now)


def withdraw(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Take back a draft or a proposal that nobody has accepted."""
    _end(session, actor, WITHDRAW, ref, why, now)


def _end(session: Session, actor: Actor, verb: str, ref: str, why: str, now: datetime) -> None:
    lock(session, ref)
    with transition(session, actor, verb, COMMITMENTS, ref, now) as commitment:
        refuse(need_reason(why, N_("Give a reason in one sentence.")))
        commitment.ended_at = commitment.changed_at = now
        commitment.ended_reason = why.strip()
    settle(session, commitment, now)


def need_reason(why: str, message: str) -> dict[str, str]:
    """A problem where the reason is missing or does not fit."""
    if not why.strip():
        return {"why": message}
    return {"why": N_("This is too long.")} if len(why) > 500 else {}
