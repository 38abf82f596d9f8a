"""Courses of others: the portal links to them, and a person may note when they took one."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.stakeholders import Person
from models.training import CourseTaken
from portal.access import Actor
from portal.curriculum import COURSES
from portal.days import day_of
from portal.errors import NotFound, refuse
from portal.ledger import transition
from portal.parameters import ME, ready
from portal.rules import NOTE_COURSE, PEOPLE
from portal.words import N_


def note_course(
    session: Session, actor: Actor, course: str, done_on: date | None, now: datetime
) -> None:
    """Note on which day one took a course (in one's own zone); None removes the day.

    Raises NotFound for a course that is not listed, Invalid for a day that is not over yet.
    """
    if course not in {listed.key for listed in COURSES}:
        raise NotFound(course)
    person = session.get_one(Person, actor.person_id)
    with transition(session, actor, NOTE_COURSE, PEOPLE, person.ref, now, course=course):
        if done_on is not None and done_on > day_of(now, actor.zone):
            refuse({"done_on": N_("Give a day that is not in the future.")})
        mine = (CourseTaken.person_id == actor.person_id, CourseTaken.course == course)
        row = session.scalar(select(CourseTaken).where(*mine))
        if done_on is None:
            session.execute(delete(CourseTaken).where(*mine))
        elif row is None:
            session.add(CourseTaken(person_id=person.id, course=course, done_on=done_on))
        else:
            row.done_on = done_on


def taken(session: Session, actor: Actor) -> dict[str, date]:
    """The days on which one took courses, by course."""
    return {row.course: row.done_on for row in session.execute(TAKEN, {ME.key: actor.person_id})}


TAKEN: Final = ready(
    select(CourseTaken.course, CourseTaken.done_on).where(CourseTaken.person_id == ME)
)
