"""The ladders of commitments: an answer, a report, a finding, evidence, a grace that ends.

Each starts from the rows that a partial index keeps: due days that are not met, evidence that has
an end, proposals, conditions. Where several due days are open, the earliest speaks for all, so that
one e-mail goes out and not one for each.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import and_, case, exists, or_, select

from models.commitments import (
    Commitment,
    CommitmentState,
    Condition,
    ConditionType,
    Evidence,
    Milestone,
    Terms,
)
from portal.commitments.timing import in_state
from portal.db import alias, spelled_out
from portal.ladders import DAY, Ladder, Rung, after, ago, before, seconds
from portal.parameters import NOW
from portal.rules import ACCEPT, ADD_EVIDENCE, COMMITMENTS, REPORT, VERIFY

WEEK: Final = 7 * DAY
YEAR, QUARTER = range(7, 365, 7), range(7, 85, 7)
# Among whose people the policy will find whoever may do it: the policy alone says who they are.
PROMISOR: Final = (Commitment.organisation_id,)
OTHERS: Final = (Commitment.verifier_id, Commitment.addressee_id)
EARLIER, UNMET = alias(Milestone, "earlier"), alias(Milestone, "unmet")
IN_FORCE = CommitmentState.IN_FORCE
A_DUE_DAY: Final = (Milestone, Milestone.commitment_id == Commitment.id)


# When the present terms were said: a day that an amendment brought near is told by it.
TERMS_SINCE: Final = (
    select(case((Terms.at > Commitment.began_at, Terms.at), else_=Commitment.began_at))
    .where(Terms.commitment_id == Commitment.id, Terms.number == Commitment.edition)
    .correlate(Commitment)
    .scalar_subquery()
)


def _unreported(row: Any) -> tuple[Any, ...]:
    return row.met_at.is_(None), row.awaited, row.reported_at.is_(None)


def _unverified(row: Any) -> tuple[Any, ...]:
    return row.met_at.is_(None), row.awaited, row.reported_at.is_not(None)


def _earliest(
    open_days: Callable[[Any], tuple[Any, ...]], at: str, ends: timedelta
) -> tuple[Any, ...]:
    # One that is so old that its own ladder is over hides no other.
    earlier = exists().where(
        EARLIER.commitment_id == Milestone.commitment_id,
        *open_days(EARLIER),
        getattr(EARLIER, at) < getattr(Milestone, at),
        getattr(EARLIER, at) > ago(ends),
    )
    return *open_days(Milestone), in_state(IN_FORCE), ~earlier


def _grace_began(ends: Any) -> Any:
    # A grace shorter than a rung is not announced on its heels.
    return seconds(ends) - Condition.days * int(DAY.total_seconds())


def _stopped_or_late() -> tuple[Any, ...]:
    late = exists().where(
        UNMET.commitment_id == Commitment.id, *_unreported(UNMET), UNMET.due_at <= NOW
    )
    # Awaited is what holds only while another does, as long as it is in force.
    return (
        spelled_out(Condition.type, ConditionType.WHILE),
        Condition.awaited,
        or_(Commitment.stopped_at.is_not(None), late),
    )


LADDERS: Final = (
    Ladder(
        COMMITMENTS,
        ACCEPT,
        Commitment.answer_by_at,
        seconds(Commitment.answer_by_at),
        before("answer-soon", 7, 3, 1),
        rows=(
            Terms,
            and_(Terms.commitment_id == Commitment.id, Terms.number == Commitment.edition),
        ),
        only=(in_state(CommitmentState.PROPOSED),),
        homes=(Commitment.asked_id,),
        notified_at=Terms.at,
        ends=timedelta(0),
    ),
    Ladder(
        COMMITMENTS,
        REPORT,
        Milestone.due_at,
        seconds(Milestone.due_at),
        (*before("report-soon", 14, 7, 1), *after("report-late", 0, 1, *YEAR)),
        rows=A_DUE_DAY,
        only=_earliest(_unreported, "due_at", YEAR[-1] * DAY + WEEK),
        homes=PROMISOR,
        notified_at=TERMS_SINCE,
        ends=YEAR[-1] * DAY + WEEK,
    ),
    Ladder(
        COMMITMENTS,
        VERIFY,
        Milestone.reported_at,
        seconds(Milestone.reported_at),
        after("verify-late", 3, *QUARTER),
        rows=A_DUE_DAY,
        only=_earliest(_unverified, "reported_at", QUARTER[-1] * DAY + WEEK),
        homes=OTHERS,
        ends=QUARTER[-1] * DAY + WEEK,
    ),
    Ladder(
        COMMITMENTS,
        ADD_EVIDENCE,
        Evidence.expires_at,
        seconds(Evidence.expires_at),
        (*before("evidence-expires", 14, 7, 1), *after("evidence-expires", 0)),
        rows=(Evidence, Evidence.commitment_id == Commitment.id),
        only=(Evidence.replaced_by_id.is_(None), Evidence.expires_at.is_not(None)),
        homes=(Evidence.organisation_id,),  # each side replaces its own
        notified_at=Evidence.added_at,
    ),
    # The other side of a condition: what hangs on the commitment is looked at, and never named.
    Ladder(
        COMMITMENTS,
        REPORT,
        Condition.turns_at,
        seconds(Condition.turns_at),
        tuple(Rung(f"grace-{n}", -n * DAY, "grace-ends") for n in (3, 1)),
        rows=(Condition, Condition.on_id == Commitment.id),
        only=_stopped_or_late(),
        homes=PROMISOR,
        notified_at=_grace_began,
        ends=timedelta(0),
    ),
)
