"""Rows of the overview by the question they answer: to do by day, drafts, others, accounts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from portal.days import day_of, end_of
from portal.overview.waiting import Waiting
from portal.tasks import Section
from portal.words import N_

OVERDUE, TODAY, SOON, LATER = N_("Overdue"), N_("Today"), N_("Next 7 days"), N_("Later")
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Group:
    """What is due in one span of time, with its heading (a message)."""

    heading: str
    rows: tuple[Waiting, ...]


def own(rows: Iterable[Waiting]) -> list[Waiting]:
    """What the person has to do, drafts included."""
    return [row for row in rows if row.section in (Section.TO_DO, Section.DRAFTS)]


def of(rows: Iterable[Waiting], section: Section) -> tuple[Waiting, ...]:
    """The rows of one section."""
    return tuple(row for row in rows if row.section is section)


def by_day(rows: Iterable[Waiting], zone: str, now: datetime) -> tuple[Group, ...]:
    """The rows of the section to do, by when they are due for a reader in this zone."""
    today_ends = end_of(day_of(now, zone), zone)
    spans: dict[str, list[Waiting]] = {OVERDUE: [], TODAY: [], SOON: [], LATER: []}
    for row in rows:
        if row.section is Section.TO_DO:
            spans[_span(row.by_at, today_ends, now)].append(row)
    return tuple(Group(heading, tuple(found)) for heading, found in spans.items() if found)


def _span(by_at: datetime | None, today_ends: datetime, now: datetime) -> str:
    if by_at is None:
        return LATER
    if by_at <= now:
        return OVERDUE
    if by_at <= today_ends:
        return TODAY
    return SOON if by_at <= now + WEEK else LATER


def once_each(rows: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """Rows that wait for several organisations as one row of each resource that names them all."""
    return tuple(_merged(rows))


def _merged(rows: Iterable[Waiting]) -> Iterator[Waiting]:
    together: dict[str, list[Waiting]] = {}
    for row in rows:
        together.setdefault(row.ref, []).append(row)
    for first, *more in together.values():
        rows = (first, *more)
        names = dict.fromkeys(row.organisation for row in rows if row.organisation)
        # The next reminder waits for nobody who was never reminded, else for the earliest.
        sent = [row.reminded_at for row in rows if row.reminded_at is not None]
        reminded_at = min(sent) if len(sent) == len(rows) else None
        yield replace(first, organisation=", ".join(names), reminded_at=reminded_at)
