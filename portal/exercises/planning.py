"""Writing injects: what is put to which party, at which minute or by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseInject, ExerciseInjectParty
from portal.access import Actor, authorize
from portal.errors import NotFound, TooLate, refuse
from portal.exercises.seating import parties_of
from portal.exercises.text import MOST_MINUTES, TOO_LONG
from portal.exercises.words import KINDS
from portal.ledger import transition
from portal.parameters import at_most
from portal.rules import EXERCISES
from portal.rules.verbs import PLAN
from portal.words import N_

MOST_INJECTS: Final = 60


@dataclass(frozen=True)
class InjectText:
    """An inject as it is written; without a `minute` it is released by hand."""

    kind: str
    title: str
    body: str = ""
    minute: int | None = None
    for_all: bool = False
    parties: frozenset[int] = frozenset()

    def problems(self, known: frozenset[int]) -> dict[str, str]:
        """What cannot be taken, a message id for each field; `known` are keys of the parties."""
        found: dict[str, str] = {}
        if self.kind not in KINDS:
            found["kind"] = N_("Choose one from the list.")
        if not self.title.strip():
            found["title"] = N_("Give the inject a title.")
        if len(self.title) > 200:
            found["title"] = TOO_LONG
        if len(self.body) > 10_000:
            found["body"] = TOO_LONG
        if self.minute is not None and not 0 <= self.minute <= MOST_MINUTES:
            found["minute"] = N_("Enter a minute from 0 to 480, or leave it empty.")
        if not self.parties <= known:
            found["parties"] = N_("Choose from the list.")
        elif not self.parties and not self.for_all:
            found["parties"] = N_("Choose at least one party, or all of them.")
        return found


def plan(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: InjectText,
    number: int = 0,
    version: int = 0,
    now: datetime,
) -> ExerciseInject:
    """Add an inject, or change that with this number while it is not released.

    Raises Invalid for bad fields, NotFound for no inject of this exercise, TooLate where it is
    released or somebody saved another version meanwhile.
    """
    with transition(session, actor, PLAN, EXERCISES, ref, now) as exercise:
        known = frozenset(party.id for party in parties_of(session, exercise))
        found = text.problems(known)
        if not number and _how_many(session, exercise) >= MOST_INJECTS:
            found["title"] = N_("An exercise has at most 60 injects.")
        refuse(found)
        inject = ExerciseInject(exercise_id=exercise.id)
        if number:
            inject = _unreleased(session, exercise, number)
            if inject.version != version:
                raise TooLate(PLAN)
        inject.kind, inject.title, inject.body = text.kind, text.title.strip(), text.body
        inject.minute, inject.for_all = text.minute, text.for_all
        inject.due_at = due_at(exercise, text.minute)
        session.add(inject)
        session.flush()
        _send_to(session, inject, frozenset() if text.for_all else text.parties)
        exercise.changed_at = now
    return inject


def due_at(exercise: Exercise, minute: int | None) -> datetime | None:
    """When an inject of this minute is released; not known before the exercise runs."""
    if minute is None or exercise.started_at is None:
        return None
    return exercise.started_at + timedelta(minutes=minute)


def _how_many(session: Session, exercise: Exercise) -> int:
    of_it = select(ExerciseInject.id).where(ExerciseInject.exercise_id == exercise.id)
    return len(session.scalars(of_it.limit(at_most(MOST_INJECTS))).all())


def _unreleased(session: Session, exercise: Exercise, number: int) -> ExerciseInject:
    inject = session.get(ExerciseInject, number)
    if inject is None or inject.exercise_id != exercise.id:
        raise NotFound(exercise.ref)
    if inject.released_at is not None:
        raise TooLate(PLAN)
    return inject


def _send_to(session: Session, inject: ExerciseInject, parties: frozenset[int]) -> None:
    of_it = ExerciseInjectParty.inject_id == inject.id
    session.execute(delete(ExerciseInjectParty).where(of_it))
    for key in sorted(parties):
        session.add(
            ExerciseInjectParty(inject_id=inject.id, party_id=key, exercise_id=inject.exercise_id)
        )
    session.flush()


def inject_to_change(
    session: Session, actor: Actor, ref: str, number: int, now: datetime
) -> ExerciseInject:
    """The inject with this number, to change or remove it; raises what `plan` raises."""
    exercise = authorize(session, actor, PLAN, EXERCISES, ref, now)
    return _unreleased(session, exercise, number)


def inject_text(session: Session, inject: ExerciseInject) -> InjectText:
    """The inject as it is written now."""
    sent = select(ExerciseInjectParty.party_id).where(ExerciseInjectParty.inject_id == inject.id)
    return InjectText(
        kind=inject.kind,
        title=inject.title,
        body=inject.body,
        minute=inject.minute,
        for_all=inject.for_all,
        parties=frozenset(session.scalars(sent)),
    )


def remove_inject(session: Session, actor: Actor, ref: str, number: int, now: datetime) -> None:
    """Remove an inject that is not released; raises what `plan` raises."""
    with transition(session, actor, PLAN, EXERCISES, ref, now, removed=number) as exercise:
        inject = _unreleased(session, exercise, number)
        _send_to(session, inject, frozenset())
        session.delete(inject)
        exercise.changed_at = now
