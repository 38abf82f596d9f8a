"""What is late, and whom it waits for: ladders of reminders, written as outbox rows.

Whoever holds the verb that ends the lateness is whom we remind: there is no second list of
recipients. Only the highest rung that has passed counts, so a week of sleep writes one letter; the
unique cause makes ten rounds write the same rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import String, cast, exists, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.ledger import OutboxLetter
from models.notices import Notice
from models.stakeholders import Person
from portal.access import clause
from portal.rules import ACKNOWLEDGE, NOTICES, PUBLISH, Kind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GIVE_UP = timedelta(days=29)


@dataclass(frozen=True)
class Rung:
    """A step of a ladder: its name, how far from the deadline, and its letter."""

    name: str
    after: timedelta
    letter: str


@dataclass(frozen=True)
class Ladder:
    """Who is reminded of what: holders of `verb`, by the instant in `since`; `round` sets apart."""

    kind: Kind
    verb: str
    since: Any
    round: Any
    rungs: tuple[Rung, ...]


LADDERS = (
    Ladder(
        NOTICES,
        ACKNOWLEDGE,
        Notice.acknowledge_by_at,
        Notice.edition,
        (
            Rung("soon", -DAY, "acknowledge-soon"),
            Rung("due", timedelta(0), "acknowledge-late"),
            Rung("late-1", DAY, "acknowledge-late"),
            Rung("late-3", 3 * DAY, "acknowledge-late"),
            Rung("late-7", 7 * DAY, "acknowledge-late"),
            Rung("late-14", 14 * DAY, "acknowledge-late"),
            Rung("late-21", 21 * DAY, "acknowledge-late"),
            Rung("late-28", 28 * DAY, "acknowledge-late"),
        ),
    ),
    Ladder(
        NOTICES,
        PUBLISH,
        Notice.changed_at,
        Notice.version,
        (
            Rung("waits-7", 7 * DAY, "draft-forgotten"),
            Rung("waits-21", 21 * DAY, "draft-forgotten"),
        ),
    ),
)


def remind(session: Session, now: datetime) -> int:
    """Write the reminders that are due and not yet written; gives back how many."""
    written = 0
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for ladder in LADDERS:
        for rung, until in _windows(ladder):
            rows = [
                _row(ladder, rung, hit, now) for hit in _hits(session, ladder, rung, until, now)
            ]
            if rows:
                session.execute(insert(OutboxLetter).values(rows).on_conflict_do_nothing())
                written += len(rows)
    return written


def _windows(ladder: Ladder) -> Iterator[tuple[Rung, timedelta]]:
    for rung, following in pairwise(ladder.rungs):
        yield rung, following.after
    yield ladder.rungs[-1], max(GIVE_UP, ladder.rungs[-1].after + DAY)


def _hits(
    session: Session, ladder: Ladder, rung: Rung, until: timedelta, now: datetime
) -> list[Any]:
    model = ladder.kind.model
    cause = (
        literal(f"{ladder.kind.name}:")
        + cast(model.id, String)
        + literal(f":{ladder.verb}-{rung.name}:")
        + cast(ladder.round, String)
        + literal(":")
        + cast(Person.id, String)
    )
    questions = (
        select(model.id.label("matter_id"), Person.id.label("person_id"), cause.label("cause"))
        .select_from(model)
        .join(Person, literal(True))
        .where(
            ladder.since <= now - rung.after,
            ladder.since > now - until,
            clause(ladder.kind, ladder.verb, Person.id, now),
            ~exists().where(OutboxLetter.cause == cause),
        )
    )
    return list(session.execute(questions))


def _row(ladder: Ladder, rung: Rung, hit: Any, now: datetime) -> dict[str, Any]:
    return {
        "cause": hit.cause,
        "person_id": hit.person_id,
        "kind": ladder.kind.name,
        "matter_id": hit.matter_id,
        "letter": rung.letter,
        "created_at": now,
        "due_at": now,
        "next_at": now,
        "attempts": 0,
        "reason": "",
    }
