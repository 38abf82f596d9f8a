"""The hot wash: what each participant noticed, right after the exercise."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.exercises import ExerciseNote
from portal.access import Actor
from portal.errors import Invalid
from portal.exercises.text import TOO_LONG
from portal.ledger import transition
from portal.rules import EXERCISES
from portal.rules.verbs import WRITE_NOTE
from portal.words import N_

LONGEST_NOTE: Final = 5_000


def write_note(
    session: Session, actor: Actor, ref: str, *, text: str, now: datetime
) -> ExerciseNote:
    """Write a note, read by everybody who takes part; raises Invalid without a text."""
    with transition(session, actor, WRITE_NOTE, EXERCISES, ref, now) as exercise:
        if not text.strip():
            raise Invalid({"text": N_("Enter some text.")})
        if len(text) > LONGEST_NOTE:
            raise Invalid({"text": TOO_LONG})
        note = ExerciseNote(
            exercise_id=exercise.id, by_id=actor.person_id, text=text.strip(), at=now
        )
        session.add(note)
    return note
