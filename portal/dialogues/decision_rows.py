"""What a dialogue came to, for those at its table: questions, answers, and what is to be done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select

from models.commitments import Commitment
from models.dialogues import Delegation
from models.records import (
    Action,
    Ballot,
    Decision,
    DecisionAnswer,
    Record,
    RecordComment,
    RecordCommentType,
    RecordState,
    Stance,
    decision_status,
)
from models.stakeholders import Organisation
from portal.access import Key, as_column, predicate, sub_resource
from portal.db import alias, in_state
from portal.parameters import KEY, ME, NOTHING, NOW
from portal.recipients import SPEAKS, nobody
from portal.related import Related, related
from portal.rules import COMMITMENTS, READ, READ_TEXT, RECORDS

TO = alias(Organisation, "action_to")


@dataclass(frozen=True)
class DecisionRow:
    """A question to the delegations; `status` is open, ended, carried or not-carried.

    `answered` counts delegations; `hidden`: answers are hidden until it is closed; `correctable`:
    its outcome may be said otherwise.
    """

    id: int
    text: str
    status: str
    outcome: str
    called_at: datetime
    review_on: date | None
    answered: int
    hidden: bool
    correctable: bool


@dataclass(frozen=True)
class AnswerRow:
    """An answer to a question, and of which delegation where that is kept; `mine`: of one's own.

    `rank` is the place of its stance among all stances.
    """

    decision_id: int
    rank: int
    stance: str
    reason: str
    delegation_id: int | None
    delegation: str
    mine: bool


@dataclass(frozen=True)
class BallotRow:
    """That a delegation of the reader has answered a question."""

    decision_id: int
    delegation_id: int


@dataclass(frozen=True)
class ActionRow:
    """What an organisation is to do for another, and the record that it stands in.

    The commitment that it became is named to whoever may know of it; `not_asked` where nobody can
    respond for the organisation.
    """

    id: int
    record_ref: str
    text: str
    organisation: str
    addressee: str
    due_on: date | None
    committed: bool
    commitment_ref: str | None
    commitment_state: str | None
    not_asked: bool


@dataclass(frozen=True)
class ObjectionRow:
    """An objection of the reader to a record that is a draft again, and so not shown to them."""

    id: int
    edition: int
    at: datetime
    text: str


def decided_parts() -> list[Related[Any]]:
    """Decisions, the answers that may be seen, which own sides have answered, and actions."""
    return [
        _decisions(),
        _answers(),
        _ballots(),
        _actions(),
        _objections(),
    ]


def on_record(key: Key) -> ColumnElement[bool]:
    """Whether what the dialogue decided is with those who were there: sent round, or adopted."""
    return exists().where(
        Record.dialogue_id == key,
        Record.source_id.is_(None),
        Record.state != RecordState.DRAFT,
    )


def _decisions() -> Related[DecisionRow]:
    answered = (
        select(func.count())
        .where(Ballot.decision_id == Decision.id)
        .correlate(Decision)
        .scalar_subquery()
    )
    question = select(
        Decision.id,
        Decision.text,
        decision_status().label("status"),
        Decision.outcome,
        Decision.called_at,
        Decision.review_on,
        answered.label("answered"),
        Decision.hidden,
        and_(Decision.outcome != "", not_(on_record(KEY))).label("correctable"),
    ).where(Decision.dialogue_id == KEY)
    return related(DecisionRow, question)


def _answers() -> Related[AnswerRow]:
    # What is hidden is seen by its own side alone, so that it can change its mind.
    seen = or_(Decision.closed_at.is_not(None), Decision.hidden.is_(False))
    own = and_(Delegation.id.is_not(None), sub_resource(Delegation, ME, NOW))
    rank = case({str(s): n for n, s in enumerate(Stance)}, value=DecisionAnswer.stance)
    question = (
        select(
            DecisionAnswer.decision_id,
            rank.label("rank"),
            DecisionAnswer.stance,
            DecisionAnswer.reason,
            DecisionAnswer.delegation_id,
            func.coalesce(Organisation.name, NOTHING).label("delegation"),
            as_column(own).label("mine"),
        )
        .join(Decision, Decision.id == DecisionAnswer.decision_id)
        .outerjoin(Delegation, Delegation.id == DecisionAnswer.delegation_id)
        .outerjoin(Organisation, Organisation.id == Delegation.organisation_id)
        .where(Decision.dialogue_id == KEY, or_(seen, own))
    )
    return related(AnswerRow, question, order=lambda row: row.rank)


def _ballots() -> Related[BallotRow]:
    question = (
        select(Ballot.decision_id, Ballot.delegation_id)
        .join(Decision, Decision.id == Ballot.decision_id)
        .join(Delegation, Delegation.id == Ballot.delegation_id)
        .where(Decision.dialogue_id == KEY, sub_resource(Delegation, ME, NOW))
    )
    return related(BallotRow, question, order=lambda row: row.delegation_id)


def _actions() -> Related[ActionRow]:
    known = predicate(COMMITMENTS, READ, ME, NOW)
    question = (
        select(
            Action.id,
            Record.ref.label("record_ref"),
            Action.text,
            Organisation.name.label("organisation"),
            TO.name.label("addressee"),
            Action.due_on,
            Action.commitment_id.is_not(None).label("committed"),
            case((known, Commitment.ref)).label("commitment_ref"),
            case((known, Commitment.state)).label("commitment_state"),
            nobody(SPEAKS, NOW).label("not_asked"),
        )
        .select_from(Action)
        .join(Record, Record.id == Action.record_id)
        .join(Organisation, Organisation.id == Action.organisation_id)
        .join(TO, TO.id == Action.addressee_id)
        .outerjoin(Commitment, Commitment.id == Action.commitment_id)
        .where(
            Record.dialogue_id == KEY,
            Record.source_id.is_(None),
            predicate(RECORDS, READ_TEXT, ME, NOW),
        )
    )
    return related(ActionRow, question)


def _objections() -> Related[ObjectionRow]:
    question = (
        select(
            RecordComment.id,
            RecordComment.edition,
            RecordComment.at,
            RecordComment.words.label("text"),
        )
        .join(Record, Record.id == RecordComment.record_id)
        .where(
            Record.dialogue_id == KEY,
            Record.source_id.is_(None),
            in_state(Record, RecordState.DRAFT),
            RecordComment.by_id == ME,
            RecordComment.type == RecordCommentType.OBJECTION,
        )
    )
    return related(ObjectionRow, question)
