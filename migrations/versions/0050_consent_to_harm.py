"""Harm: whether the author of its notice has yet to agree to a wider marking (decision 0051)."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    needed = sa.Column("consent_needed", sa.Boolean(), nullable=False, server_default=sa.false())
    agreed = sa.Column("consented_tlp", sa.String(16), nullable=False, server_default="")
    for column in (sa.Column("asked_at", Moment(), nullable=True), needed, agreed):
        op.add_column("harm", column)


def downgrade() -> None:
    """Go one step down."""
    for name in ("consented_tlp", "consent_needed", "asked_at"):
        op.drop_column("harm", name)
