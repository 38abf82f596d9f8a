"""From a ladder to rows of the outbox: one question for each, and the policy decides whom."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Integer, String, cast, literal, select
from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from models.stakeholders import Membership, Person
from portal.access import predicate
from portal.catalogue import LADDERS
from portal.email_keys import key_of
from portal.ladders import Ladder, by_rung, in_time, instants, seconds
from portal.on_behalf import who_takes_over
from portal.parameters import NOW, YES, missing, parameters_of, ready
from portal.writes import inserting

# Each engine takes only so many values in one statement (SQLite 32,766).
AT_ONCE: Final = 1000
NOBODY: Final = missing(Integer()).label("instead")


def plan(session: Session, ladder: Ladder, now: datetime) -> int:
    """Write what one ladder has due and not yet written; gives back how many."""
    return sum(write_found(session, rows) for rows in found_by(session, ladder, now))


def found_by(session: Session, ladder: Ladder, now: datetime) -> list[list[dict[str, Any]]]:
    """What one ladder has due and not yet written, as rows in batches: reads only.

    Whoever acts between this and the writing is asked about again before the e-mail goes.
    """
    templates = {rung.name: rung.template for rung in ladder.rungs}
    asked, names = QUESTIONS[ladder]
    rows = [
        _row(ladder, templates[hit.rung], hit, now)
        for hit in session.execute(asked, instants(names, now))
    ]
    return [rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE)]


def write_found(session: Session, rows: list[dict[str, Any]]) -> int:
    """Write such a batch; what another round has written meanwhile stays; gives back how many."""
    session.execute(inserting(session, OutboxEmail).values(rows).on_conflict_do_nothing())
    return len(rows)


def question(ladder: Ladder) -> Any:
    """Which resource, who, which rung: the highest that has passed, where its e-mail is not there.

    In the order of their causes, so that two rounds at once write in the same order and neither
    waits for the other in a circle.
    """
    model, rung = ladder.resource_type.model, by_rung(ladder, lambda rung: rung.name)
    cause = (
        literal(f"{ladder.resource_type.name}:")
        + cast(model.id, String)
        + literal(f":{ladder.verb}-")
        + rung
        + literal(":")
        + cast(ladder.round, String)
        + literal(":")
        + cast(Person.id, String)
    )
    columns = (model.id.label("resource_id"), Person.id.label("person_id"))
    # As a value, not as a join, so that both engines look here before they ask the policy.
    written = select(OutboxEmail.id).where(OutboxEmail.cause == cause).scalar_subquery()
    hits = (
        _among(ladder, select(*columns, rung.label("rung"), cause.label("cause")))
        .where(
            *in_time(ladder),
            *ladder.only,
            *_not_just_notified(ladder),
            written.is_(None),
            predicate(ladder.resource_type, ladder.verb, Person.id, NOW),
        )
        .distinct()
        .order_by(cause)
    )
    return _passed_on(ladder, hits) if ladder.passed_on else hits.add_columns(NOBODY)


def _passed_on(ladder: Ladder, hits: Any) -> Any:
    # In the place of whoever is away their alternate is reminded; the cause stays that of whoever
    # is away, so that there is one e-mail a rung, whoever gets it.
    found, model = hits.subquery(), ladder.resource_type.model
    instead = who_takes_over(ladder.resource_type, ladder.verb, found.c.person_id, NOW)
    return (
        select(*found.c, instead.label("instead"))
        .join(model, model.id == found.c.resource_id)
        .order_by(found.c.cause)
    )


def _among(ladder: Ladder, columns: Any) -> Any:
    # The rows that could be late, and the people who could be concerned: a cheap first look.
    rows = columns.select_from(ladder.resource_type.model)
    if ladder.rows is not None:
        rows = rows.join(*ladder.rows)
    if ladder.homes:
        rows = rows.join(Membership, Membership.organisation_id.in_(ladder.homes))
        return rows.join(Person, Person.id == Membership.person_id).where(*ladder.first)
    rows = rows.join(Person, YES)
    return rows.where(ladder.resource_type.model.id.in_(_late(ladder))) if ladder.first else rows


def _late(ladder: Ladder) -> Any:
    # Looked up before the people are: among everybody SQLite would start from them, and make an
    # index of all resources each time.
    late = select(ladder.resource_type.model.id).where(*in_time(ladder), *ladder.first)
    return select(late.cte("late").prefix_with("MATERIALIZED").c.id)


def _not_just_notified(ladder: Ladder) -> tuple[Any, ...]:
    if ladder.notified_at is None:
        return ()
    away = by_rung(ladder, lambda rung: int(rung.after.total_seconds()))
    notified = (
        ladder.notified_at(ladder.since)
        if callable(ladder.notified_at)
        else seconds(ladder.notified_at)
    )
    return (notified < seconds(ladder.since) + away,)


def _row(ladder: Ladder, template: str, hit: Any, now: datetime) -> dict[str, Any]:
    return {
        "cause": hit.cause,
        "person_id": hit.instead or hit.person_id,
        "for_id": hit.person_id if hit.instead else None,
        "resource_type": ladder.resource_type.name,
        "resource_id": hit.resource_id,
        "template": template,
        **key_of(template, ladder.resource_type.name),
        "created_at": now,
        "due_at": now,
        "next_at": now,
        "attempts": 0,
        "reason": "",
    }


def _built(ladder: Ladder) -> tuple[Any, tuple[str, ...]]:
    asked = ready(question(ladder))
    return asked, parameters_of(asked)


# Built once, with the names of their parameters: asked every few seconds, mostly for nothing.
QUESTIONS: Final = {ladder: _built(ladder) for ladder in LADDERS}
