"""Units of training that are required before an act."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "requirements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(48), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_requirements_organisation_id"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_requirements_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_requirements"),
    )
    op.create_index(
        "ix_requirements_act_organisation_id", "requirements", ["act", "organisation_id"]
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("requirements")
