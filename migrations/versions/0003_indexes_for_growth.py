"""Indexes that keep lists of what is open, and what happened since a time, fast among many rows."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    is_open = sa.text("state = 'open'")
    op.create_index(
        "ix_notices_open",
        "notices",
        ["published_at"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_audit_events_kind_at", "audit_events", ["kind", "at"])


def downgrade() -> None:
    """Go one step down."""
    op.drop_index("ix_audit_events_kind_at", "audit_events")
    op.drop_index("ix_notices_open", "notices")
