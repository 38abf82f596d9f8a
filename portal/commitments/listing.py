"""The overview: live commitments, the late ones first, and those that are over, newest first.

As with notices the audience index proposes and the policy disposes. A narrowed list walks a bounded
number of index rows for a page and says where to look further, so that a rare filter among a
million commitments costs no more than a common one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, CommitmentState, Milestone, Statement, StatementType
from models.norms import NormTag
from models.processes import Process
from models.stakeholders import Membership, Organisation
from portal.access import Actor, as_column, beside_read, visible
from portal.commitments.timing import in_state
from portal.db import alias
from portal.paging import PAGE, Page, behind, read_mark, write_mark
from portal.parameters import NEAR
from portal.recipients import principals
from portal.rules import COMMITMENTS, OVER, PROCESSES, READ_TEXT

ASKED = 2 * (PAGE + 1)
WALKED = 4000
INDEX = CommitmentAudienceRow
PROMISOR, ADDRESSEE, VERIFIER = (alias(Organisation) for _ in range(3))


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty means everything that is live.

    `due` is `late`, `soon` (14 days) or empty; `party`, `process` are keys, 0 for any.
    """

    state: str = ""
    theme: str = ""
    norm: str = ""
    due: str = ""
    party: int = 0
    process: int = 0

    @property
    def live(self) -> bool:
        """Whether the list is of what still runs."""
        return self.state != "over" and self.state not in OVER

    def clauses(self, actor: Actor, now: datetime) -> list[Any]:
        """The narrowing as SQL; by a process that the person may not see nothing is found.

        Otherwise whoever tries its number would learn from what is left that there is such a one.
        """
        found: list[Any] = []
        if self.state and self.state != "over":
            found.append(Commitment.state == self.state)
        if self.theme:
            found.append(Commitment.theme == self.theme)
        if self.process:
            known = visible(PROCESSES, actor, now, Process.id).where(Process.id == self.process)
            found += [Commitment.process_id == self.process, known.exists()]
        if self.party:
            sides = (Commitment.organisation_id, Commitment.addressee_id, Commitment.verifier_id)
            found.append(or_(*(side == self.party for side in sides)))
        if self.norm:
            tagged = and_(NormTag.commitment_id == Commitment.id, NormTag.norm == self.norm)
            found.append(exists().where(tagged).correlate(Commitment))
        if self.due == "late":
            found += [Commitment.due_at <= now, Commitment.state == CommitmentState.IN_FORCE]
        if self.due == "soon":
            found += [Commitment.due_at > now, Commitment.due_at <= now + NEAR]
        return found

    def days(self, now: datetime) -> list[Any]:
        """The same as SQL over the audience index, as far as that knows: a walk ends there."""
        if not self.live or not self.due:
            return []
        if self.due == "late":
            return [INDEX.turns_at <= now]
        return [INDEX.turns_at > now, INDEX.turns_at <= now + NEAR]


def overview(
    session: Session, actor: Actor, now: datetime, *, narrowed: Filter, after: str = ""
) -> Page:
    """A page of commitments that the person may see."""
    narrowing, live = narrowed.clauses(actor, now), narrowed.live
    size = WALKED if narrowing else ASKED
    walked_to = behind(INDEX.turns_at, INDEX.commitment_id, read_mark(after), oldest_first=live)
    within = [*walked_to, *narrowed.days(now)]
    walked = _walked(principals(session, actor, now), live, size, within).cte("walked")
    fitting = _fitting(walked, live, narrowing) if narrowing else walked
    listing = (
        columns(actor, now)
        .join(fitting, fitting.c.commitment_id == Commitment.id)
        .add_columns(fitting.c.turns_at)
        .order_by(*_order(fitting.c, live))
        .limit(PAGE + 1)
    )
    end = _end_of({walked: size} | {fitting: ASKED}, live)
    found = session.execute(_with_end(listing.subquery(), end, live)).all()
    rows = tuple(row for row in found if row.id is not None)
    if len(rows) > PAGE:
        return Page(rows[:PAGE], write_mark(rows[PAGE - 1].turns_at, rows[PAGE - 1].id))
    return Page(rows, write_mark(found[0].end_at, found[0].end_id))


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


