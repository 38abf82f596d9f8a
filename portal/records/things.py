"""What hangs on a record, by word, brought by one query that has the same columns for all.

point, position, decision, stance, present: what a draft says at the moment; what was sent round is
read from its edition instead. action: live in any state, for it may become a commitment. Of a
redacted version only points and actions are its own: decisions and who was there hang on the
dialogue, and must not reach its wider readers by this way.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, case, cast, func, literal, select

from models.commitments import Commitment
from models.dialogues import Attendee, Delegation, Dialogue
from models.records import Action, Ballot, Decision, DecisionAnswer, Point, Position, Record
from models.stakeholders import Organisation, Person
from portal.access import Actor, clause, part
from portal.addressing import SPEAKS, nobody
from portal.db import alias
from portal.rules import COMMITMENTS, DRAFT_COMMITMENT, ORGANISATIONS, READ
from portal.things import NOTHING, thing

MOST = 2000
ADDRESSEE = alias(Organisation, "action_addressee")


def said_parts(record: Record, dialogue: Dialogue) -> list[Any]:
    """The parts that a draft's text is made from."""
    if record.source_id is not None:
        return [_points(record.id)]
    parts = [_points(record.id), _decisions(record), _stances(record.dialogue_id)]
    if dialogue.attributed:
        there = record.dialogue_id
        parts += [_positions(record.id), _present(there), _others_present(there)]
    return parts


def _points(key: int) -> Any:
    # more: the notes; size: the version; at, person and kind (her key): who wrote it last, when.
    return (
        thing(
            "point",
            key=Point.id,
            place=Point.number,
            of=func.coalesce(Point.item_id, 0),
            text=Point.title,
            more=Point.notes,
            size=Point.version,
            at=Point.changed_at,
            person=Person.name,
            kind=cast(Point.changed_by_id, String),
        )
        .join(Person, Person.id == Point.changed_by_id)
        .where(Point.record_id == key)
    )


def _positions(key: int) -> Any:
    # of: the point; size: the delegation; who: its name.
    return (
        thing(
            "position",
            key=Position.id,
            of=Position.point_id,
            size=Position.delegation_id,
            who=Organisation.name,
            text=Position.words,
        )
        .select_from(Position)
        .join(Point, Point.id == Position.point_id)
        .join(Delegation, Delegation.id == Position.delegation_id)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .where(Point.record_id == key)
    )


def stands() -> Any:
    """How far a decision is: open, ended (no outcome said yet), carried or not-carried."""
    return case(
        (Decision.closed_at.is_(None), "open"),
        (Decision.outcome == "", "ended"),
        (Decision.carried.is_(True), "carried"),
        else_="not-carried",
    )


def _decisions(record: Record) -> Any:
    # of: the point on the same item; size: how many delegations have answered.
    answered = select(func.count()).where(Ballot.decision_id == Decision.id)
    point = select(func.min(Point.id)).where(
        Point.record_id == record.id, Point.item_id == Decision.item_id
    )
    return thing(
        "decision",
        Decision.hidden,
        key=Decision.id,
        of=func.coalesce(point.correlate(Decision).scalar_subquery(), 0),
        at=Decision.put_at,
        until=Decision.closed_at,
        text=Decision.text,
        kind=stands(),
        more=Decision.outcome,
        size=answered.correlate(Decision).scalar_subquery(),
        link=func.coalesce(cast(Decision.review_on, String), ""),
    ).where(Decision.dialogue_id == record.dialogue_id)


def _stances(dialogue_id: int) -> Any:
    # Only of what is closed: an answer given so far is none of the record's business.
    return (
        thing(
            "stance",
            of=DecisionAnswer.decision_id,
            kind=DecisionAnswer.stance,
            text=DecisionAnswer.reason,
            who=func.coalesce(Organisation.name, ""),
        )
        .select_from(DecisionAnswer)
        .join(Decision, Decision.id == DecisionAnswer.decision_id)
        .outerjoin(Delegation, Delegation.id == DecisionAnswer.delegation_id)
        .outerjoin(Organisation, Organisation.id == Delegation.organisation_id)
        .where(DecisionAnswer.dialogue_id == dialogue_id, Decision.closed_at.is_not(None))
    )


def _present(dialogue_id: int) -> Any:
    # Of whom somebody came, and how many; who they are is for those at the table (READ_TABLE).
    came = (
        select(func.count())
        .where(Attendee.delegation_id == Delegation.id, Attendee.came.is_(True))
        .correlate(Delegation)
        .scalar_subquery()
    )
    return (
        thing("present", key=Delegation.id, text=Organisation.name, size=came)
        .select_from(Delegation)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .where(Delegation.dialogue_id == dialogue_id, came > 0)
    )


def _others_present(dialogue_id: int) -> Any:
    # Organisers and guests who came, as one number: they speak for no delegation.
    came = (
        select(func.count())
        .where(
            Attendee.dialogue_id == dialogue_id,
            Attendee.delegation_id.is_(None),
            Attendee.came.is_(True),
        )
        .scalar_subquery()
    )
    return thing("present", place=literal(1), size=came).where(came > 0)


def table_part(dialogue_id: int, now: datetime) -> Any:
    """The delegations, for whoever writes: `of` is the organisation, `more` its reference.

    `flag`: nobody can answer for the organisation.
    """
    return (
        thing(
            "delegation",
            nobody(SPEAKS, now),
            key=Delegation.id,
            of=Delegation.organisation_id,
            text=Organisation.name,
            more=Organisation.ref,
        )
        .select_from(Delegation)
        .join(Organisation, Organisation.id == Delegation.organisation_id)
        .where(Delegation.dialogue_id == dialogue_id)
    )


def actions_part(key: int, actor: Actor | None = None, now: datetime | None = None) -> Any:
    """What somebody is to do: `who` does it, for `person`; `flag`: it is a commitment already.

    For a reader, `ref` and `kind` are reference and state of that commitment where they may read
    it and know whose action it was, `mine` whether they speak for who is to do it, and `size` is 1
    where nobody does.
    """
    ref: Any = NOTHING
    silent: Any = literal(0)
    state: Any = NOTHING
    mine: Any = None
    if actor is not None and now is not None:
        seen = and_(
            part(Action, actor.person_id, now), clause(COMMITMENTS, READ, actor.person_id, now)
        )
        ref = case((seen, func.coalesce(Commitment.ref, "")), else_="")
        state = case((seen, func.coalesce(Commitment.state, "")), else_="")
        mine = clause(ORGANISATIONS, DRAFT_COMMITMENT, actor.person_id, now)
        silent = case((nobody(SPEAKS, now), 1), else_=0)
    return (
        thing(
            "action",
            Action.commitment_id.is_not(None),
            mine,
            key=Action.id,
            of=Action.point_id,
            until=Action.due_at,
            text=Action.text,
            who=Organisation.name,
            person=ADDRESSEE.name,
            ref=ref,
            kind=state,
            link=func.coalesce(cast(Action.due_on, String), ""),
            size=silent,
        )
        .select_from(Action)
        .join(Organisation, Organisation.id == Action.organisation_id)
        .join(ADDRESSEE, ADDRESSEE.id == Action.addressee_id)
        .outerjoin(Commitment, Commitment.id == Action.commitment_id)
        .where(Action.record_id == key)
    )
