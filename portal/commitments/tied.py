"""Which commitments hang together by conditions, however many lie between them."""

from typing import Any

from sqlalchemy import ColumnElement, case, or_, select

from models.commitments import Commitment, Condition


def tied(first: ColumnElement[bool]) -> Any:
    """The keys of these commitments and of all that hang together with them, as a column.

    The other end of a condition stands in its own row. Joined with commitments, PostgreSQL would
    read them all.
    """
    keys = select(Commitment.id.label("id")).where(first).cte(recursive=True)
    along = or_(Condition.commitment_id == keys.c.id, Condition.on_id == keys.c.id)
    other = case((Condition.on_id == keys.c.id, Condition.commitment_id), else_=Condition.on_id)
    further = select(other).select_from(keys).join(Condition, along)
    return keys.union(further).c.id
