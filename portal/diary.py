"""The calendar: meetings and deadlines of all nouns that a person reads, within a time.

A deadline that is a day is shown as that day, wherever the reader is; an instant stands on the day
that it is in the reader's zone. Draws from the catalogue: one question for all nouns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from models.processes import Process
from portal import dialogues, exercises
from portal.access import READER, Actor, readable
from portal.among import among
from portal.calendars import feed
from portal.catalogue import NOUNS, OF_NAME, Noun, Without
from portal.dated import FROM, UNTIL, Dated, Dates, falling
from portal.days import DAY, day_of, ends_a_day, last_day, place_of
from portal.errors import NotFound
from portal.parameters import KEY, SEATS, at_most, ready
from portal.recipients import reader_of
from portal.rules import PROCESSES
from portal.slots import shown

OF_SORT: Final[Mapping[tuple[str, str], Dated]] = {
    (noun.name, one.name): one
    for noun in NOUNS
    if isinstance(noun.dates, Dates)
    for one in noun.dates.each
}
FEED: Final = "Good Offices"
MOST: Final = 300  # in what is looked at: that there is more is said
# Between the first and the last zone a day lasts 50 hours: an instant may stand on its neighbour.
EDGE: Final = 2 * DAY


@dataclass(frozen=True)
class Entry:
    """What stands on a day: of which resource and which sort, from when to when.

    `day_zone` is the zone of a deadline that is a day; of what begins at an instant it is empty.
    `time` is from when to when in the reader's zone; a day has none.
    """

    noun: Noun[Any]
    dated: Dated
    ref: str
    tlp: str
    title: str
    at: datetime
    ends_at: datetime | None
    day_zone: str
    day: date
    time: str
    key: int
    edition: int

    @property
    def place(self) -> str:
        """The place that its day belongs to; of an instant it is empty."""
        return place_of(self.day_zone) if self.day_zone else ""


@dataclass(frozen=True)
class Diary:
    """The days that have entries, and the processes that it can be narrowed to.

    `more` says that there is more than is shown.
    """

    days: Mapping[date, list[Entry]]
    processes: tuple[Any, ...]
    more: bool


def diary(
    session: Session, actor: Actor, now: datetime, first: date, last: date, process: str = ""
) -> Diary:
    """All that the person reads from the first day to the last, in their zone; three queries.

    Raises NotFound where `process` is the reference of none that they have a seat in.
    """
    reader = reader_of(session, actor, now)
    known = tuple(session.execute(SEATED, reader.values))
    values = reader.values | {FROM.key: _midnight(first) - EDGE, UNTIL.key: _midnight(last) + EDGE}
    question = EVERY
    if process:
        chosen = next((row for row in known if row.ref == process), None)
        if chosen is None:
            raise NotFound(process)
        question, values = OF_PROCESS, values | {KEY.key: chosen.id}
    rows = session.execute(question, values).all()
    days: dict[date, list[Entry]] = {}
    for entry in sorted((entry_of(row, actor.zone) for row in rows), key=place_in):
        if first <= entry.day <= last:
            days.setdefault(entry.day, []).append(entry)
    return Diary(days, known, more=len(rows) >= MOST)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def entry_of(row: Any, zone: str) -> Entry:
    """An entry of a row of the question, for a reader in that zone."""
    is_day = bool(row.day_zone) and ends_a_day(row.at, row.day_zone)
    return Entry(
        noun=OF_NAME[row.noun],
        dated=OF_SORT[row.noun, row.sort],
        ref=row.ref,
        tlp=row.tlp,
        title=row.title,
        at=row.at,
        ends_at=row.ends_at,
        day_zone=row.day_zone if is_day else "",
        day=last_day(row.at, row.day_zone) if is_day else day_of(row.at, zone),
        time="" if is_day else _time(row.at, row.ends_at, zone),
        key=row.key,
        edition=row.edition,
    )


def _time(at: datetime, ends_at: datetime | None, zone: str) -> str:
    times = (shown(one, zone).time for one in (at, ends_at) if one is not None)
    return "–".join(times)


def place_in(entry: Entry) -> tuple[date, bool, datetime, str]:
    """Its place among others: on a day what has a time comes first, and the day as a whole last."""
    return entry.day, bool(entry.day_zone), entry.at, entry.ref


def weeks(month: date) -> list[list[date]]:
    """The weeks, from Monday to Sunday, that have a day of this month."""
    first = month.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    start = first - timedelta(days=first.weekday())
    many = -(-(following - start).days // 7)
    return [[start + timedelta(days=7 * week + n) for n in range(7)] for week in range(many)]


def _every(narrowed: bool) -> Any:
    arms = []
    for noun in NOUNS:
        if isinstance(noun.dates, Without):
            continue
        if narrowed and isinstance(noun.ties, Without):
            continue
        arms.append(falling(noun.dates, *((noun.ties,) if narrowed else ())).subquery())
    every = union_all(*(select(*arm.c) for arm in arms)).subquery()
    return select(every).order_by(every.c.at, every.c.ref).limit(at_most(MOST))


def _seated() -> Any:
    columns = (Process.id, Process.ref, Process.cover_name)
    found = readable(PROCESSES, *columns, who=READER).where(among(Process.id, SEATS))
    return found.order_by(Process.cover_name, Process.id).limit(at_most(MOST))


EVERY: Final = ready(_every(narrowed=False))
OF_PROCESS: Final = ready(_every(narrowed=True))
SEATED: Final = ready(_seated())


def calendar_of(session: Session, key: str, base_url: str, now: datetime) -> bytes:
    """The feed with this key: what its owner comes to, and the exercises they have a role in.

    Raises NotFound for a key of nobody, a revoked or a suspended one.
    """
    owner = dialogues.owner_of(session, key, now)
    comes = dialogues.meetings_of(session, owner, base_url, now)
    return feed([*comes, *exercises.meetings_of(session, owner, base_url, now)], name=FEED)
