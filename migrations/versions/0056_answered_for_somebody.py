"""Who answered an invitation for somebody, and for whom somebody objected to minutes."""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

COLUMNS = {"attendees": "by_id", "record_comments": "for_id"}


def upgrade() -> None:
    """Go one step up."""
    # In place: a table that others refer to cannot be made anew. Both engines know this sentence.
    for table, column in COLUMNS.items():
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER"
            f" CONSTRAINT fk_{table}_{column} REFERENCES people (id)"
        )


def downgrade() -> None:
    """Go one step down."""
    for table, column in COLUMNS.items():
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
