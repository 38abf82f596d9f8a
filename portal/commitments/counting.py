"""What progress is counted from: due days with their outcome, commitments with their code.

The rules are said in `portal.commitments.measuring`; here they stand in SQL, each in one query.
"""

from itertools import product
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    union,
    union_all,
)

from models.commitments import (
    Commitment,
    CommitmentState,
    Milestone,
    Statement,
    StatementType,
    Step,
)
from models.stakeholders import Organisation
from portal.access import READER, readable
from portal.commitments.filtering import fits
from portal.commitments.limits import MOST
from portal.commitments.listing import nearest
from portal.db import alias
from portal.parameters import LENGTHS, NOTHING, NOW, at_most, ready
from portal.rules import COMMITMENTS

KEPT: Final = "kept"
LATE: Final = "late"
DISPUTED: Final = "disputed"
REPORTED: Final = "reported"
OPEN: Final = "open"
OUTCOMES: Final = (KEPT, LATE, DISPUTED, REPORTED)
MOST_ROWS: Final = 100
# Whose due days are looked for: of an outcome, a month ("2026-11") and a promisor; "" is any.
MONTH: Final[BindParameter[str]] = bindparam("month", type_=String())
OUTCOME: Final[BindParameter[str]] = bindparam("outcome", type_=String())
PROMISOR: Final[BindParameter[str]] = bindparam("promisor", type_=String())
NO_DAY: Final = (
    NOTHING.label("month"),
    literal(0).label("organisation_id"),
    NOTHING.label("outcome"),
    NOTHING.label("name"),
)
NO_CODE: Final = tuple(NOTHING.label(name) for name in ("theme", "step", "tlp"))
EARLIER, FINDING = alias(Milestone), alias(Statement)
NEEDED = (
    Commitment.id,
    Commitment.ref,
    Commitment.organisation_id,
    Commitment.theme,
    Commitment.tlp,
    Commitment.state,
    Commitment.every,
    Commitment.suspended_at,
    Commitment.ended_at,
)


def question(engine: str, many: int) -> Any:
    """Due days and codes in one statement, for an engine and so many principals.

    All that is counted goes into one, so that the policy is asked of each commitment once. Beside
    them are how many the index named, of what runs and of what is over: a row each, without a day
    and without a code.
    """
    built = QUESTIONS.get((engine, many))
    return _question(engine, many) if built is None else built


def question_of_rows(engine: str, many: int) -> Any:
    """The references of what is counted, or of what has such a due day; in the same way."""
    built = ROWS.get((engine, many))
    return _rows(engine, many) if built is None else built


def _question(engine: str, many: int) -> Any:
    rows, live, over = _counted(engine, many)
    return union_all(_due_days(rows), _codes(rows), _named(live), _named(over))


def _rows(engine: str, many: int) -> Any:
    rows = _counted(engine, many)[0]
    days = _days(rows)
    there = (
        select(days.c.id)
        .join(Organisation, Organisation.id == days.c.organisation_id)
        .where(
            days.c.outcome == OUTCOME,
            or_(MONTH == "", days.c.month == MONTH),
            or_(PROMISOR == "", Organisation.name == PROMISOR),
        )
    )
    fitting = select(rows.c.ref).where(or_(OUTCOME == "", rows.c.id.in_(there)))
    return fitting.order_by(rows.c.ref).limit(at_most(MOST_ROWS + 1))


def _counted(engine: str, many: int) -> tuple[Any, Any, Any]:
    # What is counted; and what the index named of what runs, and of what is over.
    live, over = (nearest(engine, many, runs, MOST) for runs in (True, False))
    keys = union(select(live.c.commitment_id), select(over.c.commitment_id)).subquery()
    rows = (
        readable(COMMITMENTS, *NEEDED, who=READER)
        .join(keys, keys.c.commitment_id == Commitment.id)
        .where(Commitment.began_at.is_not(None), fits())
        .cte("counted")
    )
    return rows, live, over


def _named(proposed: Any) -> Any:
    return select(*NO_DAY, *NO_CODE, func.count().label("times")).select_from(proposed)


def _days(rows: Any) -> Any:
    # Each due day that was owed: of which commitment (id), when, of which promisor, its outcome.
    c, met = rows.c, Milestone.met_at.is_not(None)
    reported, found = _last(StatementType.REPORT, rows), _last(StatementType.FINDING, rows)
    unowed = or_(
        and_(c.state == CommitmentState.RELEASED, Milestone.due_at > c.ended_at),
        and_(c.state == CommitmentState.SUSPENDED, Milestone.due_at > c.suspended_at),
    )
    outcome = case(
        (met, KEPT),
        (reported != found, DISPUTED),
        (Milestone.reported_at.is_not(None), REPORTED),
        (Milestone.due_at <= NOW, LATE),
        else_=OPEN,
    )
    return (
        select(
            c.id,
            func.substr(cast(Milestone.due_on, String), 1, 7).label("month"),
            c.organisation_id,
            outcome.label("outcome"),
        )
        .join(rows, c.id == Milestone.commitment_id)
        .where(or_(met, not_(unowed)))
        .subquery()
    )


def _due_days(rows: Any) -> Any:
    # How many by month, promisor (organisation_id, name) and outcome; counted, then named.
    days = _days(rows).c
    by = (days.month, days.organisation_id, days.outcome)
    counted = select(*by, func.count().label("times")).group_by(*by).subquery()
    *told_apart, times = counted.c
    home = Organisation.id == counted.c.organisation_id
    return select(*told_apart, Organisation.name, *NO_CODE, times).join(Organisation, home)


def _last(statement_type: StatementType, rows: Any) -> Any:
    # The step that a voice last said of a due day, or of the whole while that day was there:
    # a round is there from the day of the one before.
    opened = select(func.max(EARLIER.due_at)).where(
        EARLIER.commitment_id == Milestone.commitment_id, EARLIER.number < Milestone.number
    )
    since = opened.correlate(Milestone).scalar_subquery()
    there = or_(rows.c.every == "", since.is_(None), Statement.at >= since)
    of_the_whole = and_(Statement.milestone_id.is_(None), there)
    said = (
        select(Statement.step)
        .where(Statement.commitment_id == Milestone.commitment_id, Statement.type == statement_type)
        .where(or_(Statement.milestone_id == Milestone.id, of_the_whole))
        .order_by(Statement.id.desc())
        .limit(at_most(1))
    )
    return said.correlate(Milestone, rows).scalar_subquery()


def _codes(rows: Any) -> Any:
    # How many commitments by theme, code (`step`, empty where there is no finding) and marking.
    c = rows.c
    latest = select(func.max(Statement.id)).where(
        Statement.commitment_id == c.id, Statement.type == StatementType.FINDING
    )
    of_a_step = and_(FINDING.milestone_id.is_not(None), c.every == "", FINDING.step == Step.FULL)
    code = case(
        (c.state == CommitmentState.FULFILLED, Step.FULL),
        (of_a_step, Step.INTERMEDIATE),
        else_=func.coalesce(FINDING.step, NOTHING),
    )
    coded = (
        select(c.theme, code.label("step"), c.tlp)
        .select_from(rows)
        .outerjoin(FINDING, FINDING.id == latest.correlate(rows).scalar_subquery())
        .subquery()
    )
    return select(*NO_DAY, *coded.c, func.count().label("times")).group_by(*coded.c)


KINDS: Final = tuple(product(("sqlite", "postgresql"), LENGTHS))
QUESTIONS: Final = {kind: ready(_question(*kind)) for kind in KINDS}
ROWS: Final = {kind: ready(_rows(*kind)) for kind in KINDS}
