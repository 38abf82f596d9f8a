"""Findings: what should change, and who should do it; each can become a real commitment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.exercises import Exercise, ExerciseFinding
from models.stakeholders import Organisation
from models.vocabulary import Tlp
from portal.access import Actor, authorize, sub_resource, visible
from portal.errors import Invalid, NotFound, TooLate, refuse
from portal.ledger import transition
from portal.recipients import RecipientList
from portal.rules import ADD_FINDING, ADDRESSABLE, DRAFT_COMMITMENT, EXERCISES, ORGANISATIONS
from portal.rules.verbs import TAKE_UP
from portal.words import N_

LONGEST_FINDING: Final = 200


@dataclass(frozen=True)
class Finding:
    """What a commitment is made from: who should do what; whom to promise it to, as far as known.

    `addressee_id` is the organisation of the exercise, or 0 where that is the promisor itself.
    """

    organisation_ref: str
    organisation_id: int
    addressee_id: int
    text: str
    exercise_ref: str
    tlp: Tlp


def add_finding(
    session: Session, actor: Actor, ref: str, *, text: str, organisation_id: int, now: datetime
) -> ExerciseFinding:
    """Propose a finding for an organisation; raises Invalid for bad fields."""
    with transition(session, actor, ADD_FINDING, EXERCISES, ref, now) as exercise:
        found: dict[str, str] = {}
        if not text.strip():
            found["text"] = N_("Say in one sentence what should change.")
        if len(text) > LONGEST_FINDING:
            found["text"] = N_("This is too long.")
        if not _is_known(session, actor, organisation_id, now):
            found["organisation"] = N_("Choose one from the list.")
        refuse(found)
        row = ExerciseFinding(
            exercise_id=exercise.id,
            by_id=actor.person_id,
            organisation_id=organisation_id,
            text=text.strip(),
            at=now,
        )
        session.add(row)
    return row


def _is_known(session: Session, actor: Actor, organisation_id: int, now: datetime) -> bool:
    key = Organisation.id
    known = visible(ORGANISATIONS, actor, now, key).where(key == organisation_id)
    return session.scalar(known) is not None


def finding(session: Session, actor: Actor, ref: str, number: int, now: datetime) -> Finding:
    """What the commitment would say, for whoever binds the organisation that the finding is for.

    Raises what `authorize` raises, NotFound for no finding of this exercise that the person sees,
    TooLate when it is a commitment already.
    """
    exercise = authorize(session, actor, TAKE_UP, EXERCISES, ref, now)
    row = _row(session, actor, exercise, number, now)
    if row.commitment_id is not None:
        raise TooLate(TAKE_UP)
    home = session.get_one(Organisation, row.organisation_id)
    authorize(session, actor, DRAFT_COMMITMENT, ORGANISATIONS, home.ref, now)
    other = exercise.organisation_id if exercise.organisation_id != home.id else 0
    return Finding(home.ref, home.id, other, row.text, exercise.ref, Tlp(exercise.tlp))


def _row(
    session: Session, actor: Actor, exercise: Exercise, number: int, now: datetime
) -> ExerciseFinding:
    seen = select(ExerciseFinding).where(
        ExerciseFinding.id == number,
        ExerciseFinding.exercise_id == exercise.id,
        sub_resource(ExerciseFinding, actor.person_id, now),
    )
    row = session.scalar(seen)
    if row is None:
        raise NotFound(exercise.ref)
    return row


def both_parties(finding: Finding, addressee: int) -> RecipientList:
    """The first readers of the commitment; a draft can be shared with more before it is proposed.

    Under a marking that organisations cannot be listed at, the parties read it all the same.
    """
    if "organisation" in ADDRESSABLE[finding.tlp]:
        return RecipientList(organisations=frozenset({finding.organisation_id, addressee}))
    return RecipientList()


def take_up(
    session: Session, actor: Actor, ref: str, number: int, commitment: Commitment, now: datetime
) -> None:
    """Keep that this commitment, drafted in the same transaction, is what the finding became.

    Raises TooLate when another one was faster, Invalid when it is not of who is to do it.
    """
    with transition(session, actor, TAKE_UP, EXERCISES, ref, now, finding=number) as exercise:
        row = _row(session, actor, exercise, number, now)
        if commitment.organisation_id != row.organisation_id:
            raise Invalid({"addressee": N_("The commitment is not of who is to do it.")})
        taken = session.scalar(
            update(ExerciseFinding)
            .where(ExerciseFinding.id == number, ExerciseFinding.commitment_id.is_(None))
            .values(commitment_id=commitment.id)
            .returning(ExerciseFinding.id)
            .execution_options(synchronize_session=False)
        )
        if taken is None:
            raise TooLate(TAKE_UP)
        session.refresh(row)
