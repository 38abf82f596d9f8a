"""Who does what in an exercise: set by its organiser, among those who could read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseParty, ExerciseRole, ExerciseSeat, ExerciseState
from models.stakeholders import Person
from portal.access import Actor, stands
from portal.errors import Invalid, TooLate
from portal.ledger import audit, transition, write_to
from portal.on_behalf import may_be_notified
from portal.parameters import at_most
from portal.relations import home_of, moment
from portal.rules import AUDIENCE_RULES, EXERCISES, READ, SEAT
from portal.rules.verbs import UNINVITE
from portal.words import N_

MOST: Final = 200
REACH: Final = AUDIENCE_RULES[EXERCISES.name]
UNREACHED: Final = N_("Somebody who has a role is not among the recipients. Change either of them.")


@dataclass(frozen=True)
class Seating:
    """What one person does: the role, and the key of the party of a player."""

    role: ExerciseRole
    party_id: int | None = None


@dataclass(frozen=True)
class Candidate:
    """Somebody whom the recipient list names, or who has a role already, with an organisation."""

    id: int
    name: str
    organisation: str


def candidates(session: Session, exercise: Exercise, now: datetime) -> Sequence[Candidate]:
    """Who can be given a role: those on the recipient list but the author; at most 200 of them."""
    seated = select(ExerciseSeat.person_id).where(ExerciseSeat.exercise_id == exercise.id)
    on_list = stands(EXERCISES, REACH.addressed, exercise.id, now)
    rows = session.execute(
        select(Person.id, Person.name, home_of(moment(now)).label("organisation"))
        .where(or_(on_list, Person.id.in_(seated)), Person.id != exercise.author_id)
        .order_by(Person.name, Person.id)
        .limit(at_most(MOST))
    )
    return [Candidate(row.id, row.name, row.organisation or "") for row in rows]


def parties_of(session: Session, exercise: Exercise) -> Sequence[ExerciseParty]:
    """The parties of an exercise, in their order."""
    of_it = select(ExerciseParty).where(ExerciseParty.exercise_id == exercise.id)
    return session.scalars(of_it.order_by(ExerciseParty.number)).all()


def seats_of(session: Session, exercise: Exercise) -> dict[int, Seating]:
    """What each person does now, by key."""
    return {
        row.person_id: Seating(ExerciseRole(row.role), row.party_id)
        for row in _rows(session, exercise)
    }


def _rows(session: Session, exercise: Exercise) -> Sequence[ExerciseSeat]:
    of_it = select(ExerciseSeat).where(ExerciseSeat.exercise_id == exercise.id)
    return session.scalars(of_it).all()


def seat(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    seats: Mapping[int, Seating],
    version: int,
    now: datetime,
) -> None:
    """Set who does what; whoever gets or loses a role is notified once the exercise is published.

    Raises TooLate for a version that is past, Invalid for a person who is no recipient or a party
    of another exercise.
    """
    with transition(session, actor, SEAT, EXERCISES, ref, now) as exercise:
        if exercise.version != version:
            raise TooLate(SEAT)
        _refuse_unknown(session, exercise, seats, now)
        there = {row.person_id: row for row in _rows(session, exercise)}
        for person_id, row in there.items():
            if person_id not in seats:
                session.delete(row)
        for person_id, what in seats.items():
            _set(session, exercise, there.get(person_id), person_id, what, now)
        exercise.changed_at = now
        session.flush()
        if exercise.state != ExerciseState.DRAFT:
            refuse_unreached(session, exercise, now)
            _take_back(session, actor, exercise, sorted(there.keys() - seats.keys()), now)


def _take_back(
    session: Session, actor: Actor, exercise: Exercise, gone: list[int], now: datetime
) -> None:
    # What stands in their calendars goes with the role; nothing stands there of an e-mail that has
    # yet to go, which goes without an entry now.
    told = (EXERCISES, exercise.id, UNINVITE, READ, now)
    reached = [person_id for person_id in gone if may_be_notified(session, person_id, *told)]
    if reached:
        event = audit(session, actor, UNINVITE, EXERCISES, exercise, now, people=reached)
        for person_id in reached:
            write_to(session, event, person_id, now)


def _set(
    session: Session,
    exercise: Exercise,
    row: ExerciseSeat | None,
    person_id: int,
    what: Seating,
    now: datetime,
) -> None:
    if row is None:
        row = ExerciseSeat(exercise_id=exercise.id, person_id=person_id, role="", since_at=now)
        session.add(row)
    if (row.role, row.party_id) != (what.role, what.party_id):
        row.role, row.party_id, row.since_at = what.role, what.party_id, now


def _refuse_unknown(
    session: Session, exercise: Exercise, seats: Mapping[int, Seating], now: datetime
) -> None:
    known = {one.id for one in candidates(session, exercise, now)}
    parties = {one.id for one in parties_of(session, exercise)}
    if not set(seats) <= known:
        raise Invalid({"seats": N_("An entry of this list is not in the portal.")})
    for what in seats.values():
        plays = what.role == ExerciseRole.PLAYER
        if plays != (what.party_id is not None) or (plays and what.party_id not in parties):
            raise Invalid({"seats": N_("Choose a role from the list.")})


def refuse_unreached(session: Session, exercise: Exercise, now: datetime) -> None:
    """Raise Invalid where somebody with a role could not read the exercise."""
    could: Any = stands(EXERCISES, REACH.readers, exercise.id, now)
    session.flush()
    unreached = (
        select(Person.id)
        .join(ExerciseSeat, ExerciseSeat.person_id == Person.id)
        .where(ExerciseSeat.exercise_id == exercise.id, ~could)
        .limit(at_most(1))
    )
    if session.scalar(unreached) is not None:
        raise Invalid({"organisations": UNREACHED, "seats": UNREACHED})
