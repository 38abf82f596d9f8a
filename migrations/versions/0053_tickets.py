"""An organisation's own ticket number on records that it reads (decision 0055)."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "tickets",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("folded", sa.String(120), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_tickets_organisation_id"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_tickets_by_id"),
        sa.PrimaryKeyConstraint("organisation_id", "ref", name="pk_tickets"),
    )
    op.create_index("ix_tickets_ref", "tickets", ["ref"])
    op.create_index("ix_tickets_folded", "tickets", ["folded"])


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("tickets")
