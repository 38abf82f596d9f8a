"""Where a commitment stands, for its page: whose turn it is, what each side said, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import (
    Commitment,
    CommitmentState,
    ConditionType,
    Evidence,
    StatementType,
    Step,
)
from portal.access import Actor
from portal.commitments.condition_rows import ConditionRow
from portal.commitments.next_moves import ANSWER, REPORTS, Move, next_move
from portal.commitments.parties import own_side_of
from portal.commitments.reading import Reading
from portal.commitments.related import MilestoneRow, StatementRow
from portal.commitments.transitions import STOPPED
from portal.pictures.series import AccountsDrawing, Point, accounts

LEVELS = {Step.NONE: 0, Step.MINIMAL: 1, Step.INTERMEDIATE: 2, Step.FULL: 3, Step.NO_EVIDENCE: None}
# What is open on a milestone; what was said of it stands beside, in the words of whoever said it.
MET, VERIFY, REPORT, NOTHING = "met", "verify", "report", "nothing"

# What a commitment waits for in these states: for ever, where that has ended unfulfilled.
WAITS_FOR = {
    CommitmentState.ACCEPTED: (ConditionType.AFTER, ConditionType.TOGETHER),
    CommitmentState.SUSPENDED: (ConditionType.WHILE,),
}


@dataclass(frozen=True)
class Milestone:
    """A milestone, the last statement of each side on it (None: none yet), and what is open.

    `open` is `met`, `verify` (reported in full), `report`, or `nothing` while it is not in force.
    """

    row: MilestoneRow
    report: StatementRow | None
    finding: StatementRow | None
    open: str
    overdue: bool

    @property
    def differ(self) -> bool:
        """Whether the two sides last said different things of it."""
        return _differ(self.report, self.finding)


@dataclass(frozen=True)
class Standing:
    """Whose turn it is and by when, whether that has passed, and the state of each milestone.

    `disputed` are the pairs of self-report and finding that are different, each once. `in_vain` are
    the conditions, of those the reader sees, that keep it from going on and cannot be met any more.
    """

    move: Move
    due_at: datetime | None
    late: bool
    milestones: list[Milestone]
    disputed: list[tuple[StatementRow, StatementRow]]
    in_vain: list[ConditionRow]

    @property
    def differ(self) -> bool:
        """Whether self-report and verification are different anywhere."""
        return bool(self.disputed)


def standing(reading: Reading, now: datetime) -> Standing:
    """Where it stands now, of what was read already."""
    said = reading.related.statements
    rows = reading.related.milestones
    move = next_move(_turn_of(reading, said, rows))
    due_at = None
    if move.word == ANSWER:
        due_at = reading.commitment.answer_by_at
    elif move.word in REPORTS:
        due_at = min(
            (row.due_at for row in rows if not row.met and not row.reported_at), default=None
        )
    milestones = _milestones(reading.commitment, rows, said, now)
    late = due_at is not None and due_at <= now
    disputed, in_vain = _disputed(milestones, said), _in_vain(reading)
    return Standing(move, due_at, late, milestones, disputed, in_vain)


def _in_vain(reading: Reading) -> list[ConditionRow]:
    awaited = WAITS_FOR.get(CommitmentState(reading.commitment.state), ())
    return [
        row for row in reading.related.conditions if row.kind in awaited and row.state in STOPPED
    ]


def _turn_of(
    reading: Reading, said: Sequence[StatementRow], rows: Sequence[MilestoneRow]
) -> SimpleNamespace:
    finding = _last(said, StatementType.FINDING)
    return SimpleNamespace(
        state=reading.commitment.state,
        organisation_id=reading.commitment.organisation_id,
        asked_id=reading.commitment.asked_id,
        promisor=reading.promisor,
        addressee=reading.addressee,
        verifier=reading.verifier,
        unverified=any(row.reported_at is not None for row in rows if not row.met),
        last_statement=said[-1].type if said else None,
        found=finding.step if finding else None,
    )


def _milestones(
    commitment: Commitment,
    rows: Sequence[MilestoneRow],
    said: Sequence[StatementRow],
    now: datetime,
) -> list[Milestone]:
    found: list[Milestone] = []
    opened: datetime | None = None
    for row in rows:
        ours = [one for one in said if one.milestone == row.number or _on_whole(one, opened)]
        if row.met:  # what was said of the whole after it was met is about the others
            ours = _until_met(ours)
        word = _open(row, commitment.state)
        overdue = word == REPORT and row.due_at <= now
        report, finding = _last(ours, StatementType.REPORT), _last(ours, StatementType.FINDING)
        found.append(Milestone(row, report, finding, word, overdue))
        opened = row.due_at if commitment.every else None
    return found


def _on_whole(statement: StatementRow, opened: datetime | None) -> bool:
    # A round opens when the one before it ends: what was said earlier is not about it.
    return statement.milestone is None and (opened is None or statement.at >= opened)


def _until_met(said: list[StatementRow]) -> list[StatementRow]:
    met = [
        n
        for n, one in enumerate(said)
        if one.type == StatementType.FINDING and one.step == Step.FULL
    ]
    return said[: met[0] + 1] if met else said


def _open(row: MilestoneRow, state: str) -> str:
    if row.met:
        return MET
    if state != CommitmentState.IN_FORCE:
        return NOTHING
    return VERIFY if row.reported_at is not None else REPORT


def _last(said: Sequence[StatementRow], statement_type: StatementType) -> StatementRow | None:
    return next((row for row in reversed(said) if row.type == statement_type), None)


def _differ(report: StatementRow | None, finding: StatementRow | None) -> bool:
    # Whoever reports the whole in full reports each milestone of it in full.
    if report is None or finding is None or report.step == finding.step:
        return False
    same = report.milestone == finding.milestone
    return same or (report.milestone is None and report.step == Step.FULL)


def _disputed(
    milestones: list[Milestone], said: Sequence[StatementRow]
) -> list[tuple[StatementRow, StatementRow]]:
    whole = [one for one in said if one.milestone is None]
    pairs = [(_last(whole, StatementType.REPORT), _last(whole, StatementType.FINDING))]
    pairs += [(one.report, one.finding) for one in milestones if one.open != MET]
    found = {
        (one.id, other.id): (one, other)
        for one, other in pairs
        if one and other and _differ(one, other)
    }
    return list(found.values())


def statements_picture(reading: Reading, now: datetime) -> AccountsDrawing | None:
    """The two accounts over time; nothing before either has spoken."""
    points = [
        Point(
            row.at,
            "report" if row.type == StatementType.REPORT else "finding",
            LEVELS[Step(row.step)],
        )
        for row in reading.related.statements
        if row.type in (StatementType.REPORT, StatementType.FINDING) and row.milestone is None
    ]
    return accounts(points, reading.commitment.ended_at or now) if points else None


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
