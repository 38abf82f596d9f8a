"""What is typed into a form and not saved yet."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "autosaves",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("homes", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", models.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_autosaves_person_id")),
        sa.PrimaryKeyConstraint("person_id", "form", name=op.f("pk_autosaves")),
    )
    op.create_index(op.f("ix_autosaves_at"), "autosaves", ["at"])


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("autosaves")
