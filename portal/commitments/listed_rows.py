"""What a row of a list of commitments shows."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from models.commitments import Commitment, Milestone, Statement, StatementType
from models.stakeholders import Organisation
from portal.access import Key, When, readable, readable_title
from portal.db import alias
from portal.parameters import at_most, there_is
from portal.rules import COMMITMENTS
from portal.tickets import own_ticket

PROMISOR, ADDRESSEE, VERIFIER = (alias(Organisation) for _ in range(3))


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
        .limit(at_most(1))
    )
    return said.correlate(Commitment).scalar_subquery()


def _accounts() -> tuple[Any, ...]:
    return (
        latest(StatementType.REPORT).label("reported"),
        latest(StatementType.FINDING).label("found"),
        latest_of(StatementType.REPORT).label("reported_of"),
        latest_of(StatementType.FINDING).label("found_of"),
    )


def last_accounts() -> Any:
    """What each account said last of a commitment, as `next_moves.differ` takes it."""
    return select(*_accounts())


def waits_for_finding() -> ColumnElement[bool]:
    """Whether something was reported that nobody has verified yet."""
    reported = and_(
        Milestone.commitment_id == Commitment.id,
        Milestone.met_at.is_(None),
        Milestone.reported_at.is_not(None),
    )
    return there_is(Milestone, reported)


def columns(who: Key, now: When) -> Any:
    """What a row of commitments shows, of all that the person may see."""
    return (
        readable(
            COMMITMENTS,
            Commitment.id,
            Commitment.ref,
            own_ticket(Commitment.ref, who, now),
            Commitment.tlp,
            Commitment.state,
            Commitment.theme,
            Commitment.due_at,
            Commitment.zone,
            Commitment.ended_at,
            Commitment.published_at,
            Commitment.asked_id,
            Commitment.organisation_id,
            Commitment.process_id,
            readable_title(COMMITMENTS, who, now),
            PROMISOR.name.label("promisor"),
            ADDRESSEE.name.label("addressee"),
            VERIFIER.name.label("verifier"),
            *_accounts(),
            last_statement().label("last_statement"),
            waits_for_finding().label("unverified"),
            who=who,
            now=now,
        )
        .join(PROMISOR, PROMISOR.id == Commitment.organisation_id)
        .join(ADDRESSEE, ADDRESSEE.id == Commitment.addressee_id)
        .outerjoin(VERIFIER, VERIFIER.id == Commitment.verifier_id)
    )
