"""Reminders of one deadline as a ladder: its rungs, and about whom the policy is asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, BindParameter, bindparam, case, cast, extract, func, select

from models.base import Moment, Resource
from models.ledger import AuditEvent
from portal.parameters import NOW
from portal.rules import REMIND, ResourceType

DAY = timedelta(days=1)
GIVE_UP = timedelta(days=29)
REMINDERS_APART: Final = timedelta(hours=20)


@dataclass(frozen=True)
class Rung:
    """A step of a ladder: its name, how far from the deadline, and its e-mail."""

    name: str
    after: timedelta
    template: str


@dataclass(frozen=True, eq=False)
class Ladder:
    """Who is reminded of what: holders of `verb`, by the instant in `since`; `round` sets apart.

    The round changes with the instant and with no other act: else an e-mail goes twice, or never.
    `rows` joins what hangs on the resource and holds the instant (a table and how it is tied),
    `only` narrows it; both say the moment with NOW and `ago`, since the question is built once.
    `homes` are the organisations whose people the policy is asked about; where none is named it is
    asked about everybody. `first` says of the resource alone which could be late: by an index where
    everybody is asked about; `since` is its own then. A rung that had passed by `notified_at` is
    left out: whoever it is for was notified just then. `notified_at` is an instant, or makes one in
    seconds from `since`; where there is none, `since` is itself the moment at which it began. The
    last rung counts until `ends`. `passed_on` is whether an alternate is reminded in the place of
    whoever is away, of what they hold by name.
    """

    resource_type: ResourceType[Resource]
    verb: str
    since: Any
    round: Any
    rungs: tuple[Rung, ...]
    rows: tuple[Any, Any] | None = None
    only: tuple[Any, ...] = ()
    homes: tuple[Any, ...] = ()
    first: tuple[Any, ...] = ()
    notified_at: Any = None
    ends: timedelta = GIVE_UP
    passed_on: bool = False


def next_reminder(reminded_at: datetime | None, now: datetime) -> datetime | None:
    """From when the next reminder by hand can go, after one so lately that it has to wait."""
    if reminded_at is None or reminded_at + REMINDERS_APART <= now:
        return None
    return reminded_at + REMINDERS_APART


def reminded_lately(reminded_at: datetime | None, now: datetime) -> bool:
    """Whether a reminder by hand was sent so short a time ago that the next one has to wait."""
    return next_reminder(reminded_at, now) is not None


def last_reminder(resource_type: ResourceType[Any]) -> Any:
    """Of a resource: when somebody was last reminded of it by hand, as the trail has it."""
    model = resource_type.model
    return (
        select(func.max(AuditEvent.at))
        .where(
            AuditEvent.resource_type == resource_type.name,
            AuditEvent.resource_id == model.id,
            AuditEvent.verb == REMIND,
        )
        .correlate(model)
        .scalar_subquery()
    )


AGO: Final = "ago_"
AHEAD: Final = "ahead_"


def ago(span: timedelta) -> BindParameter[datetime]:
    """The instant so many whole seconds before now, as a parameter; `instants` has its value."""
    away = int(span.total_seconds())
    return bindparam(f"{AGO if away >= 0 else AHEAD}{abs(away)}", type_=Moment())


def instants(names: Iterable[str], now: datetime) -> dict[str, datetime]:
    """The values of NOW and of those of these parameters that `ago` has made."""
    found = {NOW.key: now}
    for name in names:
        for start, sign in ((AGO, -1), (AHEAD, 1)):
            if name.startswith(start):
                found[name] = now + sign * timedelta(seconds=int(name.removeprefix(start)))
    return found


def in_time(ladder: Ladder) -> tuple[Any, ...]:
    """That the first rung of a ladder has passed, and its last one still counts."""
    return ladder.since <= ago(ladder.rungs[0].after), ladder.since > ago(ladder.ends)


def by_rung(ladder: Ladder, value: Callable[[Rung], Any]) -> Any:
    """What the highest rung that has passed says, as SQL."""
    passed = ((ladder.since <= ago(rung.after), value(rung)) for rung in reversed(ladder.rungs))
    return case(*passed)


def seconds(at: Any) -> Any:
    """An instant of a row as a whole number, the same on both engines (Unix time)."""
    return cast(extract("epoch", at), BigInteger)


def before(template: str, *days: int) -> tuple[Rung, ...]:
    """Rungs so many days before the deadline, the farthest first."""
    return tuple(Rung(f"soon-{n}", -n * DAY, template) for n in days)


def after(template: str, *days: int) -> tuple[Rung, ...]:
    """Rungs so many days after the deadline, the nearest first."""
    return tuple(Rung(f"late-{n}" if n else "due", n * DAY, template) for n in days)
