"""What only time changes: the jobs come by for it, one commitment a transaction."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, select, union
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState, Condition, ConditionType
from portal import db
from portal.commitments.transitions import follow, lock
from portal.parameters import NOW, at_most, ready
from portal.relations import round_over, unanswered, waiting


def in_state(state: CommitmentState) -> Any:
    """Commitments in a state, said so that SQLite sees that the partial index of it fits."""
    return db.in_state(Commitment, state)


def due_for_the_system(session: Session, now: datetime) -> list[str]:
    """References of commitments whose time has come; the policy decides what it has come for."""
    return list(session.scalars(DUE, {NOW.key: now}))


def _due() -> Any:
    # Each arm of the question starts from a partial index, so that it costs what is due.
    turned, broken = (
        Commitment.id.in_(
            select(Condition.commitment_id).where(
                db.spelled_out(Condition.type, condition_type),
                Condition.awaited,
                Condition.turns_at <= NOW,
            )
        )
        for condition_type in (ConditionType.AFTER, ConditionType.WHILE)
    )
    arms = (
        (CommitmentState.PROPOSED, unanswered.at(Commitment, None, NOW)),
        (CommitmentState.ACCEPTED, and_(turned, ~waiting.at(Commitment, None, NOW))),
        (CommitmentState.IN_FORCE, round_over.at(Commitment, None, NOW)),
        (CommitmentState.IN_FORCE, broken),
    )
    found = union(*(select(Commitment.ref).where(in_state(state), due) for state, due in arms))
    return found.limit(at_most(AT_ONCE))


AT_ONCE: Final = 200
DUE: Final = ready(_due())


def apply_due_transitions(session: Session, ref: str, now: datetime) -> int:
    """Do what the time of one commitment has come for; a second call does nothing."""
    lock(session, ref)
    key = session.scalar(select(Commitment.id).where(Commitment.ref == ref))
    return follow(session, [key], now) if key is not None else 0
