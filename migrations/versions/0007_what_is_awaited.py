"""Indexes of what is due and of what waits hold nothing that is over, and know whose it is.

The columns are added as they are, without a new table on SQLite: others refer to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OVER = "('fulfilled', 'not-met', 'released', 'declined', 'lapsed', 'withdrawn')"
OF = "(SELECT state FROM commitments WHERE commitments.id = commitment_id)"
# Name, table, column, and which rows it is over.
AWAITED = (
    ("ix_milestones_due", "milestones", "due_at", "met_at IS NULL"),
    (
        "ix_milestones_reported",
        "milestones",
        "reported_at",
        "met_at IS NULL AND reported_at IS NOT NULL",
    ),
    ("ix_conditions_after", "conditions", "turns_at", "sort = 'after'"),
    ("ix_conditions_while", "conditions", "turns_at", "sort = 'while'"),
)
DRAFTS, ASKED = "ix_commitments_drafts", "ix_commitments_asked"


def upgrade() -> None:
    """Go one step up."""
    for table, first in (("milestones", sa.true()), ("conditions", sa.false())):
        column = sa.Column("awaited", sa.Boolean(), nullable=False, server_default=first)
        op.add_column(table, column)
    op.execute(f"UPDATE milestones SET awaited = false WHERE {OF} IN {OVER}")
    op.execute(
        f"UPDATE conditions SET awaited = true WHERE (sort = 'while' AND {OF} = 'in-force')"
        f" OR (sort <> 'while' AND {OF} = 'accepted')"
    )
    _make_again(" AND awaited = 1", " AND awaited")
    op.drop_index(DRAFTS, "commitments")
    _make(DRAFTS, "commitments", ["organisation_id", "changed_at"], "state = 'draft'")
    _make(ASKED, "commitments", ["asked_id", "answer_by_at"], "state = 'proposed'")


def downgrade() -> None:
    """Go one step down."""
    op.drop_index(ASKED, "commitments")
    op.drop_index(DRAFTS, "commitments")
    _make(DRAFTS, "commitments", ["changed_at"], "state = 'draft'")
    _make_again("", "")
    for table in ("milestones", "conditions"):
        op.drop_column(table, "awaited")


def _make_again(sqlite: str, postgresql: str) -> None:
    for name, table, column, rows in AWAITED:
        op.drop_index(name, table)
        _make(name, table, [column], rows + sqlite, rows + postgresql)


def _make(name: str, table: str, columns: list[str], rows: str, postgresql: str = "") -> None:
    where = {"sqlite_where": sa.text(rows), "postgresql_where": sa.text(postgresql or rows)}
    op.create_index(name, table, columns, **where)
