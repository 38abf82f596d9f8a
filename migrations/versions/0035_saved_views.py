"""Views of lists and lists of recipients that people saved, and the view a list opens with."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("list", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("query", sa.String(1000), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_saved_views_person_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_saved_views_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
    )
    op.create_index("ix_saved_views_person_id", "saved_views", ["person_id"])
    op.create_index("ix_saved_views_organisation_id", "saved_views", ["organisation_id"])
    op.create_table(
        "default_views",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(40), nullable=False),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_default_views_person_id"),
        sa.ForeignKeyConstraint(["view_id"], ["saved_views.id"], name="fk_default_views_view_id"),
        sa.PrimaryKeyConstraint("person_id", "list", name="pk_default_views"),
    )
    op.create_index("ix_default_views_view_id", "default_views", ["view_id"])
    op.create_table(
        "saved_recipients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_saved_recipients_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_recipients"),
        sa.UniqueConstraint("person_id", "name", name="uq_saved_recipients_person_id_name"),
    )
    op.create_index("ix_saved_recipients_person_id", "saved_recipients", ["person_id"])


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("saved_recipients")
    op.drop_table("default_views")
    op.drop_table("saved_views")
