"""What hangs together: the commitments around one, as far as the person may see them.

A commitment that is hidden is never walked through: it shows as one nameless end at each commitment
that waits for it, however many there are, and what lies behind it does not show at all.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, Condition, ConditionType
from portal.access import Actor
from portal.commitments.listed_rows import columns
from portal.commitments.next_moves import Move, next_move
from portal.commitments.tied import tied
from portal.parameters import at_most

MOST = 60


@dataclass(frozen=True)
class Knot:
    """A commitment in the picture: its row, and whose turn it is."""

    row: Any
    move: Move


@dataclass(frozen=True)
class Web:
    """Commitments, and the ties between them: `before`, `after`, sort and days by key.

    In `blind` are the keys of those that wait for something that is not shown.
    """

    knots: dict[int, Knot]
    ties: tuple[Condition, ...]
    blind: frozenset[int]


def web_of(session: Session, actor: Actor, commitment: Commitment, now: datetime) -> Web:
    """The commitments that hang together with this one, in two queries; at most 60."""
    near = select(tied(Commitment.id == commitment.id))
    rows = session.execute(
        select(Condition, Commitment.published_at)
        .join(Commitment, Commitment.id == Condition.commitment_id)
        .where(Condition.commitment_id.in_(near))
        .order_by(Condition.id)
    ).all()
    keys = {key for tie, _at in rows for key in (tie.commitment_id, tie.on_id)} | {commitment.id}
    seen = {row.id: row for row in _visible(session, actor, keys, now)}
    # What a draft of others asks for is not there yet: they have not put it forward.
    ties = [tie for tie, published in rows if published or tie.commitment_id in seen]
    reached = _reached(commitment.id, ties, set(seen))
    shown = tuple(tie for tie in ties if {tie.commitment_id, tie.on_id} <= reached)
    return Web(
        {key: Knot(seen[key], next_move(seen[key])) for key in sorted(reached)},
        shown,
        frozenset(_waits_unseen(ties, reached, set(seen))),
    )


def _visible(session: Session, actor: Actor, keys: set[int], now: datetime) -> Any:
    return session.execute(
        columns(actor.person_id, now).where(Commitment.id.in_(keys)).limit(at_most(4 * MOST))
    )


def _reached(start: int, ties: list[Condition], seen: set[int]) -> set[int]:
    found, todo = {start}, [start]
    while todo and len(found) < MOST:
        key = todo.pop(0)
        for tie in ties:
            if key in (tie.commitment_id, tie.on_id):
                other = tie.on_id if key == tie.commitment_id else tie.commitment_id
                if other in seen and other not in found:
                    found.add(other)
                    todo.append(other)
    return found


def _waits_unseen(ties: list[Condition], reached: set[int], seen: set[int]) -> set[int]:
    waits = {tie.commitment_id for tie in ties if tie.on_id not in seen}
    waits |= {
        tie.on_id
        for tie in ties
        if tie.type == ConditionType.TOGETHER and tie.commitment_id not in seen
    }
    return waits & reached
