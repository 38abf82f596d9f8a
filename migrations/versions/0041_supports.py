"""Which pledges an organisation declares that it supports."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment, only

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def _to(column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=f"fk_supports_{column}")


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("framework", sa.String(48), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("evidence", sa.String(500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        _to("organisation_id", "organisations"),
        _to("by_id", "people"),
        _to("ended_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_supports"),
    )
    op.create_index("ix_supports_organisation_id", "supports", ["organisation_id"])
    op.create_index("ix_supports_framework_at", "supports", ["framework", "at"])
    op.create_index(
        "uq_supports_current",
        "supports",
        ["organisation_id", "framework"],
        unique=True,
        **only("ended_at IS NULL"),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("supports")
