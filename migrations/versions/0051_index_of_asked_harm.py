"""Harm: an index of what waits for the author of its notice."""

from alembic import op

from models.base import only

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_index("ix_harm_asked", "harm", ["asked_at"], **only("state = 'asked'"))


def downgrade() -> None:
    """Go one step down."""
    op.drop_index("ix_harm_asked", "harm")
