"""The verbs of a completion: a unit begun, read, completed, renewed; by its learner alone.

Answers are looked at and forgotten: they are no columns of anything.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.stakeholders import Person
from models.training import Completion, CompletionState
from models.units import TrainingUnit
from portal.access import Actor
from portal.curriculum import Question, Unit, certificate_digest
from portal.days import day_of, end_of, following
from portal.db import in_state
from portal.errors import Said, TooLate, refuse
from portal.ledger import create, transition
from portal.rules import BEGIN_UNIT, COMPLETE, ERASE, PEOPLE, RENEW, STUDY, TRAINING
from portal.words import N_

UNANSWERED: Final = N_("Choose an answer.")
WRONG: Final = N_("Not quite. %(why)s")
# What a question is called among the fields of a form: other fields stand beside them.
FIELD: Final = "answer_%s"


def begin_unit(
    session: Session, actor: Actor, unit: Unit, now: datetime, back: str = ""
) -> Completion:
    """Begin a unit; where it is under way already, it is that one.

    `back` is where the person came from, as noun and reference.
    """
    person = session.get_one(Person, actor.person_id)
    with transition(session, actor, BEGIN_UNIT, PEOPLE, person.ref, now, unit=unit.key):
        return _begun(session, actor, BEGIN_UNIT, unit.key, now, back)


def study(session: Session, actor: Actor, ref: str, section: int, now: datetime) -> None:
    """Keep that the sections up to this one (from 1) were read; what was read before stays read."""
    with transition(session, actor, STUDY, TRAINING, ref, now) as completion:
        completion.sections = max(completion.sections, section)
        completion.changed_at = now


def complete(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    unit: Unit,
    answers: Mapping[str, str],
    now: datetime,
) -> Completion:
    """Complete a unit of which every question is answered correctly; `answers` by question.

    Raises Invalid for each question without an answer, and with the reason for each wrong one.
    """
    with transition(session, actor, COMPLETE, TRAINING, ref, now, unit=unit.key) as completion:
        if completion.unit != unit.key:
            raise TooLate(COMPLETE)
        _same_edition(session, unit)
        refuse(_problems(unit.questions, answers))
        today = day_of(now, actor.zone)
        completion.text_of = unit.edition
        completion.edition = unit.number or None
        completion.sections = len(unit.sections)
        completion.completed_at = completion.changed_at = now
        completion.expires_on = following(today, unit.lasts, today.day)
        completion.zone = actor.zone
        completion.expires_at = end_of(completion.expires_on, actor.zone)
        person = session.get_one(Person, actor.person_id)
        completion.sha256 = certificate_digest(completion, person.ref)
    return completion


def _same_edition(session: Session, unit: Unit) -> None:
    # What was answered are the questions of this edition. The next one waits until this is kept,
    # so that it ends what was completed of the one before, where it does that.
    if unit.number:
        edition = select(TrainingUnit.edition).where(TrainingUnit.ref == unit.key)
        if session.scalar(edition.with_for_update(read=True)) != unit.number:
            raise TooLate(COMPLETE)


def _problems(questions: tuple[Question, ...], answers: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for question in questions:
        choice = question.chosen(answers.get(question.key, ""))
        if choice is None:
            found[FIELD % question.key] = UNANSWERED
        elif not choice.right:
            found[FIELD % question.key] = Said(WRONG, why=choice.why)
    return found


def renew(session: Session, actor: Actor, ref: str, now: datetime) -> Completion:
    """Begin the same unit again; the completion that is there holds until its day."""
    with transition(session, actor, RENEW, TRAINING, ref, now) as completion:
        return _begun(session, actor, RENEW, completion.unit, now, "")


def erase(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Give up what is under way: how far one came is erased."""
    with transition(session, actor, ERASE, TRAINING, ref, now) as completion:
        completion.sections, completion.changed_at, completion.back = 0, now, ""


def _begun(
    session: Session, actor: Actor, verb: str, unit: str, now: datetime, back: str
) -> Completion:
    under_way = select(Completion).where(
        Completion.person_id == actor.person_id,
        Completion.unit == unit,
        in_state(Completion, CompletionState.UNDER_WAY),
    )
    if (there := session.scalar(under_way)) is not None:
        there.back = back or there.back
        return there
    begun = Completion(
        ref=new_reference(TRAINING.prefix, now.year),
        person_id=actor.person_id,
        unit=unit,
        state=CompletionState.UNDER_WAY,
        sections=0,
        created_at=now,
        changed_at=now,
        zone=actor.zone,
        back=back,
    )
    create(session, actor, verb, TRAINING, begun, now, unit=unit)
    return begun
