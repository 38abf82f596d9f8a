"""Units of training by stewards, their editions, and of which edition a completion is."""

import sqlalchemy as sa
from alembic import op

from migrations.steps import add_words, remove_words
from models.base import Moment

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("summary", sa.String(500), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("lasts", sa.String(8), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("body", "questions", "sources")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("sections", "asked")),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("text_of", sa.Date(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("ref", name="uq_units_ref"),
    )
    op.create_index("ix_units_state_title", "units", ["state", "title"])
    op.create_table(
        "unit_editions",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(500), nullable=False),
        sa.Column("ends_earlier", sa.Boolean(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_unit_editions_unit_id"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_unit_editions_by_id"),
        sa.PrimaryKeyConstraint("unit_id", "number", name="pk_unit_editions"),
    )
    for name in ("edition", "ended_by"):
        op.add_column("completions", sa.Column(name, sa.Integer(), nullable=True))
    op.create_index("ix_completions_unit", "completions", ["unit"])
    add_words("unit_words", "units", ("title", "summary", "body"))


def downgrade() -> None:
    """Go one step down."""
    remove_words("unit_words", "units")
    op.drop_index("ix_completions_unit", "completions")
    for name in ("ended_by", "edition"):
        op.drop_column("completions", name)
    op.drop_table("unit_editions")
    op.drop_table("units")
