"""Who agreed to minutes that were circulated, for which version and delegation."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "record_agreements",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name="fk_record_agreements_record_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_record_agreements_person_id"),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegations.id"], name="fk_record_agreements_delegation_id"
        ),
        sa.PrimaryKeyConstraint("record_id", "edition", "person_id", name="pk_record_agreements"),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("record_agreements")
