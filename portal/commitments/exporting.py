"""The overview to be taken along, as far as it may be exported; that it was is in the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone
from models.vocabulary import Tlp
from portal.access import Actor, beside_read, predicate
from portal.commitments.filtering import Filter, fits, quiet
from portal.commitments.limits import MOST, strictest
from portal.commitments.listed_rows import columns
from portal.commitments.listing import WALKED, named, nearest
from portal.parameters import at_most
from portal.receipts import export_of_many
from portal.recipients import reader_of
from portal.rules import COMMITMENTS, EXPORT, READ_TEXT
from portal.walks import Hits


@dataclass(frozen=True)
class Sheet:
    """Rows of the overview, marked as a whole by the strictest of them.

    A row has what `listing.columns` gives, and `zone` and `due_on`: the day on which a
    report is due next. `capped` says that more fits than is shown, or that not all was looked
    through.
    """

    rows: tuple[Any, ...]
    tlp: Tlp
    capped: bool


def export(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    narrowed: Filter,
    made_as: str,
    most: int = MOST,
    hits: Hits | None = None,
) -> Sheet:
    """The overview with this narrowing, up to so many rows; that it was taken goes into the trail.

    `made_as` is the format. As on the overview at most 4,000 rows of the audience index are looked
    through.
    """
    reader = reader_of(session, actor, now)
    names, engine = named(reader.principals), session.get_bind().dialect.name
    walked = nearest(engine, len(names), narrowed.live, WALKED)
    question = _around(actor, now, narrowed, walked, most, hits)
    values = narrowed.values(reader) | names | dict(hits.values if hits else {})
    found = session.execute(question, values).all()
    rows = tuple(row for row in found if row.ref is not None)
    taken = ((row.id, row.edition) for row in rows[:most])
    export_of_many(session, actor, COMMITMENTS, taken, now, made_as=made_as)
    return Sheet(
        rows[:most],
        tlp=strictest(row.tlp for row in rows[:most]),
        capped=len(rows) > most or found[0].walked >= WALKED,
    )


def _around(
    actor: Actor, now: datetime, narrowed: Filter, walked: Any, most: int, hits: Hits | None
) -> Any:
    # One row at least, so that an empty sheet knows as well whether it was cut.
    rows = _rows(actor, now, narrowed, walked, hits).limit(at_most(most + 1)).subquery()
    one = select(
        select(func.count()).select_from(walked).scalar_subquery().label("walked")
    ).subquery()
    order = _order(rows.c.turns_at, rows.c.id, narrowed.live)
    return select(one, rows).select_from(one.outerjoin(rows, true())).order_by(*order)


def _order(turns_at: Any, key: Any, live: bool) -> tuple[Any, Any]:
    return (turns_at, key) if live else (turns_at.desc(), key.desc())


def due_day() -> Any:
    """The day of a commitment on which a report is due next."""
    return (
        select(Milestone.due_on)
        .where(
            Milestone.commitment_id == Commitment.id,
            Milestone.met_at.is_(None),
            Milestone.reported_at.is_(None),
        )
        .order_by(Milestone.due_at)
        .limit(at_most(1))
        .correlate(Commitment)
        .scalar_subquery()
    )


def _rows(actor: Actor, now: datetime, narrowed: Filter, walked: Any, hits: Hits | None) -> Any:
    return (
        columns(actor.person_id, now)
        .join(walked, walked.c.commitment_id == Commitment.id)
        .where(predicate(COMMITMENTS, EXPORT, actor.person_id, now))
        .where(fits(), quiet(), *_worded(actor, now, hits))
        .add_columns(Commitment.edition, due_day().label("due_on"), walked.c.turns_at)
        .order_by(*_order(walked.c.turns_at, Commitment.id, narrowed.live))
    )


def _worded(actor: Actor, now: datetime, hits: Hits | None) -> list[Any]:
    if hits is None:
        return []
    reads = beside_read(COMMITMENTS, READ_TEXT, actor.person_id, now)
    return [Commitment.id.in_(hits.keys), reads]
