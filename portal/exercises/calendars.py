"""An exercise in the calendars of whoever has a role in it: with their e-mails, and in their feed.

Nothing asks for an answer there, since an exercise asks for none. Each entry says EXERCISE; what
it is about is said up to GREEN, and of the situation nothing is.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseSeat, ExerciseState
from models.ledger import OutboxEmail
from models.stakeholders import Person
from portal.access import Actor, as_column, may, predicate
from portal.calendars import Meeting, ReplyTo, announcement, uid_of
from portal.db import in_state
from portal.email_contexts import changed_since_notified
from portal.exercises.words import MARK
from portal.rules import EDIT, EXERCISES, OPEN_BY_MAIL, PUBLISH, READ_TEXT, SEAT
from portal.rules.verbs import CANCEL, UNINVITE

ENTERED: Final = frozenset({PUBLISH, EDIT, SEAT, CANCEL})


def exercise_entry(
    session: Session,
    person: Person,
    row: OutboxEmail,
    base_url: str,
    back: ReplyTo,
    now: datetime,
) -> tuple[bytes, str] | None:
    """The entry that goes with an e-mail about an exercise, and its METHOD; None for others."""
    exercise = session.get_one(Exercise, row.resource_id)
    if row.template == UNINVITE:
        return _taken_back(session, row, exercise, base_url, back)
    if row.template not in ENTERED or not _has_a_role(session, person, exercise):
        return None
    shown = may(session, Actor(person.id, person.name), READ_TEXT, EXERCISES, exercise.id, now)
    meeting = meeting_of(exercise, base_url, shown=shown)
    return announcement(meeting, organiser=back.address, cancelled=row.template == CANCEL)


def _taken_back(
    session: Session, row: OutboxEmail, exercise: Exercise, base_url: str, back: ReplyTo
) -> tuple[bytes, str]:
    # Whoever lost the role may read nothing any more: neither what it is about, nor a new time.
    meeting = replace(meeting_of(exercise, base_url, shown=False), words="")
    timed = not changed_since_notified(session, row, EDIT)
    return announcement(meeting, organiser=back.address, cancelled=True, timed=timed)


def meetings_of(session: Session, owner: int, base_url: str, now: datetime) -> list[Meeting]:
    """The exercises ahead, and those that run, in which somebody has a role."""
    rows = session.execute(
        select(Exercise, as_column(predicate(EXERCISES, READ_TEXT, owner, now)))
        .join(ExerciseSeat, ExerciseSeat.exercise_id == Exercise.id)
        .where(
            ExerciseSeat.person_id == owner,
            or_(
                in_state(Exercise, ExerciseState.PLANNED), in_state(Exercise, ExerciseState.RUNNING)
            ),
        )
    )
    return [meeting_of(exercise, base_url, shown=True) for exercise, reads in rows if reads]


def meeting_of(exercise: Exercise, base_url: str, *, shown: bool) -> Meeting:
    """An exercise as calendars take it: without its title unless it is `shown`, and up to GREEN."""
    named = shown and exercise.tlp in OPEN_BY_MAIL
    return Meeting(
        uid=uid_of(exercise.ref, base_url),
        # Calendars take a change, and take out, by a higher one than they hold (RFC 5546, 2.1.4):
        # it rises with every act, so also where a role is taken back and given again.
        sequence=exercise.version,
        starts_at=exercise.starts_at,
        ends_at=exercise.ends_at,
        changed_at=exercise.changed_at,
        title=exercise.title if named else f"{MARK}{exercise.ref}",
        place="",
        link="",
        words=f"{base_url}/exercises/{exercise.ref}",
        marking=exercise.tlp,
    )


def _has_a_role(session: Session, person: Person, exercise: Exercise) -> bool:
    seat = exists().where(
        ExerciseSeat.exercise_id == exercise.id, ExerciseSeat.person_id == person.id
    )
    return bool(session.scalar(select(seat)))
