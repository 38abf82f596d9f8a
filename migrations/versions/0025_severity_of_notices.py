"""How grave a notice's incident is, whether it goes on, and which report of it this is.

Notices that are there already state none of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NAMES = ("severity", "course", "stage")


def upgrade() -> None:
    """Go one step up."""
    for name in NAMES:
        op.add_column("notices", sa.Column(name, sa.String(length=16), server_default="", nullable=False))


def downgrade() -> None:
    """Go one step down."""
    # Both engines know this sentence; SQLite would otherwise write every notice anew.
    for name in NAMES:
        op.execute(f"ALTER TABLE notices DROP COLUMN {name}")
