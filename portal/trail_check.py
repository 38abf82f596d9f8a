"""Checks the trail: whether every event says what it said, and every chain is whole.

Each event has the digest before it beside its own, so ranges of events can be checked apart, by
several processes, and joined afterwards: a range says of each chain where it is entered and left,
and names its own first fault. What is found does not depend on the ranges.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, func, select
from sqlalchemy.orm import Session

from portal.chains import ACTS, EVENTS, FOR, HEADS, READINGS, canonical, first_link, link
from portal.db import make_engine

CHAINS: Final = (ACTS, *READINGS)
SPAN: Final = 50_000  # events, or numbers that are free, in a range
WORTH: Final = 4 * SPAN  # a process takes half a second to start
MEMO: Final = 10_000
Progress = Callable[[int, int], None]
MOVED: Final = "a row before it is missing, added or moved"
NOBODY: Final = "null"
CHANGED: Final = "its content was changed"
# Events as text that goes into their canonical JSON as it is, in the order of `portal.chains.link`.
NUMBERS: Final = ("person_id", "resource_id", "edition", "signin_id", "for_id")
ROWS: Final = (
    "SELECT id, chain, digest, previous, {at}, {person_id}, verb, resource_type, {resource_id},"
    " ref, {edition}, {signin_id}, {detail}, {for_id} FROM audit_events"
    " WHERE id BETWEEN {first:d} AND {last:d} ORDER BY id"
)
AS_TEXT: Final = {
    "sqlite": {"at": "replace(at, ' ', 'T') || '+00:00'", "detail": "detail"}
    | {name: f"coalesce({name}, 'null')" for name in NUMBERS},
    "postgresql": {
        "at": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')""",
        "detail": "detail::text",
    }
    | {name: f"coalesce({name}::text, 'null')" for name in NUMBERS},
}


@dataclass
class Run:
    """The events of one chain in a range: the first, what it is linked to, how many, the last."""

    first: int
    previous: str
    last: str = ""
    events: int = 0


@dataclass
class Part:
    """What a range says: its runs by chain; the number of the first bad event, and what is bad."""

    runs: dict[int, Run] = field(default_factory=dict)
    bad: int | None = None
    why: str = ""


def first_fault(session: Session, span: int = SPAN) -> str | None:
    """What is wrong with the trail, naming the first bad row; None when every chain holds.

    `span` is how many numbers of events a range has; the answer does not depend on it. What others
    append meanwhile may count as a fault: `first_fault_apart` is for a portal in use.
    """
    connection = session.connection()
    trail = _Trail(connection)
    parts = (_checked(connection, *part) for part in trail.spans(span))
    return trail.fault(parts, _no_progress)


def first_fault_apart(
    engine: Engine, progress: Progress, *, worth: int = WORTH, span: int = SPAN
) -> str | None:
    """The same of the trail as it is now, whatever others append; long trails by many processes.

    `progress` is told how many events have been checked, of how many. Trails of fewer than `worth`
    events are checked here; there are as many processes as this one may use processors.
    """
    with _as_it_is_now(engine) as (connection, snapshot):
        trail = _Trail(connection)
        if trail.events < worth:
            here = (_checked(connection, *part) for part in trail.spans(span))
            return trail.fault(here, progress)
        many = len(os.sched_getaffinity(0))
        with ProcessPoolExecutor(many, get_context("spawn")) as others:
            check = partial(_checked_there, engine.url, snapshot)
            fault = trail.fault(others.map(check, trail.spans(span)), progress)
            others.shutdown(cancel_futures=True)
            return fault


@contextmanager
def _as_it_is_now(engine: Engine) -> Iterator[tuple[Connection, str]]:
    # On SQLite nothing is committed with a lower number than what is there; on PostgreSQL all
    # processes look at the same snapshot, which counts as long as its transaction is open.
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            yield connection, ""
        return
    with _steady(engine) as connection:
        snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        yield connection, snapshot


def _steady(engine: Engine) -> Connection:
    isolated = engine.execution_options(isolation_level="REPEATABLE READ", unhurried=True)
    return isolated.connect()


def _checked_there(url: URL, snapshot: str, part: tuple[int, int]) -> Part:
    engine = make_engine(url.render_as_string(hide_password=False))
    try:
        with _steady(engine) if snapshot else engine.connect() as connection:
            if snapshot:
                connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
            return _checked(connection, *part)
    finally:
        engine.dispose()


