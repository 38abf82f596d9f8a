"""Other terms, or an end, by consent: the old terms hold until the other party has agreed."""

from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.commitments import Amendment, Commitment, Proposal, Terms
from portal.access import Actor, authorize
from portal.commitments.agreement import keep_terms, need_reason, same_marking
from portal.commitments.dues import beside_what_was_said, write_dues
from portal.commitments.parties import own_side_of
from portal.commitments.text import CommitmentText, text_from, text_of
from portal.commitments.transitions import lock, settle
from portal.comparing import Change, changes
from portal.errors import Invalid, NotFound, TooLate
from portal.errors import refuse as refuse_fields
from portal.ledger import transition
from portal.parameters import at_most
from portal.rules import (
    AMEND,
    ASK_RELEASE,
    COMMITMENTS,
    CONSENT,
    READ_TERMS,
    REFUSE,
    RELEASE,
    TAKE_BACK,
)
from portal.words import N_
from portal.writes import trial

AGREED, REFUSED, TAKEN_BACK = "agreed", "refused", "taken-back"


def amend(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: CommitmentText,
    why: str,
    version: int,
    now: datetime,
) -> None:
    """Ask the other party for other terms.

    Raises TooLate when `version` is no longer the present one, Invalid for bad fields and when
    nothing would change.
    """
    lock(session, ref)
    with transition(session, actor, AMEND, COMMITMENTS, ref, now) as commitment:
        if commitment.version != version:
            raise TooLate(AMEND)
        refuse_fields(text.problems() | need_reason(why, N_("Give the reason in one sentence.")))
        refuse_fields(same_marking(commitment, text))
        refuse_fields(text.passed(commitment.zone, now, text_of(session, commitment)))
        if text == text_of(session, commitment):
            raise Invalid({"title": N_("Nothing has been changed yet.")})
        with trial(session):  # what could not be agreed on is not asked
            write_dues(session, commitment, text)
        _ask(session, actor, commitment, Proposal.TERMS, why, now, text)


def ask_release(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Ask the other party to end the commitment without its being met."""
    lock(session, ref)
    with transition(session, actor, ASK_RELEASE, COMMITMENTS, ref, now) as commitment:
        refuse_fields(need_reason(why, N_("Give the reason in one sentence.")))
        _ask(session, actor, commitment, Proposal.RELEASE, why, now)


def _ask(
    session: Session,
    actor: Actor,
    commitment: Commitment,
    amendment_type: Proposal,
    why: str,
    now: datetime,
    text: CommitmentText | None = None,
) -> None:
    session.add(
        Amendment(
            commitment_id=commitment.id,
            type=amendment_type,
            organisation_id=own_side_of(session, actor, commitment, now),
            by_id=actor.person_id,
            at=now,
            why=why.strip(),
            text=text.as_json() if text else {},
        )
    )
    commitment.changed_at = now


def consent(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Agree to the terms that the other party asks for; they hold from now on."""
    lock(session, ref)
    with transition(session, actor, CONSENT, COMMITMENTS, ref, now) as commitment:
        asked = _answered(session, actor, commitment, AGREED, now)
        text = text_from(asked.text)
        text.write_into(commitment)
        write_dues(session, commitment, text, asked_before=True)
        keep_terms(session, actor, commitment, asked.why, now)
    settle(session, commitment, now)


def release(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Agree to end the commitment: nothing of it is owed any more."""
    lock(session, ref)
    with transition(session, actor, RELEASE, COMMITMENTS, ref, now) as commitment:
        asked = _answered(session, actor, commitment, AGREED, now)
        commitment.ended_at, commitment.ended_reason = now, asked.why
    settle(session, commitment, now)


def refuse(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Say no to what the other party asks for; everything stays as it is."""
    lock(session, ref)
    with transition(session, actor, REFUSE, COMMITMENTS, ref, now) as commitment:
        _answered(session, actor, commitment, REFUSED, now)


def take_back(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Ask no more for what one's own side has asked for."""
    lock(session, ref)
    with transition(session, actor, TAKE_BACK, COMMITMENTS, ref, now) as commitment:
        _answered(session, actor, commitment, TAKEN_BACK, now)


def _answered(
    session: Session, actor: Actor, commitment: Commitment, answer: str, now: datetime
) -> Amendment:
    asked = session.scalars(_open(commitment)).one()
    asked.answer, asked.answered_by_id, asked.answered_at = answer, actor.person_id, now
    commitment.changed_at = now
    return asked


def open_request(session: Session, commitment: Commitment) -> int | None:
    """The key of what is asked for and not answered; the caller may read what is asked."""
    asked = session.scalars(_open(commitment)).one_or_none()
    return asked.id if asked is not None else None


def _open(commitment: Commitment) -> Select[Amendment]:
    waits = (Amendment.commitment_id == commitment.id, Amendment.answered_at.is_(None))
    return select(Amendment).where(*waits)


def compare_asked(
    session: Session, actor: Actor, ref: str, key: int, now: datetime
) -> tuple[Commitment, Amendment, list[Change]]:
    """What an amendment changes, word by word: against the terms it would have replaced."""
    commitment: Commitment = authorize(session, actor, READ_TERMS, COMMITMENTS, ref, now)
    asked, before = _asked_of(session, commitment, key)
    return commitment, asked, changes(before.text, asked.text, by_words=True)


def asked_again(
    session: Session, actor: Actor, ref: str, key: int, now: datetime
) -> tuple[CommitmentText, str]:
    """An amendment that was asked for before, as it could be from the terms of today; and why.

    What it changed is changed; what was agreed on or reported since stays. The reason is given
    back to the side that gave it alone.
    """
    commitment: Commitment = authorize(session, actor, AMEND, COMMITMENTS, ref, now)
    asked, before = _asked_of(session, commitment, key)
    was, wanted = text_from(before.text), text_from(asked.text)
    changed = {
        field.name: getattr(wanted, field.name)
        for field in fields(CommitmentText)
        if getattr(wanted, field.name) != getattr(was, field.name)
    }
    if "steps" in changed:
        changed["steps"] = beside_what_was_said(session, commitment, wanted.steps)
    ours = asked.organisation_id == own_side_of(session, actor, commitment, now)
    return replace(text_of(session, commitment), **changed), asked.why if ours else ""


def _asked_of(session: Session, commitment: Commitment, key: int) -> tuple[Amendment, Terms]:
    # An amendment, and the terms that it would have replaced.
    asked = session.get(Amendment, key)
    if asked is None or asked.commitment_id != commitment.id or asked.type != Proposal.TERMS:
        raise NotFound(commitment.ref)
    before = session.scalars(
        select(Terms)
        .where(Terms.commitment_id == commitment.id, Terms.at <= asked.at)
        .order_by(Terms.number.desc())
        .limit(at_most(1))
    ).one()
    return asked, before


def read_terms(
    session: Session, actor: Actor, ref: str, number: int, now: datetime
) -> tuple[Commitment, list[Terms], list[Change]]:
    """An edition of the terms beside the one before it, word by word."""
    commitment: Commitment = authorize(session, actor, READ_TERMS, COMMITMENTS, ref, now)
    pair = session.scalars(
        select(Terms)
        .where(Terms.commitment_id == commitment.id, Terms.number.in_((number - 1, number)))
        .order_by(Terms.number)
    ).all()
    if [terms.number for terms in pair] != [number - 1, number]:
        raise NotFound(ref)
    return commitment, list(pair), changes(pair[0].text, pair[1].text, by_words=True)
