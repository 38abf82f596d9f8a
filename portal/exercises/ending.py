"""The ends of an exercise: closed, cancelled, and removed as a whole."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.exercises import (
    ExerciseFinding,
    ExerciseInject,
    ExerciseInjectParty,
    ExerciseNote,
    ExerciseParty,
    ExerciseResponse,
    ExerciseSeat,
)
from portal.access import Actor
from portal.errors import Invalid
from portal.exercises.words import MARK
from portal.ledger import transition
from portal.rules import CLOSE, ERASE, EXERCISES
from portal.rules.verbs import CANCEL
from portal.words import N_

# In the order in which they name one another.
PARTS: Final = (
    ExerciseResponse,
    ExerciseInjectParty,
    ExerciseInject,
    ExerciseSeat,
    ExerciseParty,
    ExerciseNote,
)


def close(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Close the hot wash; findings can still become commitments."""
    with transition(session, actor, CLOSE, EXERCISES, ref, now) as exercise:
        exercise.ended_at = exercise.changed_at = now


def cancel(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Call it off: its recipients keep the envelope and the reason, not the content."""
    with transition(session, actor, CANCEL, EXERCISES, ref, now) as exercise:
        if not why.strip():
            raise Invalid({"why": N_("Give a reason in one sentence.")})
        exercise.ended_at = exercise.changed_at = now
        exercise.ended_reason = why[:500]


def erase(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Remove an exercise as a whole; the trail keeps that there was one.

    A finding that became a commitment keeps that it did, without its text: the commitment is real.
    """
    with transition(session, actor, ERASE, EXERCISES, ref, now) as exercise:
        for part in PARTS:
            session.execute(delete(part).where(part.exercise_id == exercise.id))
        found = ExerciseFinding.exercise_id == exercise.id
        committed = ExerciseFinding.commitment_id.is_not(None)
        session.execute(delete(ExerciseFinding).where(found, ~committed))
        session.execute(update(ExerciseFinding).where(found).values(text=""))
        session.execute(delete(Recipient).where(Recipient.exercise_id == exercise.id))
        exercise.title = MARK.strip(": ")
        exercise.body = exercise.aims = exercise.guide = exercise.ended_reason = ""
        exercise.scenario, exercise.changed_at = "", now
