"""Who follows which resource (decision 0036)."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "follows",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("resource_type", sa.String(32), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("since_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_follows_person_id"),
        sa.PrimaryKeyConstraint("person_id", "resource_type", "resource_id", name="pk_follows"),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("follows")
