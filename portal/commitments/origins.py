"""What a commitment was made from: an action of minutes, or a finding of an exercise."""

from dataclasses import dataclass

from sqlalchemy import select

from models.exercises import Exercise, ExerciseFinding
from models.records import Action, Record
from portal.access import predicate, sub_resource
from portal.parameters import KEY, ME, NOW
from portal.related import Related, related
from portal.rules import EXERCISES, READ, READ_TEXT, RECORDS


@dataclass(frozen=True)
class RecordRow:
    """The minutes that it comes from, for whoever may read them and know whose action it was."""

    id: int
    ref: str
    title: str


@dataclass(frozen=True)
class ExerciseRow:
    """The exercise that it comes from, for whoever may read that and the finding."""

    id: int
    ref: str


def origins() -> tuple[Related[RecordRow], Related[ExerciseRow]]:
    """The rows of what a commitment was made from."""
    return _records(), _exercises()


def _records() -> Related[RecordRow]:
    question = (
        select(Action.id, Record.ref, Record.title)
        .join(Record, Record.id == Action.record_id)
        .where(
            Action.commitment_id == KEY,
            predicate(RECORDS, READ_TEXT, ME, NOW),
            sub_resource(Action, ME, NOW),
        )
    )
    return related(RecordRow, question)


def _exercises() -> Related[ExerciseRow]:
    question = (
        select(ExerciseFinding.id, Exercise.ref)
        .join(Exercise, Exercise.id == ExerciseFinding.exercise_id)
        .where(
            ExerciseFinding.commitment_id == KEY,
            predicate(EXERCISES, READ, ME, NOW),
            sub_resource(ExerciseFinding, ME, NOW),
        )
    )
    return related(ExerciseRow, question)
