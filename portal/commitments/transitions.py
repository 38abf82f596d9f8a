"""What follows from a change: due days, conditions, and what the system does about them.

Every act on a commitment ends here, in its own transaction, and the jobs come by for what only time
changes. Whoever acts first takes hold of all that hangs together, lowest key first, so that two who
act at once wait for one another instead of missing what the other did.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, bindparam, or_, select, update
from sqlalchemy.orm import Session

from models.commitments import Amendment, Commitment, CommitmentState, Condition, ConditionType
from models.exercises import ExerciseFinding
from models.records import Action
from portal.access import Actor, may
from portal.commitments.dues import look_at_dues, open_next, stops_at
from portal.commitments.index import reindex
from portal.commitments.tied import tied
from portal.days import end_of, ends_a_day, last_day
from portal.ledger import transition
from portal.parameters import KEY, ready
from portal.rules import COMMITMENTS, LAPSE, OPEN_ROUND, OVER, RESUME, START, SUSPEND
from portal.system import the_system

# Ended before both parties had agreed to it.
NEVER_AGREED = (CommitmentState.DECLINED, CommitmentState.LAPSED, CommitmentState.WITHDRAWN)
STOPPED = (CommitmentState.NOT_MET, CommitmentState.RELEASED, *NEVER_AGREED)
ENDED = "ended"
ACCEPTED, IN_FORCE = CommitmentState.ACCEPTED, CommitmentState.IN_FORCE
SUSPENDED, FULFILLED = CommitmentState.SUSPENDED, CommitmentState.FULFILLED


# Built once: asked at each act, and building them takes longer than their answers.
ASKED: Final = Commitment.ref.in_(bindparam("refs", type_=String(), expanding=True))
TOGETHER: Final = ready(select(tied(ASKED)))
LOCKED: Final = ready(
    select(Commitment)
    .where(Commitment.id.in_(TOGETHER))
    .order_by(Commitment.id)
    .with_for_update()
    .execution_options(populate_existing=True)
)
OWN: Final = ready(select(Condition).where(Condition.commitment_id == KEY))
ON_IT: Final = ready(select(Condition).where(Condition.on_id == KEY))
HANGING: Final = ready(select(Condition.commitment_id).where(Condition.on_id == KEY))
WITH_IT: Final = ready(
    select(Condition.commitment_id, Condition.on_id).where(
        Condition.type == ConditionType.TOGETHER,
        or_(Condition.commitment_id == KEY, Condition.on_id == KEY),
    )
)


def lock(session: Session, *refs: str) -> None:
    """Lock the commitments and all that hang on them or that they hang on, lowest key first.

    Somebody may tie more to them while this waits: then all is let go and asked for again, since
    only the whole of it, in its order, makes others wait instead of missing one another.
    """
    asked = {"refs": refs}
    while True:
        with session.begin_nested() as attempt:
            held = {commitment.id for commitment in session.scalars(LOCKED, asked)}
            if held.issuperset(session.scalars(TOGETHER, asked)):
                return
            attempt.rollback()  # to a savepoint: the locks go with it


def settle(session: Session, commitment: Commitment, now: datetime) -> None:
    """Draw the consequences of a change of this commitment, for itself and for what hangs on it."""
    session.flush()
    look_at_dues(session, commitment)
    look_at_conditions(session, commitment)
    turn(session, commitment)
    if commitment.state in OVER:
        _leave_unanswered(session, commitment, now)
        commitment.differ_since = None
    if commitment.state in NEVER_AGREED:
        _give_back(session, commitment)
    session.flush()
    reindex(session, commitment)
    hanging = session.scalars(HANGING, {KEY.key: commitment.id})
    follow(session, [commitment.id, *hanging], now)


def look_at_conditions(session: Session, commitment: Commitment) -> None:
    """Say in each condition of this commitment whether time alone can decide there now."""
    for condition in session.scalars(OWN, {KEY.key: commitment.id}):
        decides = IN_FORCE if condition.type == ConditionType.WHILE else ACCEPTED
        condition.awaited = commitment.state == decides


def _leave_unanswered(session: Session, commitment: Commitment, now: datetime) -> None:
    # What was asked for while it lived has no answer any more.
    asked = Amendment.commitment_id == commitment.id, Amendment.answered_at.is_(None)
    session.execute(update(Amendment).where(*asked).values(answer=ENDED, answered_at=now))


def _give_back(session: Session, commitment: Commitment) -> None:
    # What it was made from is as open as before: it waits again for whoever is to do it.
    for origin in (Action, ExerciseFinding):
        of_it = update(origin).where(origin.commitment_id == commitment.id)
        session.execute(of_it.values(commitment_id=None))


def turn(session: Session, commitment: Commitment) -> None:
    """Say in each condition on this commitment when it decides, as far as that is known."""
    stopped = stops_at(session, commitment)
    for condition in session.scalars(ON_IT, {KEY.key: commitment.id}):
        since = _decides(condition, commitment, stopped)
        condition.turns_at = _days_after(since, condition.days, commitment.zone) if since else None


def _days_after(since: datetime, days: int, zone: str) -> datetime:
    # After the end of a day so many whole days are counted, some of which have 23 or 25 hours.
    if ends_a_day(since, zone):
        return end_of(last_day(since, zone) + timedelta(days=days), zone)
    return since + timedelta(days=days)


def _decides(condition: Condition, other: Commitment, stopped: datetime | None) -> datetime | None:
    if condition.type == ConditionType.AFTER:
        return other.ended_at if other.state == FULFILLED else None
    if condition.type == ConditionType.TOGETHER or other.state == FULFILLED:
        return None
    if other.state in STOPPED:
        return other.ended_at
    if other.state == SUSPENDED:
        return other.suspended_at
    return stopped if other.state == IN_FORCE else None


def follow(session: Session, keys: Sequence[int], now: datetime) -> int:
    """Do what the policy lets the system do now with these commitments; gives back how much."""
    system, done = the_system(session, now), 0
    for key in sorted(set(keys)):
        moved = _together(session, system, key, now)
        for commitment in moved:
            start(session, system, commitment, now)
        for verb, act in ALONE.items():
            if may(session, system, verb, COMMITMENTS, key, now):
                commitment = session.get_one(Commitment, key)
                act(session, system, commitment, now)
                moved.append(commitment)
        for commitment in moved:
            settle(session, commitment, now)
        done += len(moved)
        done += _open_rounds(session, system, key, now)
    return done


def _open_rounds(session: Session, system: Actor, key: int, now: datetime) -> int:
    done, commitment = 0, session.get_one(Commitment, key)
    while may(session, system, OPEN_ROUND, COMMITMENTS, key, now):
        open_round(session, system, commitment, now)
        done += 1
    if done:
        settle(session, commitment, now)
    return done


def _together(session: Session, system: Actor, key: int, now: datetime) -> list[Commitment]:
    # All that begins with it, or nothing: each one accepted and free of what it waits for.
    if not may(session, system, START, COMMITMENTS, key, now):
        return []
    found: dict[int, Commitment] = {}
    todo = [key]
    while todo:
        commitment = session.get_one(Commitment, todo.pop())
        if commitment.id in found or commitment.state != ACCEPTED:
            continue
        found[commitment.id] = commitment
        todo += with_it(session, commitment.id)
    free = all(may(session, system, START, COMMITMENTS, other, now) for other in found)
    return [found[other] for other in sorted(found)] if free else []


def with_it(session: Session, key: int) -> list[int]:
    """Keys of the commitments that begin together with this one, whoever of them asked for it."""
    rows = session.execute(WITH_IT, {KEY.key: key})
    return [other for row in rows for other in row if other != key]


def start(session: Session, system: Actor, commitment: Commitment, now: datetime) -> None:
    """Begin what waits for nothing any more."""
    with transition(session, system, START, COMMITMENTS, commitment.ref, now):
        commitment.began_at = commitment.changed_at = now


def suspend(session: Session, system: Actor, commitment: Commitment, now: datetime) -> None:
    """Suspend what holds only while another is kept, once that is not kept any more."""
    with transition(session, system, SUSPEND, COMMITMENTS, commitment.ref, now):
        commitment.suspended_at = commitment.changed_at = now


def resume(session: Session, system: Actor, commitment: Commitment, now: datetime) -> None:
    """Let what was suspended hold again."""
    with transition(session, system, RESUME, COMMITMENTS, commitment.ref, now):
        commitment.suspended_at, commitment.changed_at = None, now


def lapse(session: Session, system: Actor, commitment: Commitment, now: datetime) -> None:
    """End a proposal that nobody answered in time."""
    with transition(session, system, LAPSE, COMMITMENTS, commitment.ref, now):
        commitment.ended_at = commitment.changed_at = now


def open_round(session: Session, system: Actor, commitment: Commitment, now: datetime) -> None:
    """Open the next round of what recurs."""
    with transition(session, system, OPEN_ROUND, COMMITMENTS, commitment.ref, now):
        open_next(session, commitment)
        look_at_dues(session, commitment)
        commitment.changed_at = now


ALONE: Final = {SUSPEND: suspend, RESUME: resume, LAPSE: lapse}
