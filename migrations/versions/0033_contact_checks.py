"""Liveness checks of contact points."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ADDED = ("check_at", "checked_at", "answered_at")


def upgrade() -> None:
    """Go one step up."""
    for name in ADDED:
        op.add_column("contact_points", sa.Column(name, Moment(), nullable=True))
    op.create_index("ix_contact_points_check_at", "contact_points", ["check_at"])
    op.create_table(
        "contact_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("exercise", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answer_by_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("passed_at", Moment(), nullable=True),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact_points.id"], name="fk_contact_checks_contact_id"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["contact_checks.id"], name="fk_contact_checks_round_id"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_contact_checks_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_checks"),
        sa.UniqueConstraint("key_hash", name="uq_contact_checks_key_hash"),
    )
    for name in ("contact_id", "round_id"):
        op.create_index(f"ix_contact_checks_{name}", "contact_checks", [name])
    waiting = sa.text("answered_at IS NULL AND passed_at IS NULL")
    op.create_index(
        "uq_contact_checks_open",
        "contact_checks",
        ["contact_id"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("contact_checks")
    op.drop_index("ix_contact_points_check_at", "contact_points")
    for name in reversed(ADDED):
        op.drop_column("contact_points", name)
