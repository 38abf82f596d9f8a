"""Alternates for the work of one role of whoever is away (decision 0050).

On the way down those that have not ended do so: without its role each would be for everything.
"""

from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

ALONE = "CONSTRAINT ck_alternates_role_alone CHECK (role = '' OR (process_id IS NULL AND purpose = ''))"


def upgrade() -> None:
    """Go one step up."""
    # In place, with its check, which goes with the column: both engines know this sentence.
    op.execute(f"ALTER TABLE alternates ADD COLUMN role VARCHAR(16) DEFAULT '' NOT NULL {ALONE}")


def downgrade() -> None:
    """Go one step down."""
    live = "state IN ('declared', 'accepted')"
    op.execute(f"UPDATE alternates SET state = 'ended' WHERE role <> '' AND {live}")
    op.execute("ALTER TABLE alternates DROP COLUMN role")
