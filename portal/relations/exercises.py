"""How a person can stand to an exercise and its parts: who plays which party, and who runs it."""

from typing import Any

from sqlalchemy import or_

from models.exercises import (
    Exercise,
    ExerciseFinding,
    ExerciseInject,
    ExerciseInjectParty,
    ExerciseRole,
    ExerciseSeat,
)
from models.ledger import OutboxEmail
from portal.db import alias
from portal.relations.belonging import SPEAKERS, belongs
from portal.relations.sentence import Now, Predicate, Relation, Who, relation, some, written_to

CHAIR = alias(ExerciseSeat, "policy_chair_of")
PLAYED, SENT_TO = alias(ExerciseSeat, "policy_played"), alias(ExerciseInjectParty, "policy_sent_to")
ENTRIES = alias(OutboxEmail, "policy_exercise_entries")
DUE, ARRIVED = alias(ExerciseInject, "policy_inject_due"), alias(ExerciseInject, "policy_arrived")
OPEN_FINDING = alias(ExerciseFinding, "policy_open_finding")
ITS_EXERCISE = alias(Exercise, "policy_its_exercise")


def _seated(exercise: Any, who: Who, *narrowed: Predicate) -> Predicate:
    return some(CHAIR, where=(CHAIR.exercise_id == exercise.id, CHAIR.person_id == who, *narrowed))


@relation
def takes_part(exercise: type[Exercise], who: Who, _now: Now) -> Predicate:
    """The person has a role in the exercise."""
    return _seated(exercise, who)


@relation
def plays_a_party(exercise: type[Exercise], who: Who, _now: Now) -> Predicate:
    """The person plays a party of the exercise."""
    return _seated(exercise, who, CHAIR.role == ExerciseRole.PLAYER)


@relation
def observes(exercise: type[Exercise], who: Who, _now: Now) -> Predicate:
    """The person observes the exercise."""
    return _seated(exercise, who, CHAIR.role == ExerciseRole.OBSERVER)


@relation
def controls(exercise: type[Exercise], who: Who, _now: Now) -> Predicate:
    """The person is a controller of the exercise."""
    return _seated(exercise, who, CHAIR.role == ExerciseRole.CONTROLLER)


@relation
def just_seated(exercise: type[Exercise], who: Who, _now: Now) -> Predicate:
    """The person was given a role by the change that is being made."""
    return _seated(exercise, who, CHAIR.since_at == exercise.changed_at)


@relation
def entered(exercise: type[Exercise], who: Who, _now: Now) -> Predicate:
    """An e-mail that can carry an entry for calendars went to the person, or may have."""
    return written_to(ENTRIES, ("exercises", exercise.id), who, "publish", "edit", "seat")


@relation
def inject_due(exercise: type[Exercise], _who: Who, now: Now) -> Predicate:
    """The time of an inject has come, and it is not released yet."""
    return some(
        DUE,
        where=(DUE.exercise_id == exercise.id, DUE.released_at.is_(None), DUE.due_at <= now),
    )


@relation
def inject_arrived(exercise: type[Exercise], who: Who, _now: Now) -> Predicate:
    """What is released by the change that is being made goes to the party the person plays."""
    return some(
        ARRIVED,
        where=(
            ARRIVED.exercise_id == exercise.id,
            ARRIVED.released_at == exercise.changed_at,
            _sent_to(ARRIVED, who),
        ),
    )


@relation
def finding_falls_to_them(exercise: type[Exercise], who: Who, now: Now) -> Predicate:
    """The person speaks for an organisation that a finding is for, which is no commitment yet."""
    return some(
        OPEN_FINDING,
        where=(
            OPEN_FINDING.exercise_id == exercise.id,
            OPEN_FINDING.commitment_id.is_(None),
            belongs(OPEN_FINDING.organisation_id, who, now, *SPEAKERS),
        ),
    )


@relation
def released(inject: Any, _who: Who, _now: Now) -> Predicate:
    """The inject is released: before, it does not exist for those who play or observe."""
    given: Predicate = inject.released_at.is_not(None)
    return given


@relation
def sent_to_their_party(inject: Any, who: Who, _now: Now) -> Predicate:
    """The inject goes to the party that the person plays, or to all parties."""
    return _sent_to(inject, who)


def _sent_to(inject: Any, who: Who) -> Predicate:
    to_it = some(
        SENT_TO, where=(SENT_TO.inject_id == inject.id, SENT_TO.party_id == PLAYED.party_id)
    )
    return some(
        PLAYED,
        where=(
            PLAYED.exercise_id == inject.exercise_id,
            PLAYED.person_id == who,
            PLAYED.role == ExerciseRole.PLAYER,
            or_(inject.for_all.is_(True), to_it),
        ),
    )


@relation
def of_their_party(part: Any, who: Who, _now: Now) -> Predicate:
    """The part of an exercise is of the party that the person plays."""
    return some(
        PLAYED,
        where=(
            PLAYED.exercise_id == part.exercise_id,
            PLAYED.person_id == who,
            PLAYED.party_id == part.party_id,
        ),
    )


@relation
def falls_to_their_organisation(finding: Any, who: Who, now: Now) -> Predicate:
    """The finding is for an organisation that the person speaks for."""
    return belongs(finding.organisation_id, who, now, *SPEAKERS)


def of_its_exercise(relation: Relation) -> Relation:
    """The person stands so to the exercise of which this is a part."""
    return Relation(
        f"of its exercise {relation.inside('not')}",
        lambda part, who, now: some(
            ITS_EXERCISE,
            where=(
                ITS_EXERCISE.id == part.exercise_id,
                relation.predicate(ITS_EXERCISE, who, now),
            ),
        ),
        parts=(relation,),
    )
