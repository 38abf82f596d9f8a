"""What waits for somebody to do, whatever the noun: what could wait, and what of it is theirs.

Each noun says what could wait for whom, cheaply; the policy is asked of those few, and decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Generic

from sqlalchemy import (
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    or_,
    select,
    union_all,
)

from models.alternates import Alternate
from models.base import Moment
from models.stakeholders import Organisation, Person
from portal.access import READER, beside_read, readable
from portal.db import written
from portal.on_behalf import held_for, taken_over
from portal.parameters import ME, NOTHING, NOW, at_most, missing
from portal.rules import M, ResourceType

SHOWN: Final = 10
LOOKED_AT: Final = 30  # of what could wait, before the policy is asked: three pages of ten
NO_TIME: Final = missing(Moment())
Key = SQLColumnExpression[int] | SQLColumnExpression[int | None]
Time = SQLColumnExpression[datetime] | SQLColumnExpression[datetime | None]
# Key of the resource, key of the organisation of whom or for whom it waits, by when, since when,
# the zone of a day by which it is due (empty where `by_at` is an instant), when a reminder by hand
# was sent last.
Could = Select[int, int | None, datetime | None, datetime | None, str, datetime | None]
# Noun, verb, section, reference, marking, title, organisation, by_at, since_at, day_zone, detail,
# whom, acts_by, reminded_at.
Rows = Select[Any]


class Section(StrEnum):
    """The question of the overview that a task answers."""

    TO_DO = "to-do"
    DRAFTS = "drafts"
    OTHERS = "others"
    DIFFER = "differ"


# Sections whose rows come in one question, and are ten of a noun at the most together.
TOGETHER: Final = ((Section.TO_DO, Section.DRAFTS), (Section.OTHERS,), (Section.DIFFER,))


@dataclass(frozen=True)
class OnBehalf:
    """What an alternate could do for another, and by when it is due, as a day of `day_zone`.

    The conditions are on the resource and on `Person`, who is away there.
    """

    look: tuple[Any, ...]
    by_at: Any
    day_zone: Any = NOTHING


@dataclass(frozen=True)
class Task:
    """A verb that can wait for somebody, its words, and what could wait for a reader.

    `button` says what to do, `whose` names `%(who)s`: of whom or for whom it is. `until` stands
    before the time by which it is due; where it is empty none is shown. `could` is a cheap first
    look: what could wait for whoever asks. `page` is the endpoint where it is done; where it is
    empty, the page of the resource. `at_once` is whether it takes one button on the overview.
    In the section of others whoever asks may do the verb so that they act, and in that of accounts
    that differ whoever may READ is told. `on_behalf` is the first look for alternates, where one
    may do it for another.
    """

    verb: str
    button: str
    whose: str
    until: str
    could: Could
    page: str = ""
    at_once: bool = False
    section: Section = Section.TO_DO
    on_behalf: "OnBehalf | None" = None


@dataclass(frozen=True)
class Tasks(Generic[M]):
    """What of a noun can wait for somebody.

    `title` is shown to whoever may do `title_verb`; `detail` is for `template` alone, which draws a
    row of the list.
    """

    policy: ResourceType[M]
    title: SQLColumnExpression[str]
    title_verb: str
    detail: SQLColumnExpression[str]
    template: str
    each: tuple[Task, ...]


def could_wait(
    key: Key,
    other: Key,
    *,
    by_at: Time = NO_TIME,
    since_at: Time = NO_TIME,
    day_zone: SQLColumnExpression[str] = NOTHING,
    reminded_at: Time = NO_TIME,
) -> Could:
    """The start of a question for what could wait."""
    return select(
        key.label("id"),
        other.label("other_id"),
        by_at.label("by_at"),
        since_at.label("since_at"),
        day_zone.label("day_zone"),
        reminded_at.label("reminded_at"),
    )


def nearest(could: Could, most: int = LOOKED_AT) -> Could:
    """The first thirty (or `most`), by when they are due and since when they wait."""
    return could.order_by("by_at", "since_at", "id").limit(at_most(most))


def waiting(tasks: Tasks[M], sections: Sequence[Section], *, alternates: bool) -> Rows | None:
    """What of a noun waits in these sections: what is due first, at most ten; None without any.

    Where there are `alternates` it leaves out what one of them is asked to do.
    """
    policy = tasks.policy
    model: Any = policy.model
    each = [task for task in tasks.each if task.section in sections]
    if not each:
        return None
    could = _all_that_could(each)
    theirs = (
        and_(could.c.verb == written(verb), beside_read(policy, verb, READER, NOW))
        for verb in dict.fromkeys(task.verb for task in each)
    )
    passed_on = [task.verb for task in each if alternates and task.on_behalf is not None]
    titled = beside_read(policy, tasks.title_verb, READER, NOW)
    columns: tuple[Any, ...] = (
        written(policy.name).label("noun"),
        could.c.verb,
        could.c.section,
        model.ref,
        getattr(model, "tlp", NOTHING).label("tlp"),
        case((titled, tasks.title), else_=NOTHING).label("title"),
        func.coalesce(Organisation.name, NOTHING).label("organisation"),
        could.c.by_at,
        could.c.since_at,
        could.c.day_zone,
        tasks.detail.label("detail"),
        NOTHING.label("whom"),
        NOTHING.label("acts_by"),
        could.c.reminded_at,
    )
    return (
        readable(policy, *columns, who=READER)
        .join(could, could.c.id == model.id)
        .outerjoin(Organisation, Organisation.id == could.c.other_id)
        .where(or_(*theirs), *_not_passed_on(policy, could.c.verb, passed_on))
        .order_by(could.c.by_at.is_(None), could.c.by_at)
        .order_by(could.c.since_at.is_(None), could.c.since_at, model.id)
        .limit(at_most(SHOWN))
    )


def _not_passed_on(policy: ResourceType[M], verb: Any, passed_on: list[str]) -> tuple[Any, ...]:
    # While an alternate is asked to do it, it does not wait for whoever is away.
    if not passed_on:
        return ()
    return tuple(or_(verb != written(one), ~taken_over(policy, one, ME, NOW)) for one in passed_on)


def waiting_for(tasks: Tasks[M], task: Task, on_behalf: OnBehalf) -> Rows:
    """What of a noun an alternate is asked to do for another, who is named by `whom`."""
    policy, by_at = tasks.policy, on_behalf.by_at
    model: Any = policy.model
    titled = beside_read(policy, tasks.title_verb, READER, NOW)
    columns: tuple[Any, ...] = (
        written(policy.name).label("noun"),
        written(task.verb).label("verb"),
        written(task.section).label("section"),
        model.ref,
        getattr(model, "tlp", NOTHING).label("tlp"),
        case((titled, tasks.title), else_=NOTHING).label("title"),
        func.coalesce(Organisation.name, NOTHING).label("organisation"),
        by_at.label("by_at"),
        NO_TIME.label("since_at"),
        on_behalf.day_zone.label("day_zone"),
        tasks.detail.label("detail"),
        Person.name.label("whom"),
        Alternate.ref.label("acts_by"),
        NO_TIME.label("reminded_at"),
    )
    return (
        held_for(policy, task.verb, *columns)
        .outerjoin(Organisation, Organisation.id == model.organisation_id)
        .where(*on_behalf.look)
        .order_by(by_at.is_(None), by_at, model.id)
        .limit(at_most(SHOWN))
    )


def _all_that_could(each: Sequence[Task]) -> Any:
    arms = ((task, task.could.subquery()) for task in each)
    verbs = (
        select(written(task.verb).label("verb"), written(task.section).label("section"), *could.c)
        for task, could in arms
    )
    return union_all(*verbs).subquery()
