"""The audience index of commitments: who can find which, the next due first."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.audience import NO_DAY, CommitmentAudienceRow
from models.commitments import Commitment, Milestone, Statement
from models.vocabulary import Tlp
from portal.parameters import KEY, ready
from portal.recipients import lines_of, principals_of
from portal.rules import LIVE

# Built once: asked at each act, and building it takes longer than its answer.
SAID_AT: Final = ready(select(func.max(Statement.at)).where(Statement.commitment_id == KEY))
UNMET: Final = ready(
    select(func.min(Milestone.due_at)).where(
        Milestone.commitment_id == KEY, Milestone.met_at.is_(None)
    )
)


def expected_rows(session: Session, commitment: Commitment) -> set[tuple[str, bool, datetime]]:
    """What the index must hold for this commitment: nothing before it is proposed."""
    if commitment.published_at is None:
        return set()
    found = principals_of(commitment, lines_of(session, commitment))
    if commitment.tlp not in (Tlp.RED, Tlp.CLEAR, Tlp.GREEN):
        parties = (commitment.addressee_id, commitment.verifier_id)
        found |= {f"o:{key}" for key in parties if key is not None}
    live = commitment.state in LIVE
    at = _due_at(session, commitment) if live else commitment.ended_at
    return {(principal, live, at or NO_DAY) for principal in found}


def reindex(session: Session, commitment: Commitment) -> None:
    """Rewrite the rows of one commitment, in the transaction that changed it."""
    old = CommitmentAudienceRow.commitment_id == commitment.id
    session.execute(delete(CommitmentAudienceRow).where(old))
    said_at = _said_at(session, commitment)
    session.add_all(
        CommitmentAudienceRow(
            principal=principal,
            commitment_id=commitment.id,
            live=live,
            turns_at=at,
            said_at=said_at,
            published_at=commitment.published_at or NO_DAY,
        )
        for principal, live, at in sorted(expected_rows(session, commitment))
    )
    session.flush()


def _due_at(session: Session, commitment: Commitment) -> datetime | None:
    # What is reported in full keeps its place by its day until it is verified.
    return commitment.due_at or session.scalar(UNMET, {KEY.key: commitment.id})


def _said_at(session: Session, commitment: Commitment) -> datetime:
    said = session.scalar(SAID_AT, {KEY.key: commitment.id})
    return said or commitment.published_at or NO_DAY
