"""Commitments: what was answered on unintended consequences before one was proposed (decision 0051)."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    answers = sa.Column("consequences", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("commitments", answers)


def downgrade() -> None:
    """Go one step down."""
    op.drop_column("commitments", "consequences")
