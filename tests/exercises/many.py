"""Exercises whose pages are counted: one in each state, and more of all that a page shows."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseInject
from portal import exercises
from portal.exercises.planning import MOST_INJECTS
from tests.cast import World
from tests.exercises.builders import MEDIATOR, TELCO, drafted, given, inject, over, running
from tests.exercises.test_take_up import found


def of_each_sort(session: Session, world: World) -> dict[str, str]:
    """References and numbers, by the words of the counted pages."""
    begun = running(session, world)
    ended, finding = found(session, world)
    return {
        "exercise": begun.ref,
        "exercise_draft": drafted(session, world).ref,
        "exercise_over": ended,
        "finding": str(finding),
        "inject": str(inject(session, world, begun, title="Once more").id),
        "inject_given": str(given(session, world, begun, "For the first", begun.changed_at)),
    }


def grow(session: Session, world: World, refs: dict[str, str], at: datetime) -> None:
    """One more of each: exercises of the list, injects, responses, notes, findings."""
    over(session, world)
    drafted(session, world)
    one = session.scalars(select(Exercise).where(Exercise.ref == refs["exercise"])).one()
    telco, ended = world.actors[TELCO], refs["exercise_over"]
    of_it = select(func.count()).where(ExerciseInject.exercise_id == one.id)
    number = int(refs["inject_given"])
    if (session.scalar(of_it) or 0) < MOST_INJECTS - 2:
        inject(session, world, one, title="Waits")
        number = inject(session, world, one, title="Given").id
        exercises.release(session, world.actors[MEDIATOR], one.ref, number, at)
    exercises.answer(session, telco, one.ref, number, text="Done.", now=at)
    exercises.write_note(session, telco, ended, text="A note.", now=at)
    home = world.organisations["telco"].id
    said = {"text": "A finding", "organisation_id": home}
    exercises.add_finding(session, telco, ended, **said, now=at)
