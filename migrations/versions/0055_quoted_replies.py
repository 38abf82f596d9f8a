"""Claims: replies and withdrawals as quoted in the file that a claim was imported from (0051)."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None
TEXTS = (
    ("sort", sa.String(16)),
    ("said_by", sa.String(200)),
    ("tlp", sa.String(16)),
    ("text", sa.Text()),
    ("key", sa.String(36)),
    ("maker", sa.String(36)),
    ("heading", sa.Text()),
    ("written", sa.String(40)),
    ("changed", sa.String(40)),
    ("maker_at", sa.String(40)),
    ("about", sa.Text()),
)


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "quoted_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=True),
        *(sa.Column(name, kind, nullable=False) for name, kind in TEXTS),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_quoted_replies_claim_id_claims"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quoted_replies"),
    )
    op.create_index("ix_quoted_replies_claim_id", "quoted_replies", ["claim_id"])


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("quoted_replies")
