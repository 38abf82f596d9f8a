"""The day of a commitment is that of its next report: what is reported in full is not overdue.

Until now it was the earliest day that was not met, so that who had reported in time stood as late
until the verifier came.
"""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

COMMITMENTS = sa.table("commitments", sa.column("id"), sa.column("due_at", Moment()))
MILESTONES = sa.table(
    "milestones",
    sa.column("commitment_id"),
    *(sa.column(name, Moment()) for name in ("due_at", "reported_at", "met_at")),
)
INDEX = sa.table(
    "commitment_audience",
    *(sa.column(name) for name in ("commitment_id", "live")),
    sa.column("turns_at", Moment()),
)
UNMET = (MILESTONES.c.commitment_id == COMMITMENTS.c.id, MILESTONES.c.met_at.is_(None))
REPORTED = sa.exists().where(*UNMET, MILESTONES.c.reported_at.is_not(None))


def _earliest(*narrowing: sa.ColumnElement[bool]) -> sa.ScalarSelect[object]:
    days = sa.select(sa.func.min(MILESTONES.c.due_at, type_=Moment())).where(*UNMET, *narrowing)
    return days.correlate(COMMITMENTS).scalar_subquery()


def upgrade() -> None:
    """Go one step up."""
    next_report = _earliest(MILESTONES.c.reported_at.is_(None))
    op.execute(sa.update(COMMITMENTS).where(REPORTED).values(due_at=next_report))
    _move_in_the_index()


def downgrade() -> None:
    """Go one step down."""
    op.execute(sa.update(COMMITMENTS).where(REPORTED).values(due_at=_earliest()))
    _move_in_the_index()


def _move_in_the_index() -> None:
    # One without a day keeps its place.
    day = sa.select(COMMITMENTS.c.due_at).where(COMMITMENTS.c.id == INDEX.c.commitment_id)
    moved = sa.select(COMMITMENTS.c.id).where(REPORTED, COMMITMENTS.c.due_at.is_not(None))
    rows = sa.update(INDEX).where(INDEX.c.live, INDEX.c.commitment_id.in_(moved))
    op.execute(rows.values(turns_at=day.correlate(INDEX).scalar_subquery()))
