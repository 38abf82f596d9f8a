"""What waits for this person, whoever holds the verb, the late first, whatever the noun."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from portal.catalogue import NOUNS, OF_NAME, Noun
from portal.parameters import ready
from portal.recipients import Reader
from portal.tasks import TOGETHER, Section, Task, Tasks, waiting_for
from portal.tasks import waiting as waiting_of

TASKS: Final = tuple(noun.tasks for noun in NOUNS if isinstance(noun.tasks, Tasks))
# A verb can wait in two sections: a draft to publish, and what was put to others and may go now.
OF_TASK: Final = {
    (tasks.policy.name, task.verb, str(task.section)): (tasks.template, task)
    for tasks in TASKS
    for task in tasks.each
}
NO_DAY: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """What one resource waits for: the verb, of whom or for whom, by when, or since when.

    `day_zone` is the zone of a day deadline; where it is empty `by_at` is an instant. `template`
    draws it, and alone reads `detail`. `whom` is for whom an alternate does it, `acts_by` the
    reference of that alternate; `reminded_at` when a reminder by hand was sent last.
    """

    noun: Noun[Any]
    task: Task
    template: str
    ref: str
    tlp: str
    title: str
    organisation: str
    by_at: datetime | None
    since_at: datetime | None
    day_zone: str
    detail: str
    whom: str
    acts_by: str
    reminded_at: datetime | None

    @property
    def verb(self) -> str:
        """What is to be done."""
        return self.task.verb

    @property
    def page(self) -> str:
        """The endpoint where it is done."""
        return self.task.page or str(self.noun.endpoint)

    @property
    def section(self) -> Section:
        """The question of the overview that it answers."""
        return self.task.section

    @property
    def place(self) -> tuple[datetime, datetime]:
        """Its place among the others: what has a day before what has none, early before late."""
        return self.by_at or NO_DAY, self.since_at or NO_DAY


def waiting(session: Session, reader: Reader) -> list[Waiting]:
    """All that waits for the person or for others, in one query, by when it is due.

    At most ten of each noun that are the person's own to do, drafts included, ten that wait for
    others, and ten whose accounts differ.
    """
    question = WITH_ALTERNATES if reader.alternates else WAITING
    return sorted(map(_row, session.execute(question, reader.values)), key=lambda row: row.place)


def _row(row: Any) -> Waiting:
    template, task = OF_TASK[row.noun, row.verb, row.section]
    return Waiting(
        noun=OF_NAME[row.noun],
        task=task,
        template=template,
        ref=row.ref,
        tlp=row.tlp,
        title=row.title,
        organisation=row.organisation,
        by_at=row.by_at,
        since_at=row.since_at,
        day_zone=row.day_zone,
        detail=row.detail,
        whom=row.whom,
        acts_by=row.acts_by,
        reminded_at=row.reminded_at,
    )


def _waiting(*, alternates: bool) -> Any:
    asked = [
        waiting_of(tasks, sections, alternates=alternates)
        for sections in TOGETHER
        for tasks in TASKS
    ]
    if alternates:
        asked += [
            waiting_for(tasks, task, task.on_behalf)
            for tasks in TASKS
            for task in tasks.each
            if task.on_behalf is not None
        ]
    parts = [part.subquery() for part in asked if part is not None]
    return union_all(*(select(*part.c) for part in parts))


# Two questions: most readers have never agreed to act for anybody, and the policy on two people is
# more than half of it.
WAITING: Final = ready(_waiting(alternates=False))
WITH_ALTERNATES: Final = ready(_waiting(alternates=True))
