"""Where a commitment stands, for its page: whose turn it is, what is late, where voices differ."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState, Evidence, Step, Voice
from portal.access import Actor
from portal.commitments.moving import Move, differ, next_move
from portal.commitments.parties import own_side_of
from portal.commitments.reading import Reading
from portal.pictures.series import Point, VoiceDrawing, voices

LEVELS = {Step.NONE: 0, Step.MINIMAL: 1, Step.INTERMEDIATE: 2, Step.FULL: 3, Step.NO_EVIDENCE: None}


@dataclass(frozen=True)
class Standing:
    """Whose turn it is, whether it is late, and the last step of each voice."""

    move: Move
    late: bool
    reported: str
    found: str

    @property
    def differ(self) -> bool:
        """Whether the two voices last said different things."""
        return differ(self.reported, self.found)


def standing(reading: Reading, now: datetime) -> Standing:
    """Where it stands now, of what was read already."""
    commitment, said = reading.commitment, reading.things.get("statement", [])
    open_steps = [row for row in reading.things.get("milestone", []) if not row.flag]
    row = SimpleNamespace(
        state=commitment.state,
        organisation_id=commitment.organisation_id,
        asked_id=commitment.asked_id,
        promisor=reading.promisor,
        addressee=reading.addressee,
        verifier=reading.verifier,
        unverified=any(step.until is not None for step in open_steps),
    )
    in_force = commitment.state == CommitmentState.IN_FORCE
    late = in_force and commitment.due_at is not None and commitment.due_at <= now
    return Standing(next_move(row), late, _last(said, Voice.REPORT), _last(said, Voice.FINDING))


def _last(said: list[Any], voice: Voice) -> str:
    return next((row.more for row in reversed(said) if row.kind == voice), "")


def voices_picture(reading: Reading, now: datetime) -> VoiceDrawing | None:
    """The two voices over time; nothing before either has spoken."""
    points = [
        Point(row.at, "report" if row.kind == Voice.REPORT else "finding", LEVELS[Step(row.more)])
        for row in reading.things.get("statement", [])
        if row.kind in (Voice.REPORT, Voice.FINDING) and not row.size
    ]
    return voices(points, reading.commitment.ended_at or now) if points else None


def own_evidence(
    session: Session, actor: Actor, commitment: Commitment, now: datetime
) -> list[tuple[str, str]]:
    """References and titles of the own side's evidence that may be replaced."""
    rows = session.execute(
        select(Evidence.ref, Evidence.title)
        .where(
            Evidence.commitment_id == commitment.id,
            Evidence.organisation_id == own_side_of(session, actor, commitment, now),
            Evidence.replaced_by_id.is_(None),
        )
        .order_by(Evidence.id)
    )
    return [(row.ref, row.title) for row in rows]
