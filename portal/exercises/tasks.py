"""The exercises that wait for a person: to publish, start, answer, look back on, take up."""

from typing import Any, Final

from sqlalchemy import and_, exists, or_, select

from models.exercises import (
    Exercise,
    ExerciseFinding,
    ExerciseInject,
    ExerciseInjectParty,
    ExerciseNote,
    ExerciseResponse,
    ExerciseSeat,
    ExerciseState,
)
from portal.among import among
from portal.db import in_state
from portal.parameters import HOMES, ME, NOTHING, SOON
from portal.rules import ANSWER, EXERCISES, PUBLISH, READ_TEXT, START
from portal.rules.verbs import TAKE_UP, WRITE_NOTE
from portal.tasks import Could, Section, Task, Tasks, could_wait
from portal.words import N_

SEATED: Final = select(ExerciseSeat.exercise_id).where(ExerciseSeat.person_id == ME)


def _waits(state: ExerciseState, **times: Any) -> Could:
    found = could_wait(Exercise.id, Exercise.organisation_id, **times)
    return found.where(in_state(Exercise, state))


def _ours() -> Any:
    return or_(among(Exercise.organisation_id, HOMES), Exercise.id.in_(SEATED))


def _unanswered() -> Any:
    # An inject that went to the party one plays, and to which that party has not responded.
    sent = exists().where(
        ExerciseInjectParty.inject_id == ExerciseInject.id,
        ExerciseInjectParty.party_id == ExerciseSeat.party_id,
    )
    answered = exists().where(
        ExerciseResponse.inject_id == ExerciseInject.id,
        ExerciseResponse.party_id == ExerciseSeat.party_id,
    )
    return (
        select(ExerciseSeat.exercise_id)
        .join(ExerciseInject, ExerciseInject.exercise_id == ExerciseSeat.exercise_id)
        .where(
            ExerciseSeat.person_id == ME,
            ExerciseSeat.party_id.is_not(None),
            ExerciseInject.released_at.is_not(None),
            or_(ExerciseInject.for_all.is_(True), sent),
            ~answered,
        )
    )


def _drafts() -> Could:
    found = _waits(ExerciseState.DRAFT, since_at=Exercise.changed_at)
    return found.where(among(Exercise.organisation_id, HOMES))


def _to_start() -> Could:
    found = _waits(ExerciseState.PLANNED, by_at=Exercise.starts_at)
    return found.where(Exercise.starts_at <= SOON, _ours())


def _to_answer() -> Could:
    found = _waits(ExerciseState.RUNNING, since_at=Exercise.started_at)
    return found.where(Exercise.id.in_(_unanswered()))


def _to_note() -> Could:
    found = _waits(ExerciseState.OVER, since_at=Exercise.over_at)
    noted = exists().where(ExerciseNote.exercise_id == Exercise.id, ExerciseNote.by_id == ME)
    return found.where(Exercise.id.in_(SEATED), ~noted)


def _to_take_up() -> Could:
    open_to_them = and_(
        among(ExerciseFinding.organisation_id, HOMES), ExerciseFinding.commitment_id.is_(None)
    )
    found = could_wait(Exercise.id, Exercise.organisation_id, since_at=Exercise.over_at)
    return found.where(
        in_state(Exercise, ExerciseState.OVER),
        Exercise.id.in_(select(ExerciseFinding.exercise_id).where(open_to_them)),
    )


TASKS: Final = Tasks(
    policy=EXERCISES,
    title=Exercise.title,
    title_verb=READ_TEXT,
    detail=NOTHING,
    template="overview/task.html",
    each=(
        Task(
            ANSWER,
            N_("Answer an inject"),
            whose="%(who)s",
            until="",
            could=_to_answer(),
        ),
        Task(
            START,
            N_("Start the exercise"),
            whose="%(who)s",
            until=N_("starts"),
            could=_to_start(),
        ),
        Task(
            WRITE_NOTE,
            N_("Write your note for the hot wash"),
            whose="%(who)s",
            until="",
            could=_to_note(),
            page="exercises.write_note",
        ),
        Task(
            TAKE_UP,
            N_("Turn a finding into a commitment, or leave it"),
            whose="%(who)s",
            until="",
            could=_to_take_up(),
        ),
        Task(
            PUBLISH,
            N_("Finish and publish"),
            whose="%(who)s",
            until="",
            could=_drafts(),
            page="exercises.publish",
            section=Section.DRAFTS,
        ),
    ),
)
