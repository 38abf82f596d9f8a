"""The audience indexes know by what else a list is sorted: what changed, was said, or is to be acknowledged.

The columns are added as they are, without a new table on SQLite; what they hold comes from the resources.
"""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NO_DAY = "'9999-01-01 00:00:00.000000'"
# Table, and its new columns: what each holds, in SQL.
COLUMNS = (
    (
        "audience",
        {
            "changed_at": "(SELECT changed_at FROM notices WHERE notices.id = notice_id)",
            "acknowledge_by_at": "(SELECT acknowledge_by_at FROM notices WHERE notices.id = notice_id)",
        },
    ),
    (
        "commitment_audience",
        {
            "published_at": "(SELECT published_at FROM commitments WHERE commitments.id = commitment_id)",
            "said_at": "(SELECT max(at) FROM statements WHERE statements.commitment_id"
            " = commitment_audience.commitment_id)",
        },
    ),
)
INDEXES = (
    ("ix_audience_changed", "audience", ("principal", "changed_at", "notice_id")),
    ("ix_audience_deadline", "audience", ("principal", "acknowledge_by_at", "notice_id")),
    ("ix_commitment_audience_said", "commitment_audience", ("principal", "live", "said_at", "commitment_id")),
    ("ix_commitment_audience_newest", "commitment_audience", ("principal", "live", "published_at", "commitment_id")),
)


def upgrade() -> None:
    """Go one step up."""
    no_day = NO_DAY if op.get_bind().dialect.name == "sqlite" else "'9999-01-01 00:00:00+00'"
    for table, columns in COLUMNS:
        for name in columns:
            default = sa.text(no_day)
            op.add_column(table, sa.Column(name, Moment(), nullable=False, server_default=default))
        for name, holds in columns.items():
            op.execute(f"UPDATE {table} SET {name} = {holds} WHERE {holds} IS NOT NULL")
    # Of what nobody has spoken the last word is that it was proposed.
    op.execute(f"UPDATE commitment_audience SET said_at = published_at WHERE said_at = {no_day}")
    for name, table, columns in INDEXES:
        op.create_index(name, table, list(columns))


def downgrade() -> None:
    """Go one step down."""
    for name, table, _columns in INDEXES:
        op.drop_index(name, table)
    for table, columns in COLUMNS:
        for name in columns:
            op.drop_column(table, name)
