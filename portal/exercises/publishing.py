"""Opening a draft to those who take part."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseInject, ExerciseInjectParty
from portal.access import Actor
from portal.errors import refuse
from portal.exercises.seating import refuse_unreached
from portal.exercises.text import text_of
from portal.exercises.writing import party_names
from portal.ledger import authorize_red, transition
from portal.parameters import at_most
from portal.recipients import list_of
from portal.rules import EXERCISES, PUBLISH
from portal.words import N_


def publish(session: Session, actor: Actor, ref: str, now: datetime) -> Exercise:
    """Open a draft to its recipients and notify them.

    Raises Invalid without recipients, for a start that has passed, for an inject that goes to
    nobody, and where somebody has a role who could not read it.
    """
    with transition(session, actor, PUBLISH, EXERCISES, ref, now) as exercise:
        authorize_red(session, actor, EXERCISES, ref, exercise.tlp, now)
        to, text = list_of(session, exercise), text_of(exercise, party_names(session, exercise))
        found = text.problems(now) | to.problems(session, actor, text.tlp, now, to)
        if to.empty:
            found["organisations"] = N_("Choose at least one recipient.")
        if _goes_nowhere(session, exercise):
            found["injects"] = N_("An inject goes to no party. Choose one, or remove the inject.")
        refuse(found)
        refuse_unreached(session, exercise, now)
        exercise.published_at = exercise.changed_at = now
        exercise.edition = 1
    return exercise


def _goes_nowhere(session: Session, exercise: Exercise) -> bool:
    sent = exists().where(ExerciseInjectParty.inject_id == ExerciseInject.id)
    lost = select(ExerciseInject.id).where(
        ExerciseInject.exercise_id == exercise.id, ExerciseInject.for_all.is_(False), ~sent
    )
    return session.scalar(lost.limit(at_most(1))) is not None
