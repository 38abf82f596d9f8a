"""The days of exercises in the calendar: when each is planned."""

from typing import Final

from models.exercises import Exercise, ExerciseState
from portal.dated import Could, Dated, Dates, could_fall
from portal.exercises.listing import could_know
from portal.parameters import ME
from portal.rules import EXERCISES, READ_TEXT
from portal.words import N_


def _planned() -> Could:
    falls = could_fall(Exercise.id, Exercise.starts_at, ends_at=Exercise.ends_at)
    shown = (ExerciseState.PLANNED, ExerciseState.RUNNING, ExerciseState.OVER, ExerciseState.CLOSED)
    return falls.where(Exercise.state.in_(shown), Exercise.id.in_(could_know(ME)))


DATES: Final = Dates(
    policy=EXERCISES,
    title=Exercise.title,
    title_verb=READ_TEXT,
    each=(Dated("exercise", N_("exercise"), READ_TEXT, _planned()),),
)
