"""What waits for an alternate: to say whether they act. Whom for is shown as its title."""

from typing import Final

from sqlalchemy import select

from models.alternates import Alternate, AlternateState
from models.stakeholders import Person
from portal.db import alias, in_state
from portal.parameters import ME, NOTHING
from portal.rules import ACCEPT, ALTERNATES, READ
from portal.tasks import Could, Task, Tasks, could_wait
from portal.words import N_

FOR: Final = alias(Person, "acts_for")
WHOM: Final = (
    select(FOR.name).where(FOR.id == Alternate.for_id).correlate(Alternate).scalar_subquery()
)


def _asked() -> Could:
    found = could_wait(
        Alternate.id,
        Alternate.organisation_id,
        by_at=Alternate.ends_at,
        since_at=Alternate.created_at,
        day_zone=Alternate.zone,
    )
    return found.where(in_state(Alternate, AlternateState.DECLARED), Alternate.person_id == ME)


TASKS: Final = Tasks(
    policy=ALTERNATES,
    title=WHOM,
    title_verb=READ,
    detail=NOTHING,
    template="alternates/task.html",
    each=(
        Task(ACCEPT, N_("Respond"), whose="%(who)s", until=N_("respond before"), could=_asked()),
    ),
)
