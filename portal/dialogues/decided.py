"""What a dialogue came to, for those at its table: questions, answers, and what is to be done."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, case, cast, exists, func, not_, or_, select

from models.commitments import Commitment
from models.dialogues import Delegation, Dialogue
from models.records import (
    Action,
    Ballot,
    Decision,
    DecisionAnswer,
    Record,
    RecordState,
    Remark,
    RemarkSort,
    Stance,
)
from models.stakeholders import Organisation
from portal.access import clause, part
from portal.addressing import SPEAKS, nobody
from portal.db import alias, in_state
from portal.rules import COMMITMENTS, READ, READ_TEXT, RECORDS
from portal.things import NOTHING, thing

TO = alias(Organisation, "action_to")


def decided_parts(dialogue: Dialogue, who: int, now: datetime) -> list[Any]:
    """Decisions, the answers that may be seen, which own sides have answered, and actions."""
    key = dialogue.id
    return [
        _decisions(key),
        _stances(key, who, now),
        _ballots(key, who, now),
        _actions(key, who, now),
        _objected(key, who),
    ]


def on_record(key: int) -> Any:
    """Whether what the dialogue decided is with those who were there: sent round, or adopted."""
    return exists().where(
        Record.dialogue_id == key,
        Record.source_id.is_(None),
        Record.state != RecordState.DRAFT,
    )


def _decisions(key: int) -> Any:
    # kind: open, ended (no outcome said yet), carried or not-carried; size: how many delegations
    # have answered; flag: answers are hidden until it is closed; mine: its outcome may be said
    # otherwise; link: the day of its review.
    answered = (
        select(func.count())
        .where(Ballot.decision_id == Decision.id)
        .correlate(Decision)
        .scalar_subquery()
    )
    stands = case(
        (Decision.closed_at.is_(None), "open"),
        (Decision.outcome == "", "ended"),
        (Decision.carried.is_(True), "carried"),
        else_="not-carried",
    )
    return thing(
        "decision",
        Decision.hidden,
        and_(Decision.outcome != "", not_(on_record(key))),
        key=Decision.id,
        of=func.coalesce(Decision.item_id, 0),
        at=Decision.put_at,
        until=Decision.closed_at,
        text=Decision.text,
        more=Decision.outcome,
        kind=stands,
        size=answered,
        link=func.coalesce(cast(Decision.review_on, String), ""),
    ).where(Decision.dialogue_id == key)


def _stances(key: int, who: int, now: datetime) -> Any:
    # of: the decision; kind: the stance; text: the reason; mine: it is of the reader's side. What
    # is hidden is seen by its own side alone, so that it can change its mind.
    seen = or_(Decision.closed_at.is_not(None), Decision.hidden.is_(False))
    own = and_(Delegation.id.is_not(None), part(Delegation, who, now))
    return (
        thing(
            "stance",
            mine=own,
            place=case({str(s): n for n, s in enumerate(Stance)}, value=DecisionAnswer.stance),
            of=DecisionAnswer.decision_id,
            size=func.coalesce(DecisionAnswer.delegation_id, 0),
            kind=DecisionAnswer.stance,
            text=DecisionAnswer.reason,
            who=func.coalesce(Organisation.name, ""),
        )
        .select_from(DecisionAnswer)
        .join(Decision, Decision.id == DecisionAnswer.decision_id)
        .outerjoin(Delegation, Delegation.id == DecisionAnswer.delegation_id)
        .outerjoin(Organisation, Organisation.id == Delegation.organisation_id)
        .where(DecisionAnswer.dialogue_id == key, or_(seen, own))
    )


def _ballots(key: int, who: int, now: datetime) -> Any:
    # of: the decision; key: a side of the reader's that has answered it.
    return (
        thing("ballot", of=Ballot.decision_id, key=Ballot.delegation_id)
        .select_from(Ballot)
        .join(Decision, Decision.id == Ballot.decision_id)
        .join(Delegation, Delegation.id == Ballot.delegation_id)
        .where(Decision.dialogue_id == key, part(Delegation, who, now))
    )


def _actions(key: int, who: int, now: datetime) -> Any:
    # who is to do it, for person; size: 1 where nobody speaks for them; link: the day it is due;
    # more: the record that it stands in; ref
    # and kind: the commitment that it became, and its state, where the reader may know of it.
    known = clause(COMMITMENTS, READ, who, now)
    return (
        thing(
            "action",
            Action.commitment_id.is_not(None),
            key=Action.id,
            until=Action.due_at,
            text=Action.text,
            who=Organisation.name,
            person=TO.name,
            more=Record.ref,
            ref=case((known, func.coalesce(Commitment.ref, NOTHING)), else_=NOTHING),
            kind=case((known, func.coalesce(Commitment.state, NOTHING)), else_=NOTHING),
            link=func.coalesce(cast(Action.due_on, String), ""),
            size=case((nobody(SPEAKS, now), 1), else_=0),
        )
        .select_from(Action)
        .join(Record, Record.id == Action.record_id)
        .join(Organisation, Organisation.id == Action.organisation_id)
        .join(TO, TO.id == Action.addressee_id)
        .outerjoin(Commitment, Commitment.id == Action.commitment_id)
        .where(
            Record.dialogue_id == key,
            Record.source_id.is_(None),
            clause(RECORDS, READ_TEXT, who, now),
        )
    )


def _objected(key: int, who: int) -> Any:
    # The reader's own objections to a record that is a draft again, and so not shown to them.
    return (
        thing("objected", key=Remark.id, at=Remark.at, size=Remark.edition, text=Remark.words)
        .join(Record, Record.id == Remark.record_id)
        .where(
            Record.dialogue_id == key,
            Record.source_id.is_(None),
            in_state(Record, RecordState.DRAFT),
            Remark.by_id == who,
            Remark.sort == RemarkSort.OBJECTION,
        )
    )
