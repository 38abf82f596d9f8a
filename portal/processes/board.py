"""What of one process needs a look, and what has its day next, for whoever has a seat in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import and_, or_, select

from models.commitments import Commitment, CommitmentState, Milestone
from models.dialogues import Dialogue, DialogueState
from models.stakeholders import Organisation
from portal.access import as_column, readable, readable_title
from portal.db import in_state
from portal.parameters import KEY, NOW, at_most
from portal.related import Related, related
from portal.rules import COMMITMENTS
from portal.rules.dialogues import DIALOGUES

MOST: Final = 50
SOONEST: Final = 5
NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
FLAGS: Final = ("overdue", "differ", "waiting")


@dataclass(frozen=True)
class WatchedRow:
    """A commitment of the process that is overdue, whose accounts differ, or that waits."""

    id: int
    ref: str
    title: str
    tlp: str
    home: str
    due_at: datetime | None
    zone: str
    overdue: bool
    differ: bool
    waiting: bool


@dataclass(frozen=True)
class DueRow:
    """A commitment of the process that is due next; its day is one in `zone`."""

    id: int
    ref: str
    title: str
    tlp: str
    at: datetime | None
    zone: str


@dataclass(frozen=True)
class MeetingRow:
    """A dialogue of the process that takes place next."""

    id: int
    ref: str
    title: str
    tlp: str
    at: datetime | None


@dataclass(frozen=True)
class Board:
    """Watched commitments, at most fifty, and the next dates."""

    watched: Sequence[WatchedRow]
    due: Sequence[DueRow]
    meetings: Sequence[MeetingRow]

    @property
    def counts(self) -> dict[str, int]:
        """How many of the watched there are of each sort."""
        return {flag: sum(getattr(row, flag) for row in self.watched) for flag in FLAGS}

    @property
    def dates(self) -> list[MeetingRow | DueRow]:
        """Meetings and due days together, the next first."""
        both: list[MeetingRow | DueRow] = [*self.meetings, *self.due]
        return sorted((row for row in both if row.at), key=lambda row: (row.at, row.ref))

    def of(self, flag: str) -> list[WatchedRow]:
        """The watched rows of one sort; all of them for any other word."""
        return [row for row in self.watched if flag not in FLAGS or getattr(row, flag)]


def overdue() -> Any:
    """The earliest due day that is not met has passed, as SQL over commitments."""
    return and_(in_state(Commitment, CommitmentState.IN_FORCE), Commitment.due_at <= NOW)


def differs() -> Any:
    """Self-report and verification are different, as SQL over commitments."""
    return Commitment.differ_since.is_not(None)


def waits() -> Any:
    """A response to the proposal or a finding on a report is awaited, as SQL over commitments."""
    reported = (
        select(Milestone.id)
        .where(
            Milestone.commitment_id == Commitment.id,
            Milestone.met_at.is_(None),
            Milestone.reported_at.is_not(None),
        )
        .correlate(Commitment)
        .exists()
    )
    in_force = and_(in_state(Commitment, CommitmentState.IN_FORCE), reported)
    return or_(in_state(Commitment, CommitmentState.PROPOSED), in_force)


def _watched() -> Related[WatchedRow]:
    flags = (overdue(), differs(), waits())
    could = (
        select(
            Commitment.id,
            *(as_column(flag).label(name) for name, flag in zip(FLAGS, flags, strict=True)),
        )
        .where(Commitment.process_id == KEY, or_(*flags))
        .order_by(Commitment.due_at, Commitment.id)
        .limit(at_most(4 * MOST))
        .subquery()
    )
    question: Any = (
        readable(
            COMMITMENTS,
            Commitment.id,
            Commitment.ref,
            readable_title(COMMITMENTS),
            Commitment.tlp,
            Organisation.name.label("home"),
            Commitment.due_at,
            Commitment.zone,
            *(could.c[name] for name in FLAGS),
        )
        .join(could, could.c.id == Commitment.id)
        .join(Organisation, Organisation.id == Commitment.organisation_id)
        .order_by(Commitment.due_at, Commitment.id)
        .limit(at_most(MOST))
    )
    question = select(*question.subquery().c)
    return related(WatchedRow, question, order=lambda row: (row.due_at or NEVER, row.id))


def _due() -> Related[DueRow]:
    columns = (Commitment.id, Commitment.ref, readable_title(COMMITMENTS), Commitment.tlp)
    question: Any = (
        readable(COMMITMENTS, *columns, Commitment.due_at.label("at"), Commitment.zone)
        .where(Commitment.process_id == KEY, in_state(Commitment, CommitmentState.IN_FORCE))
        .where(Commitment.due_at > NOW)
        .order_by(Commitment.due_at, Commitment.id)
        .limit(at_most(SOONEST))
    )
    question = select(*question.subquery().c)  # a limit of its own stays inside
    return related(DueRow, question, order=lambda row: (row.at or NEVER, row.id))


def _meetings() -> Related[MeetingRow]:
    columns = (Dialogue.id, Dialogue.ref, readable_title(DIALOGUES), Dialogue.tlp)
    question: Any = (
        readable(DIALOGUES, *columns, Dialogue.starts_at.label("at"))
        .where(Dialogue.process_id == KEY, in_state(Dialogue, DialogueState.CONVENED))
        .where(Dialogue.starts_at > NOW)
        .order_by(Dialogue.starts_at, Dialogue.id)
        .limit(at_most(SOONEST))
    )
    question = select(*question.subquery().c)
    return related(MeetingRow, question, order=lambda row: (row.at or NEVER, row.id))


BOARD: Final = (_watched(), _due(), _meetings())
