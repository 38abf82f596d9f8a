"""Where a commitment stands, for its page: whose turn it is, what each side said, what is open."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState, Evidence, Step, Voice
from portal.access import Actor
from portal.commitments.moving import ANSWER, REPORTS, Move, next_move
from portal.commitments.parties import own_side_of
from portal.commitments.reading import Reading
from portal.pictures.series import Point, VoiceDrawing, voices

LEVELS = {Step.NONE: 0, Step.MINIMAL: 1, Step.INTERMEDIATE: 2, Step.FULL: 3, Step.NO_EVIDENCE: None}
# What is open on a milestone; what was said of it stands beside, in the words of whoever said it.
MET, VERIFY, REPORT, NOTHING = "met", "verify", "report", "nothing"


@dataclass(frozen=True)
class Milestone:
    """A milestone, the last statement of each side on it (None: none yet), and what is open.

    `report` and `finding` are rows of `things.statement`; one with `size` 0 is on the whole. `open`
    is `met`, `verify` (reported in full), `report`, or `nothing` while it is not in force.
    """

    row: Any
    report: Any
    finding: Any
    open: str
    overdue: bool

    @property
    def differ(self) -> bool:
        """Whether the two sides last said different things of it."""
        return _differ(self.report, self.finding)


@dataclass(frozen=True)
class Standing:
    """Whose turn it is and by when, whether that has passed, and the state of each milestone.

    `disputed` are the pairs of self-report and finding that are different, each once.
    """

    move: Move
    due_at: datetime | None
    late: bool
    milestones: list[Milestone]
    disputed: list[tuple[Any, Any]]

    @property
    def differ(self) -> bool:
        """Whether self-report and verification are different anywhere."""
        return bool(self.disputed)


def standing(reading: Reading, now: datetime) -> Standing:
    """Where it stands now, of what was read already."""
    said = reading.things.get("statement", [])
    rows = reading.things.get("milestone", [])
    move = next_move(_turn_of(reading, said, rows))
    due_at = None
    if move.word == ANSWER:
        due_at = reading.commitment.answer_by_at
    elif move.word in REPORTS:
        due_at = min((row.at for row in rows if not row.flag and not row.until), default=None)
    milestones = _milestones(reading.commitment, rows, said, now)
    late = due_at is not None and due_at <= now
    return Standing(move, due_at, late, milestones, _disputed(milestones, said))


def _turn_of(reading: Reading, said: list[Any], rows: list[Any]) -> SimpleNamespace:
    finding = _last(said, Voice.FINDING)
    return SimpleNamespace(
        state=reading.commitment.state,
        organisation_id=reading.commitment.organisation_id,
        asked_id=reading.commitment.asked_id,
        promisor=reading.promisor,
        addressee=reading.addressee,
        verifier=reading.verifier,
        unverified=any(row.until is not None for row in rows if not row.flag),
        last_voice=said[-1].kind if said else None,
        found=finding.more if finding else None,
    )


def _milestones(
    commitment: Commitment, rows: list[Any], said: list[Any], now: datetime
) -> list[Milestone]:
    found, opened = [], None
    for row in rows:
        ours = [one for one in said if one.size == row.key or _on_whole(one, opened)]
        if row.flag:  # what was said of the whole after it was met is about the others
            ours = _until_met(ours)
        word = _open(row, commitment.state)
        overdue = word == REPORT and row.at <= now
        report, finding = _last(ours, Voice.REPORT), _last(ours, Voice.FINDING)
        found.append(Milestone(row, report, finding, word, overdue))
        opened = row.at if commitment.every else None
    return found


def _on_whole(statement: Any, opened: datetime | None) -> bool:
    # A round opens when the one before it ends: what was said earlier is not about it.
    return statement.size == 0 and (opened is None or statement.at >= opened)


def _until_met(said: list[Any]) -> list[Any]:
    met = [n for n, one in enumerate(said) if one.kind == Voice.FINDING and one.more == Step.FULL]
    return said[: met[0] + 1] if met else said


def _open(row: Any, state: str) -> str:
    if row.flag:
        return MET
    if state != CommitmentState.IN_FORCE:
        return NOTHING
    return VERIFY if row.until is not None else REPORT


def _last(said: list[Any], voice: Voice) -> Any:
    return next((row for row in reversed(said) if row.kind == voice), None)


def _differ(report: Any, finding: Any) -> bool:
    # Whoever reports the whole in full reports each milestone of it in full.
    if report is None or finding is None or report.more == finding.more:
        return False
    same = report.size == finding.size
    return bool(same or (report.size == 0 and report.more == Step.FULL))


def _disputed(milestones: list[Milestone], said: list[Any]) -> list[tuple[Any, Any]]:
    whole = [one for one in said if one.size == 0]
    pairs = [(_last(whole, Voice.REPORT), _last(whole, Voice.FINDING))]
    pairs += [(one.report, one.finding) for one in milestones if one.open != MET]
    found = {(one.key, other.key): (one, other) for one, other in pairs if _differ(one, other)}
    return list(found.values())


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
