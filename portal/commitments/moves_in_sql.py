"""Whom a commitment waits for, and whether its accounts differ, in SQL as in `next_moves`."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_

from models.commitments import Commitment, CommitmentState, StatementType, Step
from portal.commitments.listed_rows import (
    last_statement,
    latest,
    latest_of,
    waits_for_finding,
)
from portal.commitments.timing import in_state
from portal.parameters import NOTHING


def waits_for() -> Any:
    """The key of the organisation whose move is next; NULL where nobody's is."""
    finder = func.coalesce(Commitment.verifier_id, Commitment.addressee_id)
    found, last = func.coalesce(latest(StatementType.FINDING), NOTHING), last_statement()
    considers = and_(last == StatementType.REPLY, found != Step.FULL)
    in_force = case((or_(waits_for_finding(), considers), finder), else_=Commitment.organisation_id)
    return case(
        (in_state(CommitmentState.PROPOSED), Commitment.asked_id),
        (in_state(CommitmentState.IN_FORCE), in_force),
    )


def accounts_differ() -> ColumnElement[bool]:
    """Whether the last report and the last finding, of the same thing, say different steps."""
    reported, found = latest(StatementType.REPORT), latest(StatementType.FINDING)
    of_report, of_finding = latest_of(StatementType.REPORT), latest_of(StatementType.FINDING)
    whole = and_(of_report == 0, reported == Step.FULL)
    return and_(reported != found, or_(whole, of_report == of_finding))


def unanswered() -> ColumnElement[bool]:
    """Whether it was proposed and not answered, or is in force and nobody has spoken yet."""
    return or_(
        in_state(CommitmentState.PROPOSED),
        and_(in_state(CommitmentState.IN_FORCE), last_statement().is_(None)),
    )
