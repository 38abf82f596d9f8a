"""What has its day in the calendar, whatever the noun: what could be shown, and what of it may be.

Each noun says cheaply what of it falls into a time; the policy is asked of those rows, and decides.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic

from sqlalchemy import (
    BindParameter,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    literal,
    or_,
    select,
    union_all,
)

from models.base import Moment
from portal.access import READER, beside_read, readable
from portal.db import written
from portal.parameters import NOTHING, NOW, at_most, missing
from portal.rules import M, ResourceType

# The time that is looked at: from the one instant up to the other.
FROM: Final[BindParameter[datetime]] = bindparam("from_at", type_=Moment())
UNTIL: Final[BindParameter[datetime]] = bindparam("until_at", type_=Moment())
LOOKED_AT: Final = 500  # of what could be shown of one sort, before the policy is asked
Key = SQLColumnExpression[int]
Time = SQLColumnExpression[datetime] | SQLColumnExpression[datetime | None]
NO_TIME: Final = missing(Moment())
INSTANT: Final[SQLColumnExpression[str]] = NOTHING
# Key of the resource, when, until when (nothing for a deadline), the zone of a day ("" of none).
Could = Select[int, datetime | None, datetime | None, str]


@dataclass(frozen=True)
class Dated:
    """A sort of day: its name, its word, who is shown it, and what could be shown.

    `verb` is what somebody must hold to be shown it.
    """

    name: str
    word: str
    verb: str
    could: Could


@dataclass(frozen=True)
class Dates(Generic[M]):
    """What of a noun has its day in the calendar, and the title that is shown with it.

    Whoever is shown one of these days must hold `title_verb` as well.
    """

    policy: ResourceType[M]
    title: SQLColumnExpression[str]
    title_verb: str
    each: tuple[Dated, ...]


def could_fall(key: Any, at: Any, *, ends_at: Any = NO_TIME, day_zone: Any = INSTANT) -> Could:
    """The start of a question for what falls into the time that is looked at, the first first."""
    columns = (
        key.label("id"),
        at.label("at"),
        ends_at.label("ends_at"),
        day_zone.label("day_zone"),
    )
    found: Could = (
        select(*columns).where(at >= FROM, at < UNTIL).order_by(at, key).limit(at_most(LOOKED_AT))
    )
    return found


def falling(dates: Dates[M], *narrowed: Any) -> Select[Any]:
    """What of a noun falls into the time and may be shown to whoever asks."""
    policy = dates.policy
    model: Any = policy.model
    could = _all_that_could(dates)
    shown = (
        and_(could.c.sort == one.name, beside_read(policy, one.verb, READER, NOW))
        for one in dates.each
    )
    columns: tuple[Any, ...] = (
        written(policy.name).label("noun"),
        model.id.label("key"),
        getattr(model, "edition", literal(0)).label("edition"),
        could.c.sort,
        model.ref,
        model.tlp,
        dates.title.label("title"),
        could.c.at,
        could.c.ends_at,
        could.c.day_zone,
    )
    return (
        readable(policy, *columns, who=READER)
        .join(could, could.c.id == model.id)
        .where(beside_read(policy, dates.title_verb, READER, NOW), or_(*shown), *narrowed)
    )


def _all_that_could(dates: Dates[M]) -> Any:
    arms = ((one.name, one.could.subquery()) for one in dates.each)
    return union_all(
        *(select(literal(name).label("sort"), *could.c) for name, could in arms)
    ).subquery()
