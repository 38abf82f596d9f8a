"""Drafting and editing an exercise, and asking who would see it before anything is saved."""

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from models.exercises import (
    Exercise,
    ExerciseInject,
    ExerciseInjectParty,
    ExerciseParty,
    ExerciseResponse,
    ExerciseSeat,
    ExerciseState,
)
from portal.access import Actor, authorize
from portal.errors import Invalid, TooLate, refuse
from portal.exercises.seating import parties_of, refuse_unreached
from portal.exercises.text import ExerciseText
from portal.ledger import authorize_red, create, draft_of, transition
from portal.recipients import AudiencePreview, RecipientList, list_of, reach_if, write_list
from portal.rules import EDIT, EXERCISES, ORGANISATIONS, READ_LEDGER
from portal.rules.verbs import DRAFT_EXERCISE
from portal.scenarios import Planned, Scenario
from portal.words import N_


def draft_exercise(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: ExerciseText,
    to: RecipientList,
    scenario: Scenario | None = None,
    now: datetime,
) -> Exercise:
    """Start an exercise, with the injects of a shipped scenario where it begins from one.

    Raises Invalid with a message for each bad field.
    """
    verb = DRAFT_EXERCISE
    with transition(session, actor, verb, ORGANISATIONS, organisation_ref, now) as home:
        refuse(text.problems(now) | to.problems(session, actor, text.tlp, now))
        key = scenario.key if scenario else ""
        exercise = draft_of(EXERCISES, actor, home.id, now, edition=0, scenario=key)
        text.write_into(exercise)
        create(session, actor, verb, EXERCISES, exercise, now)
        parties = write_parties(session, exercise, text.parties)
        for planned in scenario.injects if scenario else ():
            _add(session, exercise, planned, parties)
        write_list(session, exercise, to, now)
    return exercise


def _add(
    session: Session, exercise: Exercise, planned: Planned, parties: dict[str, ExerciseParty]
) -> None:
    inject = ExerciseInject(
        exercise_id=exercise.id,
        kind=planned.kind,
        title=planned.title,
        body=planned.body,
        for_all=not planned.to,
        minute=planned.minute,
    )
    session.add(inject)
    session.flush()
    # A party that the writer took out gets nothing; the inject then waits for another one.
    for name in planned.to:
        if name in parties:
            session.add(
                ExerciseInjectParty(
                    inject_id=inject.id, party_id=parties[name].id, exercise_id=exercise.id
                )
            )


def write_parties(
    session: Session, exercise: Exercise, names: tuple[str, ...]
) -> dict[str, ExerciseParty]:
    """Make these the parties of the exercise, by name; raises Invalid where one is still used."""
    there = {one.name: one for one in parties_of(session, exercise)}
    for name, party in there.items():
        if name not in names:
            if _is_used(session, party):
                raise Invalid(
                    {"parties": N_("A party that has players or injects cannot be removed.")}
                )
            session.delete(party)
    for number, name in enumerate(names, 1):
        if name not in there:
            there[name] = ExerciseParty(exercise_id=exercise.id, name=name, number=number)
            session.add(there[name])
        there[name].number = number
    session.flush()
    return there


def _is_used(session: Session, party: ExerciseParty) -> bool:
    used = or_(
        exists().where(ExerciseSeat.party_id == party.id),
        exists().where(ExerciseInjectParty.party_id == party.id),
        exists().where(ExerciseResponse.party_id == party.id),
    )
    return bool(session.scalar(select(used)))


def party_names(session: Session, exercise: Exercise) -> tuple[str, ...]:
    """The names of the parties, in their order."""
    return tuple(party.name for party in parties_of(session, exercise))


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: ExerciseText,
    to: RecipientList,
    version: int,
    now: datetime,
) -> Exercise:
    """Change a draft, or one that is planned: then all who take part are notified.

    `version` is the one that the writer had before their eyes: raises TooLate when somebody saved
    another meanwhile, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, EXERCISES, ref, now) as exercise:
        if exercise.version != version:
            raise TooLate(EDIT)
        planned = exercise.state == ExerciseState.PLANNED
        if planned:
            authorize_red(session, actor, EXERCISES, ref, text.tlp, now)
            if to.empty:
                raise Invalid({"organisations": N_("Choose at least one recipient.")})
        rewrite(session, actor, exercise, text, to, now)
        exercise.changed_at = now
        if planned:
            exercise.edition += 1
            refuse_unreached(session, exercise, now)
    return exercise


def rewrite(
    session: Session,
    actor: Actor,
    exercise: Exercise,
    text: ExerciseText,
    to: RecipientList,
    now: datetime,
) -> None:
    """Put text and recipients into an exercise that is there; raises Invalid for bad fields."""
    kept = list_of(session, exercise)
    refuse(text.problems(now) | to.problems(session, actor, text.tlp, now, kept))
    text.write_into(exercise)
    session.flush()
    write_parties(session, exercise, text.parties)
    write_list(session, exercise, to, now)


def who_will_see(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: ExerciseText,
    to: RecipientList,
    scenario: Scenario | None = None,
    now: datetime,
) -> AudiencePreview:
    """Who could read this exercise once it is published: asked of the policy, nothing is kept."""

    def written() -> Exercise:
        return draft_exercise(
            session, actor, organisation_ref, text=text, to=to, scenario=scenario, now=now
        )

    return reach_if(session, actor, EXERCISES, written, now)


def who_would_see(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: ExerciseText,
    to: RecipientList,
    now: datetime,
) -> AudiencePreview:
    """Who could read an existing exercise if it went to these; nothing is kept."""

    def written() -> Exercise:
        exercise = authorize(session, actor, READ_LEDGER, EXERCISES, ref, now)
        rewrite(session, actor, exercise, text, to, now)
        return exercise

    return reach_if(session, actor, EXERCISES, written, now)
