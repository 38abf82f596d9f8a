"""Completions of units of training, and the days on which courses of others were taken."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "completions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(48), nullable=False),
        sa.Column("text_of", sa.Date(), nullable=True),
        sa.Column("sections", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("completed_at", Moment(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("back", sa.String(48), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_completions_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_completions"),
        sa.UniqueConstraint("ref", name="uq_completions_ref"),
    )
    op.create_index("ix_completions_person_id", "completions", ["person_id"])
    op.create_index("ix_completions_expires_at", "completions", ["expires_at"])
    op.create_index(
        "uq_completions_under_way",
        "completions",
        ["person_id", "unit"],
        unique=True,
        sqlite_where=sa.text("state = 'under-way'"),
        postgresql_where=sa.text("state = 'under-way'"),
    )
    op.create_table(
        "courses_taken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(48), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_courses_taken_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_courses_taken"),
        sa.UniqueConstraint("person_id", "course", name="uq_courses_taken_person_id_course"),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("courses_taken")
    op.drop_table("completions")