def _checked(connection: Connection, first: int, last: int) -> Part:
    """Check the events of a range, as far as its own rows tell."""
    engine = connection.dialect.name
    asked = ROWS.format(first=first, last=last, **AS_TEXT[engine])
    driver: Any = connection.connection.driver_connection
    if engine == "sqlite":
        return _part(driver.execute(asked))
    with driver.cursor() as cursor, cursor.copy(f"COPY ({asked}) TO STDOUT") as copy:
        rows = iter(copy.rows())
        part = _part(rows)
        deque(rows, maxlen=0)  # a copy is read to its end, whatever it holds
        return part


def _part(rows: Iterable[Any]) -> Part:
    part, details = Part(), _Details()
    runs = part.runs
    for (
        key,
        chain,
        digest,
        previous,
        at,
        person,
        verb,
        kind,
        it,
        ref,
        edition,
        signin,
        said,
        whom,
    ) in rows:
        run = runs.get(chain)
        if run is None:
            run = runs[chain] = Run(int(key), previous)
        elif run.last != previous:
            part.bad, part.why = int(key), MOVED
            break
        detail = details[said if whom == NOBODY else (said, int(whom))]
        if link(previous, at, person, verb, kind, it, ref, edition, signin, detail) != digest:
            part.bad, part.why = int(key), CHANGED
            break
        run.last = digest
        run.events += 1
    return part


class _Details(dict[str | tuple[str, int], str]):
    """Canonical JSON of details by the text that is kept; most texts come again and again.

    Where somebody acted for somebody else, by that text and the key of whom. A text that says
    itself for whom would have the link of another event, so it has none.
    """

    def __missing__(self, kept: str | tuple[str, int]) -> str:
        if len(self) >= MEMO:
            self.clear()
        text, for_id = kept if isinstance(kept, tuple) else (kept, None)
        try:
            said = json.loads(text)
            if FOR in said:
                return ""  # so no digest fits
            self[kept] = canonical(said, for_id)
        except (TypeError, ValueError):
            return ""
        return self[kept]


class _Trail:
    """The heads of all chains at one moment, and what the ranges say of how they are reached."""

    def __init__(self, connection: Connection) -> None:
        said = select(func.min(EVENTS.c.id), func.max(EVENTS.c.id))
        self.first, self.last = connection.execute(said).one()
        heads = connection.execute(select(HEADS.c.id, HEADS.c.events, HEADS.c.digest)).all()
        self.heads = {it.id: (it.events, it.digest) for it in heads}
        self.events = sum(events for events, _digest in self.heads.values())
        self.found = {chain: (0, first_link(chain)) for chain in CHAINS}

    def spans(self, span: int) -> Iterator[tuple[int, int]]:
        """Ranges of numbers that hold all events."""
        if self.first is not None:
            for first in range(self.first, self.last + 1, span):
                yield first, min(first + span - 1, self.last)

    def fault(self, parts: Iterable[Part], progress: Progress) -> str | None:
        """What is wrong, joining the ranges in their order."""
        for part in parts:
            if fault := self._join(part):
                return fault
            progress(sum(count for count, _last in self.found.values()), self.events)
        return next(filter(None, map(self._end, CHAINS)), None)

    def _join(self, part: Part) -> str | None:
        for chain, run in part.runs.items():  # in the order in which the range meets them
            if part.bad is not None and part.bad < run.first:
                break
            if int(chain) not in self.found:
                return f"event {run.first}: it belongs to no chain"
            count, last = self.found[int(chain)]
            if run.previous != last:
                return f"event {run.first}: {MOVED}"
            self.found[int(chain)] = count + run.events, run.last
        return None if part.bad is None else f"event {part.bad}: {part.why}"

    def _end(self, chain: int) -> str | None:
        count, _last = self.found[chain]
        name = "" if chain == ACTS else f" of chain {chain}"
        if chain not in self.heads:
            return f"after event {count}{name}: the head is missing"
        if self.heads[chain] != self.found[chain]:
            events, _digest = self.heads[chain]
            return f"after event {count}{name}: the tail does not reach the head of {events} events"
        return None


def _no_progress(_checked: int, _of: int) -> None:
    """Nobody watches."""
