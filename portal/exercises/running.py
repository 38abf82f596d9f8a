"""Running an exercise: started, injects released by time or by hand, answered, concluded."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseInject, ExerciseResponse, ExerciseSeat, ExerciseState
from portal.access import Actor, authorize, may, sub_resource
from portal.db import in_state
from portal.errors import Invalid, NotFound, TooLate
from portal.exercises.planning import due_at
from portal.exercises.text import TOO_LONG
from portal.ledger import transition
from portal.parameters import NOW, at_most, ready
from portal.rules import ANSWER, EXERCISES, RELEASE, START
from portal.rules.verbs import CONCLUDE
from portal.system import the_system
from portal.words import N_

LONGEST_RESPONSE: Final = 5_000
AT_ONCE: Final = 200
DUE: Final = ready(
    select(Exercise.ref)
    .join(ExerciseInject, ExerciseInject.exercise_id == Exercise.id)
    .where(
        in_state(Exercise, ExerciseState.RUNNING),
        ExerciseInject.released_at.is_(None),
        ExerciseInject.due_at <= NOW,
    )
    .distinct()
    .order_by(Exercise.ref)
    .limit(at_most(AT_ONCE))
)


def start(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Start the exercise: from now on the minutes of its injects count."""
    with transition(session, actor, START, EXERCISES, ref, now) as exercise:
        exercise.started_at = exercise.changed_at = now
        for inject in _waiting(session, exercise):
            inject.due_at = due_at(exercise, inject.minute)


def _waiting(session: Session, exercise: Exercise) -> list[ExerciseInject]:
    waiting = select(ExerciseInject).where(
        ExerciseInject.exercise_id == exercise.id, ExerciseInject.released_at.is_(None)
    )
    return list(session.scalars(waiting.order_by(ExerciseInject.id)))


def _one_of(session: Session, exercise: Exercise, number: int) -> ExerciseInject:
    inject = session.get(ExerciseInject, number)
    if inject is None or inject.exercise_id != exercise.id:
        raise NotFound(exercise.ref)
    if inject.released_at is not None:
        raise TooLate(RELEASE)
    return inject


def release(session: Session, actor: Actor, ref: str, number: int, now: datetime) -> None:
    """Release an inject at once; raises NotFound for none of this exercise, TooLate for a second.

    Whoever plays a party that it goes to is notified.
    """
    with transition(session, actor, RELEASE, EXERCISES, ref, now, inject=number) as exercise:
        inject = _one_of(session, exercise, number)
        inject.released_at, inject.by_id = now, actor.person_id
        exercise.changed_at = now


def with_due_injects(session: Session, now: datetime) -> list[str]:
    """References of running exercises with an inject whose minute has come."""
    return list(session.scalars(DUE, {NOW.key: now}))


def release_due(session: Session, ref: str, now: datetime) -> int:
    """Release the injects of an exercise whose minute has come, as the system; a second time none.

    The policy says when. Injects that come due together are one act and one e-mail.
    """
    held = select(Exercise).where(Exercise.ref == ref).with_for_update()
    exercise = session.scalars(held.execution_options(populate_existing=True)).one_or_none()
    if exercise is None:
        return 0
    system = the_system(session, now)
    if not may(session, system, RELEASE, EXERCISES, exercise.id, now):
        return 0
    due = [one for one in _waiting(session, exercise) if one.due_at and one.due_at <= now]
    keys = [one.id for one in due]
    with transition(session, system, RELEASE, EXERCISES, ref, now, injects=keys):
        for inject in due:
            inject.released_at = now
        exercise.changed_at = now
    return 1


def inject_for(
    session: Session, actor: Actor, ref: str, number: int, now: datetime
) -> ExerciseInject:
    """An inject that the person may answer; raises NotFound for one that was not sent to them."""
    exercise = authorize(session, actor, ANSWER, EXERCISES, ref, now)
    return _sent(session, actor, exercise, number, now)


def _sent(
    session: Session, actor: Actor, exercise: Exercise, number: int, now: datetime
) -> ExerciseInject:
    seen = select(ExerciseInject).where(
        ExerciseInject.id == number,
        ExerciseInject.exercise_id == exercise.id,
        ExerciseInject.released_at.is_not(None),
        sub_resource(ExerciseInject, actor.person_id, now),
    )
    inject = session.scalar(seen)
    if inject is None:
        raise NotFound(exercise.ref)
    return inject


def answer(
    session: Session, actor: Actor, ref: str, number: int, *, text: str, now: datetime
) -> ExerciseResponse:
    """Answer an inject for the party that one plays; raises Invalid without a text."""
    with transition(session, actor, ANSWER, EXERCISES, ref, now, inject=number) as exercise:
        inject = _sent(session, actor, exercise, number, now)
        if not text.strip():
            raise Invalid({"text": N_("Enter some text.")})
        if len(text) > LONGEST_RESPONSE:
            raise Invalid({"text": TOO_LONG})
        party = select(ExerciseSeat.party_id).where(
            ExerciseSeat.exercise_id == exercise.id, ExerciseSeat.person_id == actor.person_id
        )
        response = ExerciseResponse(
            exercise_id=exercise.id,
            inject_id=inject.id,
            party_id=session.scalar(party),
            by_id=actor.person_id,
            text=text.strip(),
            at=now,
        )
        session.add(response)
    return response


def conclude(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """End the play and open the hot wash; what is not released stays so."""
    with transition(session, actor, CONCLUDE, EXERCISES, ref, now) as exercise:
        exercise.over_at = exercise.changed_at = now
