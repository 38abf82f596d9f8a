"""Indexes over what everybody may read of minutes, claims and harm, and over claims in asking."""

from alembic import op

from models.base import only

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TABLES = ("records", "claims", "harm")
OPEN = only("tlp IN ('GREEN', 'CLEAR')")
ASKED = only("state = 'asked'")


def upgrade() -> None:
    """Go one step up."""
    for table in TABLES:
        op.create_index(f"ix_{table}_open", table, ["published_at", "id"], **OPEN)
    op.create_index("ix_claims_asked", "claims", ["reply_by_at"], **ASKED)


def downgrade() -> None:
    """Go one step down."""
    op.drop_index("ix_claims_asked", table_name="claims")
    for table in TABLES:
        op.drop_index(f"ix_{table}_open", table_name=table)
