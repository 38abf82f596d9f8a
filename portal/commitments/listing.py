"""The overview: live commitments, the late ones first, and those that are over, newest first.

As with notices the audience index proposes and the policy disposes. A narrowed list walks a bounded
number of index rows for a page and says where to look further, so that a rare filter among a
million commitments costs no more than a common one.
"""

from datetime import datetime
from itertools import product
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Select,
    String,
    and_,
    bindparam,
    literal,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState
from models.stakeholders import Membership
from portal.access import Actor, as_column, readable
from portal.commitments.filtering import EVERYTHING, INDEX, OVER_ONES, Filter
from portal.commitments.listed_rows import columns
from portal.commitments.timing import in_state
from portal.paging import (
    ENGINES,
    MARK_AT,
    MARK_KEY,
    NEWEST,
    OLDEST,
    PAGE,
    Page,
    merged,
    read_mark,
    write_mark,
)
from portal.parameters import LENGTHS, ME, NOW, padded, ready
from portal.recipients import Reader, principals
from portal.rules import COMMITMENTS

ASKED: Final = 2 * (PAGE + 1)
WALKED: Final = 4000


class Of(NamedTuple):
    """Of what a walk is: for which engine, of how many principals, and whether of what runs."""

    engine: str
    many: int
    live: bool


def overview(
    session: Session, actor: Actor, now: datetime, *, narrowed: Filter, after: str = ""
) -> Page:
    """A page of commitments that the person may see."""
    reader = Reader(actor, principals(session, actor, now), now)
    names = padded(reader.principals, "")
    of = Of(session.get_bind().dialect.name, len(names), narrowed.live)
    plain = narrowed in (EVERYTHING, OVER_ONES)
    question = PLAIN.get(of) if plain else None
    if question is None:
        question = _overview(of, narrowed.clauses(actor, now), narrowed.days(now))
    mark = read_mark(after) or (OLDEST if narrowed.live else NEWEST)
    values = {MARK_AT.key: mark.at, MARK_KEY.key: mark.key, **_named(names)}
    found = session.execute(question, reader.values | values).all()
    rows = tuple(row for row in found if row.id is not None)
    if len(rows) > PAGE:
        return Page(rows[:PAGE], write_mark(rows[PAGE - 1].turns_at, rows[PAGE - 1].id))
    return Page(rows, write_mark(found[0].end_at, found[0].end_id))


def _overview(of: Of, narrowing: list[Any], days: list[Any]) -> Any:
    size = WALKED if narrowing else ASKED
    place = tuple_(INDEX.turns_at, INDEX.commitment_id)
    mark = tuple_(MARK_AT, MARK_KEY)
    behind = place > mark if of.live else place < mark
    walked = _walked(of, size, [behind, *days]).cte("walked")
    fitting = _fitting(walked, of.live, narrowing) if narrowing else walked
    listing = (
        columns(ME, NOW)
        .join(fitting, fitting.c.commitment_id == Commitment.id)
        .add_columns(fitting.c.turns_at)
        .order_by(*_order(fitting.c, of.live))
        .limit(PAGE + 1)
    )
    end = _end_of({walked: size} | {fitting: ASKED}, of.live)
    return _with_end(listing.subquery(), end, of.live)


def _fitting(walked: Any, live: bool, narrowing: list[Any]) -> Any:
    # Narrowed before the policy is asked, and of no more than a page could need: it is the dear
    # part. A look at each commitment from its index row, never the other way round: a walk stays a
    # walk.
    fits = select(as_column(and_(*narrowing))).where(Commitment.id == walked.c.commitment_id)
    keys = select(walked.c.turns_at, walked.c.commitment_id)
    fitting = keys.where(fits.correlate(walked).scalar_subquery())
    return fitting.order_by(*_order(walked.c, live)).limit(ASKED).cte("fitting")


def _end_of(parts: dict[Any, int], live: bool) -> Any:
    # Where a part of the question ended early, the next page begins behind it.
    lasts = [
        select(keys.c.turns_at, keys.c.commitment_id)
        .order_by(*_order(keys.c, live))
        .offset(size - 1)
        .limit(1)
        .subquery()
        for keys, size in parts.items()
    ]
    ends = union_all(*(select(*last.c) for last in lasts))
    return ends.order_by(*_order(ends.selected_columns, live)).limit(1).subquery()


def _with_end(rows: Any, end: Any, live: bool) -> Any:
    # One row at least, so that an empty page knows as well where to look further.
    one = select(literal(1).label("one")).subquery()
    columns = (*rows.c, end.c.turns_at.label("end_at"), end.c.commitment_id.label("end_id"))
    beside = one.outerjoin(end, true()).outerjoin(rows, true())
    place = (rows.c.turns_at, rows.c.id) if live else (rows.c.turns_at.desc(), rows.c.id.desc())
    return select(*columns).select_from(beside).order_by(*place)


def nearest(engine: str, who: list[str], live: bool, size: int) -> Any:
    """The keys that the index proposes first, as a subquery: `commitment_id`, `turns_at`."""
    names = padded(who, "")
    walked = _walked(Of(engine, len(names), live), size, [])
    return walked.params(**_named(names)).subquery()


def _named(names: list[str]) -> dict[str, str]:
    return {f"name_{n}": name for n, name in enumerate(names)}


def _walked(of: Of, size: int, within: list[Any]) -> Any:
    walks = [
        select(INDEX.turns_at, INDEX.commitment_id).where(
            INDEX.principal == bindparam(f"name_{n}", type_=String()),
            INDEX.live.is_(of.live),
            *within,
        )
        for n in range(of.many)
    ]
    return merged(of.engine, walks, size, oldest_first=of.live)


def _order(row: Any, live: bool) -> tuple[Any, Any]:
    if live:
        return row.turns_at, row.commitment_id
    return row.turns_at.desc(), row.commitment_id.desc()


def drafts(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The drafts of the person's side, last changed first."""
    return list(session.execute(DRAFTS, {ME.key: actor.person_id, NOW.key: now}))


def _drafts() -> Select[Any]:
    homes = select(Membership.organisation_id).where(Membership.person_id == ME)
    # As a sum, so that SQLite starts from the drafts and not from all that was ever promised.
    at_home = (Commitment.organisation_id + 0).in_(homes)
    shown = (Commitment.ref, Commitment.title, Commitment.tlp, Commitment.changed_at)
    return (
        readable(COMMITMENTS, *shown)
        .where(in_state(CommitmentState.DRAFT), at_home)
        .order_by(Commitment.changed_at.desc(), Commitment.id.desc())
        .limit(PAGE)
    )


PLAIN: Final = {
    of: ready(_overview(of, [], []))
    for of in (Of(*it) for it in product(ENGINES, LENGTHS, (True, False)))
}
DRAFTS: Final = ready(_drafts())
