"""How often a contact point is checked: every one that there is keeps its quarter, and its day."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

# Until now, and the longest that anybody waits for their hours.
QUARTER, WAIT = timedelta(days=91), timedelta(days=8)
CONTACTS = sa.table(
    "contact_points",
    *(sa.column(name) for name in ("id", "check_every")),
    *(sa.column(name, Moment()) for name in ("published_at", "check_at", "planned_at")),
)
CHECKS = sa.table(
    "contact_checks",
    *(sa.column(name) for name in ("contact_id", "by_id", "round_id")),
    sa.column("asked_at", Moment()),
)


def upgrade() -> None:
    """Go one step up."""
    # In place: a table that others refer to cannot be made anew. Both engines know this sentence.
    op.execute(
        "ALTER TABLE contact_points ADD COLUMN check_every VARCHAR(16) DEFAULT 'quarter' NOT NULL"
        " CONSTRAINT ck_contact_points_known_interval"
        " CHECK (check_every IN ('month', 'quarter', 'half-year', 'year'))"
    )
    op.add_column("contact_points", sa.Column("planned_at", Moment(), nullable=True))
    _count_from_the_last()


def _count_from_the_last() -> None:
    # The system asked it then, or it was published. Whatever was planned otherwise is left unsaid.
    connection = op.get_bind()
    last = (
        sa.select(sa.func.max(CHECKS.c.asked_at, type_=Moment()))
        .where(
            CHECKS.c.contact_id == CONTACTS.c.id,
            CHECKS.c.by_id.is_(None),
            CHECKS.c.round_id.is_(None),
        )
        .scalar_subquery()
    )
    since = sa.func.coalesce(last, CONTACTS.c.published_at, type_=Moment())
    planned = sa.select(CONTACTS.c.id, CONTACTS.c.check_at, since.label("since"))
    for row in connection.execute(planned.where(CONTACTS.c.check_at.is_not(None))).all():
        if row.since is not None and row.check_at <= row.since + QUARTER + WAIT:
            mine = sa.update(CONTACTS).where(CONTACTS.c.id == row.id)
            connection.execute(mine.values(planned_at=row.since))


def downgrade() -> None:
    """Go one step down."""
    for name in ("planned_at", "check_every"):
        op.drop_column("contact_points", name)
