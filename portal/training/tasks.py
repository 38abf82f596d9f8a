"""What of training waits for somebody: a unit to finish, a completion that expires soon."""

from typing import Final

from sqlalchemy import ColumnElement, Integer, exists, or_
from sqlalchemy.orm import aliased

from models.stakeholders import Person
from models.training import Completion, CompletionState
from portal.db import in_state
from portal.parameters import ME, NOTHING, NOW, SOON, missing
from portal.relations import REQUIRED, moment, of_anything
from portal.rules import BEGIN_UNIT, PEOPLE, READ, RENEW, STUDY, TRAINING
from portal.tasks import Could, Task, Tasks, could_wait
from portal.units import named
from portal.words import N_

NOBODY: Final = missing(Integer())  # with its type, for PostgreSQL compares it


def newest() -> ColumnElement[bool]:
    """No later completion of the same person and unit is under way or completed."""
    later = aliased(Completion)
    return ~exists().where(
        later.person_id == Completion.person_id,
        later.unit == Completion.unit,
        later.id > Completion.id,
        later.state != CompletionState.ERASED,
    )


def _unfinished() -> Could:
    found = could_wait(Completion.id, NOBODY, since_at=Completion.changed_at)
    return found.where(in_state(Completion, CompletionState.UNDER_WAY), Completion.person_id == ME)


def _expiring() -> Could:
    found = could_wait(Completion.id, NOBODY, by_at=Completion.expires_at, day_zone=Completion.zone)
    return found.where(
        in_state(Completion, CompletionState.COMPLETED),
        Completion.person_id == ME,
        or_(Completion.expires_at > NOW, Completion.ended_by.is_not(None)),
        Completion.expires_at <= SOON,
        newest(),
    )


def _required() -> Could:
    found = could_wait(Person.id, NOBODY)
    return found.where(Person.id == ME, exists(REQUIRED.id).where(of_anything(ME, moment(NOW))))


# What is required waits for the person, who has no row for it yet.
REQUIRED_TASKS: Final = Tasks(
    policy=PEOPLE,
    title=Person.name,
    title_verb=READ,
    detail=NOTHING,
    template="training/required_task.html",
    each=(Task(BEGIN_UNIT, N_("Show"), whose="%(who)s", until="", could=_required()),),
)
TASKS: Final = Tasks(
    policy=TRAINING,
    title=named(Completion.unit),
    title_verb=READ,
    detail=NOTHING,
    template="training/task.html",
    each=(
        Task(STUDY, N_("Continue"), whose="%(who)s", until="", could=_unfinished()),
        Task(RENEW, N_("Renew"), whose="%(who)s", until=N_("expires"), could=_expiring()),
    ),
)
