"""Alternates: who acts for whom, from when until when, for what (decision 0050)."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment, only

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

KEYS = ("organisation_id", "for_id", "person_id", "process_id", "declared_by_id", "ended_by_id")
PEOPLE = ("for_id", "person_id", "declared_by_id", "ended_by_id")


def _table_of(key: str) -> str:
    return "people" if key in PEOPLE else {"organisation_id": "organisations"}.get(key, "processes")


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "alternates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("for_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(16), nullable=False, server_default=""),
        sa.Column("red", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("nights", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("begins_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("for_id <> person_id", name="two_people"),
        sa.CheckConstraint("begins_at < ends_at", name="in_order"),
        sa.CheckConstraint("process_id IS NULL OR purpose = ''", name="one_scope"),
        *(sa.ForeignKeyConstraint([key], [f"{_table_of(key)}.id"], name=f"fk_alternates_{key}") for key in KEYS),
        sa.PrimaryKeyConstraint("id", name="pk_alternates"),
        sa.UniqueConstraint("ref", name="uq_alternates_ref"),
    )
    for key in KEYS[:3]:
        op.create_index(f"ix_alternates_{key}", "alternates", [key])
    op.create_index(
        "ix_alternates_in_force", "alternates", ["for_id", "person_id"], **only("state = 'accepted'")
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("alternates")
