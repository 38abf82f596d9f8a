"""What the steward says on every page, and who has closed the tour (decision 0039)."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.add_column("office", sa.Column("banner", sa.String(300), server_default="", nullable=False))
    op.add_column("office", sa.Column("banner_from_at", Moment()))
    op.add_column("office", sa.Column("banner_until_at", Moment()))
    op.add_column("people", sa.Column("toured_at", Moment()))


def downgrade() -> None:
    """Go one step down."""
    # Both engines know this sentence; SQLite would otherwise write the whole table anew.
    op.execute("ALTER TABLE people DROP COLUMN toured_at")
    for name in ("banner_until_at", "banner_from_at", "banner"):
        op.execute(f"ALTER TABLE office DROP COLUMN {name}")
