"""The self-checks that wait for their respondent: one to finish, one to look at again."""

from typing import Final

from sqlalchemy import ColumnElement, Integer, exists
from sqlalchemy.orm import aliased

from models.readiness import CheckState, SelfCheck
from portal.db import in_state
from portal.parameters import ME, NOTHING, SOON, missing
from portal.rules import ANSWER, READ, READINESS, RENEW
from portal.tasks import Could, Task, Tasks, could_wait
from portal.words import N_

NOBODY: Final = missing(Integer())  # with its type, for PostgreSQL compares it


def newest() -> ColumnElement[bool]:
    """No later self-check of the same respondent and scope stands."""
    later = aliased(SelfCheck)
    return ~exists().where(
        later.person_id == SelfCheck.person_id,
        later.scope == SelfCheck.scope,
        later.id > SelfCheck.id,
        later.state != CheckState.ERASED,
    )


def _unfinished() -> Could:
    found = could_wait(SelfCheck.id, NOBODY, since_at=SelfCheck.changed_at)
    return found.where(in_state(SelfCheck, CheckState.OPEN), SelfCheck.person_id == ME)


def _to_look_at_again() -> Could:
    found = could_wait(SelfCheck.id, NOBODY, by_at=SelfCheck.look_again_at, day_zone=SelfCheck.zone)
    return found.where(
        in_state(SelfCheck, CheckState.COMPLETED),
        SelfCheck.person_id == ME,
        SelfCheck.look_again_at <= SOON,
        newest(),
    )


TASKS: Final = Tasks(
    policy=READINESS,
    title=SelfCheck.scope + NOTHING,
    title_verb=READ,
    detail=NOTHING,
    template="readiness/task.html",
    each=(
        Task(ANSWER, N_("Continue"), whose="%(who)s", until="", could=_unfinished()),
        Task(
            RENEW,
            N_("Answer again"),
            whose="%(who)s",
            until=N_("look again by"),
            could=_to_look_at_again(),
        ),
    ),
)
