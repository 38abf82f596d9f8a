"""Rows related to a record, each sort with its names; a page loads them by one statement.

What a draft says at the moment are points, positions, decisions, their answers and who was there;
what was circulated is read from its edition instead. Actions are live in any state, for each may
become a commitment. Of a redacted version only points and actions are its own: decisions and who
was there belong to the dialogue, and must not reach its wider readers by this way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Integer, ScalarSelect, bindparam, func, select

from models.dialogues import Attendee, Delegation, Dialogue
from models.records import (
    Decision,
    DecisionAnswer,
    Point,
    Position,
    Record,
    decision_status,
)
from models.stakeholders import Organisation, Person
from portal.parameters import KEY
from portal.records.action_rows import ActionRow
from portal.related import Related, Rows, related

MOST = 2000
# The key of the dialogue that the record is of.
TALK: Final = bindparam("talk", type_=Integer())
# By what the text of a draft is made from.
REDACTED, ATTRIBUTED, UNATTRIBUTED = "redacted", "attributed", "unattributed"


@dataclass(frozen=True)
class PointRow:
    """A point of a draft, and who wrote it last."""

    id: int
    number: int
    title: str
    notes: str
    version: int
    changed_at: datetime
    changed_by_id: int
    changed_by: str


@dataclass(frozen=True)
class PositionRow:
    """What a delegation said on a point."""

    id: int
    point_id: int
    delegation_id: int
    delegation: str
    words: str


@dataclass(frozen=True)
class DecisionRow:
    """A question and what was decided; `point_id` is the point on the same item of the agenda.

    `status` is open, ended (no outcome recorded yet), carried or not-carried.
    """

    id: int
    point_id: int | None
    text: str
    status: str
    outcome: str
    called_at: datetime
    closed_at: datetime | None
    review_on: date | None


@dataclass(frozen=True)
class AnswerRow:
    """What one answered to a question that is closed; by which delegation, where that is kept."""

    decision_id: int
    stance: str
    reason: str
    delegation: str | None


@dataclass(frozen=True)
class PresentRow:
    """How many people came for an organisation; without one: organisers and guests."""

    delegation_id: int | None
    organisation: str | None
    people: int


@dataclass(frozen=True)
class Said:
    """All that the text of a record is made from."""

    points: Sequence[PointRow] = ()
    positions: Sequence[PositionRow] = ()
    decisions: Sequence[DecisionRow] = ()
    answers: Sequence[AnswerRow] = ()
    present: Sequence[PresentRow] = ()
    actions: Sequence[ActionRow] = ()


def said_in(rows: Rows, actions: Sequence[ActionRow]) -> Said:
    """What the text is made from, out of rows that were loaded by `SAID`."""
    return Said(
        points=rows[PointRow],
        positions=rows[PositionRow],
        decisions=rows[DecisionRow],
        answers=rows[AnswerRow],
        present=rows[PresentRow],
        actions=actions,
    )


def said_by(record: Record, dialogue: Dialogue) -> str:
    """Which of `SAID` the text of a draft is made from."""
    if record.source_id is not None:
        return REDACTED
    return ATTRIBUTED if dialogue.attributed else UNATTRIBUTED


def keys_of(record: Record) -> dict[str, Any]:
    """The values of the parameters that questions about a record name beside who asks and when."""
    return {KEY.key: record.id, TALK.key: record.dialogue_id}


def _points() -> Related[PointRow]:
    question = (
        select(
            Point.id,
            Point.number,
            Point.title,
            Point.notes,
            Point.version,
            Point.changed_at,
            Point.changed_by_id,
            Person.name.label("changed_by"),
        )
        .join(Person, Person.id == Point.changed_by_id)
        .where(Point.record_id == KEY)
    )
    return related(PointRow, question, order=lambda row: row.number)


def _positions() -> Related[PositionRow]:
    question = (
        select(
            Position.id,
            Position.point_id,
            Position.delegation_id,
            Organisation.name.label("delegation"),
            Position.words,
        )
        .join(Point, Point.id == Position.point_id)
        .join(Delegation, Delegation.id == Position.delegation_id)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .where(Point.record_id == KEY)
    )
    return related(PositionRow, question)


def _decisions() -> Related[DecisionRow]:
    point: ScalarSelect[int | None] = (
        select(func.min(Point.id))
        .where(Point.record_id == KEY, Point.item_id == Decision.item_id)
        .correlate(Decision)
        .scalar_subquery()
    )
    question = select(
        Decision.id,
        point.label("point_id"),
        Decision.text,
        decision_status().label("status"),
        Decision.outcome,
        Decision.called_at,
        Decision.closed_at,
        Decision.review_on,
    ).where(Decision.dialogue_id == TALK)
    return related(DecisionRow, question)


def _answers() -> Related[AnswerRow]:
    # Only of what is closed: an answer given so far is none of the record's business.
    question = (
        select(
            DecisionAnswer.decision_id,
            DecisionAnswer.stance,
            DecisionAnswer.reason,
            Organisation.name.label("delegation"),
        )
        .join(Decision, Decision.id == DecisionAnswer.decision_id)
        .outerjoin(Delegation, Delegation.id == DecisionAnswer.delegation_id)
        .outerjoin(Organisation, Organisation.id == Delegation.organisation_id)
        .where(Decision.dialogue_id == TALK, Decision.closed_at.is_not(None))
    )
    return related(AnswerRow, question, order=lambda row: row.decision_id)


def _present() -> Related[PresentRow]:
    # How many came; who they are is for those at the table (READ_TABLE).
    question = (
        select(
            Attendee.delegation_id,
            Organisation.name.label("organisation"),
            func.count().label("people"),
        )
        .outerjoin(Delegation, Delegation.id == Attendee.delegation_id)
        .outerjoin(Organisation, Organisation.id == Delegation.organisation_id)
        .where(Attendee.dialogue_id == TALK, Attendee.came.is_(True))
        .group_by(Attendee.delegation_id, Organisation.name)
    )
    return related(
        PresentRow, question, order=lambda row: (row.delegation_id is None, row.delegation_id or 0)
    )


OF_ALL: Final[tuple[Related[Any], ...]] = (_points(), _decisions(), _answers())
# The parts that a draft's text is made from, beside its actions.
SAID: Final[dict[str, tuple[Related[Any], ...]]] = {
    REDACTED: (_points(),),
    UNATTRIBUTED: OF_ALL,
    ATTRIBUTED: (*OF_ALL, _positions(), _present()),
}
