"""What a dialogue asks of its participants before it: a self-check, a unit of training."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    asks_check = sa.Column("asks_check", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("dialogues", asks_check)
    asks_unit = sa.Column("asks_unit", sa.String(48), nullable=False, server_default="")
    op.add_column("dialogues", asks_unit)


def downgrade() -> None:
    """Go one step down."""
    op.drop_column("dialogues", "asks_unit")
    op.drop_column("dialogues", "asks_check")