def nearest(who: list[str], live: bool, size: int) -> Any:
    """The keys that the index proposes first, as a subquery: `commitment_id`, `turns_at`."""
    return _walked(who, live, size, []).subquery()


def _walked(who: list[str], live: bool, size: int, within: list[Any]) -> Any:
    # UNION in the order of its parts: SQLite merges them as they come, and ends with the last key.
    walks = [_walk(name, live, size, within).subquery() for name in who]
    merged = union(*(select(walk.c.turns_at, walk.c.commitment_id) for walk in walks))
    return merged.order_by(*_order(merged.selected_columns, live)).limit(size)


def _walk(name: str, live: bool, size: int, within: list[Any]) -> Select[int, datetime]:
    keys = select(INDEX.commitment_id, INDEX.turns_at).where(
        INDEX.principal == name, INDEX.live.is_(live), *within
    )
    return keys.order_by(*_order(INDEX, live)).limit(size)


def _order(row: Any, live: bool) -> tuple[Any, Any]:
    if live:
        return row.turns_at, row.commitment_id
    return row.turns_at.desc(), row.commitment_id.desc()


def latest(statement_type: StatementType) -> Any:
    """The step of the last word of a voice on the commitment of the question around it."""
    return _last(Statement.step, Statement.type == statement_type)


def latest_of(statement_type: StatementType) -> Any:
    """Of which milestone the last word of a voice was said: its key, or 0 for the whole."""
    return func.coalesce(_last(Statement.milestone_id, Statement.type == statement_type), 0)


def last_statement() -> Any:
    """Who spoke last: the word of a Voice, or NULL."""
    return _last(Statement.type)


def _last(column: Any, *narrowing: Any) -> Any:
    said = (
        select(column)
        .where(Statement.commitment_id == Commitment.id, *narrowing)
        .order_by(Statement.id.desc())
        .limit(1)
    )
    return said.correlate(Commitment).scalar_subquery()


def waits_for_finding() -> ColumnElement[bool]:
    """Whether something was reported that nobody has verified yet."""
    reported = and_(
        Milestone.commitment_id == Commitment.id,
        Milestone.met_at.is_(None),
        Milestone.reported_at.is_not(None),
    )
    return exists().where(reported).correlate(Commitment)


def columns(actor: Actor, now: datetime) -> Any:
    """What a row of commitments shows, of all that the person may see."""
    title = case(
        (beside_read(COMMITMENTS, READ_TEXT, actor.person_id, now), Commitment.title), else_=""
    )
    return (
        visible(
            COMMITMENTS,
            actor,
            now,
            Commitment.id,
            Commitment.ref,
            Commitment.tlp,
            Commitment.state,
            Commitment.theme,
            Commitment.due_at,
            Commitment.zone,
            Commitment.ended_at,
            Commitment.asked_id,
            Commitment.organisation_id,
            title.label("title"),
            PROMISOR.name.label("promisor"),
            ADDRESSEE.name.label("addressee"),
            VERIFIER.name.label("verifier"),
            latest(StatementType.REPORT).label("reported"),
            latest(StatementType.FINDING).label("found"),
            latest_of(StatementType.REPORT).label("reported_of"),
            latest_of(StatementType.FINDING).label("found_of"),
            last_statement().label("last_statement"),
            waits_for_finding().label("unverified"),
        )
        .join(PROMISOR, PROMISOR.id == Commitment.organisation_id)
        .join(ADDRESSEE, ADDRESSEE.id == Commitment.addressee_id)
        .outerjoin(VERIFIER, VERIFIER.id == Commitment.verifier_id)
    )


def drafts(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The drafts of the person's side, last changed first."""
    columns = (Commitment.ref, Commitment.title, Commitment.tlp, Commitment.changed_at)
    homes = select(Membership.organisation_id).where(Membership.person_id == actor.person_id)
    # As a sum, so that SQLite starts from the drafts and not from all that was ever promised.
    at_home = (Commitment.organisation_id + 0).in_(homes)
    rows = session.execute(
        visible(COMMITMENTS, actor, now, *columns)
        .where(in_state(CommitmentState.DRAFT), at_home)
        .order_by(Commitment.changed_at.desc(), Commitment.id.desc())
        .limit(PAGE)
    )
    return list(rows)
