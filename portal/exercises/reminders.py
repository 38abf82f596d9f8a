"""The ladders of exercises: it starts soon, the hot wash is open; and what e-mails may say."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import case, exists
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseNote, ExerciseRole, ExerciseSeat, ExerciseState
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, may
from portal.db import in_state
from portal.ladders import DAY, Ladder, after, before, seconds
from portal.rules import EXERCISES, OPEN_BY_MAIL, READ_TEXT, START
from portal.rules.verbs import WRITE_NOTE
from portal.words import N_

NO_NOTE: Final = ~exists().where(
    ExerciseNote.exercise_id == Exercise.id, ExerciseNote.by_id == Person.id
).correlate(Exercise, Person)
# Whose note waits: whoever speaks for the organisers may write one, and is not asked for it.
HAD_A_ROLE: Final = (
    exists()
    .where(ExerciseSeat.exercise_id == Exercise.id, ExerciseSeat.person_id == Person.id)
    .correlate(Exercise, Person)
)
# Whoever was told of a role, or of a change, just now needs no reminder from before it.
NOTIFIED: Final = case(
    (Exercise.changed_at > ExerciseSeat.since_at, Exercise.changed_at), else_=ExerciseSeat.since_at
)
LADDERS: Final = (
    Ladder(
        EXERCISES,
        START,
        Exercise.starts_at,
        seconds(Exercise.starts_at),
        before("start-soon", 1),
        first=(in_state(Exercise, ExerciseState.PLANNED),),
        notified_at=Exercise.published_at,
        ends=DAY,
    ),
    # Whoever runs it is reminded above.
    Ladder(
        EXERCISES,
        READ_TEXT,
        Exercise.starts_at,
        seconds(Exercise.starts_at),
        before("begins-soon", 1),
        rows=(ExerciseSeat, ExerciseSeat.exercise_id == Exercise.id),
        only=(
            in_state(Exercise, ExerciseState.PLANNED),
            ExerciseSeat.person_id == Person.id,
            ExerciseSeat.role.in_((ExerciseRole.PLAYER, ExerciseRole.OBSERVER)),
        ),
        notified_at=NOTIFIED,
        ends=timedelta(0),
    ),
    Ladder(
        EXERCISES,
        WRITE_NOTE,
        Exercise.over_at,
        Exercise.edition,
        after("note-open", 1, 4),
        only=(HAD_A_ROLE, NO_NOTE),
        first=(in_state(Exercise, ExerciseState.OVER), Exercise.over_at.is_not(None)),
    ),
)


def email_context(
    session: Session, person: Person, exercise_id: int, now: datetime
) -> dict[str, object]:
    """What an e-mail about an exercise may say to this person now: its title up to GREEN.

    No e-mail says what an inject says, whatever the marking.
    """
    exercise = session.get_one(Exercise, exercise_id)
    reader = Actor(person.id, person.name)
    shown = Tlp(exercise.tlp) in OPEN_BY_MAIL and may(
        session, reader, READ_TEXT, EXERCISES, exercise.id, now
    )
    home = session.get_one(Organisation, exercise.organisation_id)
    ahead = exercise.state == ExerciseState.PLANNED
    return {
        "ref": exercise.ref,
        "tlp": exercise.tlp,
        "organisation": home.name if shown else "",
        "title": exercise.title if shown else "",
        "due_word": N_("Starts"),
        "due_at": exercise.starts_at if ahead else None,
        "due_zone": "",
    }
