"""On what a commitment hangs: set while it is a draft, refused where it would make a circle."""

from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState, Condition, ConditionType
from portal.access import Actor, authorize, visible
from portal.commitments.transitions import lock, turn, with_it
from portal.errors import Invalid, NotFound, Said
from portal.ledger import transition
from portal.parameters import at_most
from portal.rules import COMMITMENTS, EDIT, READ
from portal.words import N_

LONGEST_WAIT = 3650
MOST = 20
UNSEEN = "…"
NOT_BEGUN = (CommitmentState.PROPOSED, CommitmentState.ACCEPTED)


def add_condition(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    on: str,
    condition_type: str,
    days: int,
    now: datetime,
) -> None:
    """Let a draft hang on another commitment; `days` is the delay (after) or the grace (while).

    `together` binds both from the moment that this one is proposed. That is the writer's to ask
    only where the other is promised to their own side: it is their own claim that is put off.
    Raises Invalid (field `on`) when the other is not known here, or when this makes a circle.
    """
    lock(session, ref, on)
    with transition(session, actor, EDIT, COMMITMENTS, ref, now) as commitment:
        other = _other(session, actor, on, now)
        _refuse_odd(session, commitment, other, condition_type, days)
        circle = _circle(session, commitment.id, other.id, condition_type)
        if (
            not circle and condition_type == ConditionType.TOGETHER
        ):  # it binds both: it goes the other way as well
            circle = _circle(session, other.id, commitment.id, condition_type)
        if circle:
            names = _names(session, actor, circle, now)
            message = N_("This would create a circular dependency: %(circle)s.")
            raise Invalid({"on": Said(message, circle=" → ".join(names))})
        session.add(
            Condition(commitment_id=commitment.id, on_id=other.id, type=condition_type, days=days)
        )
        session.flush()
        turn(session, other)
        commitment.changed_at = now


def _other(session: Session, actor: Actor, on: str, now: datetime) -> Commitment:
    try:
        return authorize(session, actor, READ, COMMITMENTS, on, now)
    except NotFound as unknown:
        raise Invalid({"on": N_("This is not in the portal, or not shared with you.")}) from unknown


def _refuse_odd(
    session: Session, commitment: Commitment, other: Commitment, condition_type: str, days: int
) -> None:
    if condition_type not in set(ConditionType):
        raise Invalid({"type": N_("Choose from the list.")})
    if not 0 <= days <= LONGEST_WAIT:
        raise Invalid({"days": N_("Give a number of days from 0 to 3650.")})
    if (
        condition_type == ConditionType.TOGETHER
        and other.addressee_id != commitment.organisation_id
    ):
        raise Invalid(
            {"on": N_("You can only add a condition to commitments that are made to you.")}
        )
    if condition_type == ConditionType.TOGETHER and other.state not in NOT_BEGUN:
        raise Invalid({"on": N_("This commitment has already started, or will not start.")})
    if commitment.id == other.id:
        raise Invalid({"on": N_("A commitment cannot depend on itself.")})
    there = session.execute(
        select(Condition.on_id, Condition.type).where(Condition.commitment_id == commitment.id)
    ).all()
    if (other.id, condition_type) in {tuple(row) for row in there}:
        raise Invalid({"on": N_("This condition already exists.")})
    if len(there) >= MOST:
        raise Invalid({"on": N_("A commitment has at most 20 conditions.")})


def _circle(session: Session, start: int, on: int, condition_type: str) -> list[int]:
    # The way from the far end back to the start, if there is one. What begins when is one web
    # (after, together), what holds while what is another: a pair may begin together and the one
    # hold only while the other does. Those that begin together may name one another: a way is no
    # circle as long as every step of it is `together`.
    web = (
        (ConditionType.WHILE,)
        if condition_type == ConditionType.WHILE
        else (ConditionType.AFTER, ConditionType.TOGETHER)
    )
    ways = {(on, condition_type != ConditionType.TOGETHER): [start, on]}
    todo = list(ways)
    while todo:
        key, mixed = todo.pop(0)
        if key == start and mixed:
            return ways[key, mixed]
        for other, step in _steps(session, key, web):
            following = (other, mixed or step != ConditionType.TOGETHER)
            if following not in ways:
                ways[following] = [*ways[key, mixed], other]
                todo.append(following)
    return []


def _steps(session: Session, key: int, web: tuple[ConditionType, ...]) -> list[tuple[int, str]]:
    waits = select(Condition.on_id, Condition.type).where(
        Condition.commitment_id == key, Condition.type.in_(web)
    )
    found = [(row.on_id, row.type) for row in session.execute(waits)]
    if ConditionType.TOGETHER not in web:
        return found
    return found + [(other, ConditionType.TOGETHER) for other in with_it(session, key)]


def _names(session: Session, actor: Actor, keys: list[int], now: datetime) -> list[str]:
    seen = visible(COMMITMENTS, actor, now, Commitment.id, Commitment.ref)
    rows = session.execute(seen.where(Commitment.id.in_(keys)))
    names = {row.id: row.ref for row in rows}
    shown = (names.get(key, UNSEEN) for key in keys)
    return [name for name, _more in groupby(shown)]  # nor how many are unseen


def refuse_late_pairs(session: Session, commitment: Commitment) -> None:
    """Raise Invalid when one that this is to begin together with can do so no more."""
    too_late = (
        select(Condition.id)
        .join(Commitment, Commitment.id == Condition.on_id)
        .where(
            Condition.commitment_id == commitment.id,
            Condition.type == ConditionType.TOGETHER,
            Commitment.state.not_in(NOT_BEGUN),
        )
        .limit(at_most(1))
    )
    if session.scalar(too_late) is not None:
        message = N_(
            "The commitment this one starts together with has started, or will not start. "
            "Remove the condition first."
        )
        raise Invalid({"on": message})


def remove_condition(session: Session, actor: Actor, ref: str, key: int, now: datetime) -> None:
    """Take a condition off a draft; raises NotFound when it is none of this draft's."""
    lock(session, ref)
    with transition(session, actor, EDIT, COMMITMENTS, ref, now) as commitment:
        condition = session.get(Condition, key)
        if condition is None or condition.commitment_id != commitment.id:
            raise NotFound(ref)
        session.delete(condition)
        commitment.changed_at = now
