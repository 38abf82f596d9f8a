"""Who held a contact point from when until when; of those named before it is not known since when."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

CONTACTS = sa.table("contact_points", sa.column("id"), sa.column("person_id"))
HOLDERS = sa.table("contact_holders", sa.column("contact_id"), sa.column("person_id"))


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "contact_holders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since_at", Moment(), nullable=True),
        sa.Column("until_at", Moment(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact_points.id"], name="fk_contact_holders_contact_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_contact_holders_person_id"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_contact_holders_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_holders"),
    )
    op.create_index("ix_contact_holders_contact_id", "contact_holders", ["contact_id"])
    held = sa.select(CONTACTS.c.id, CONTACTS.c.person_id).where(CONTACTS.c.person_id.is_not(None))
    op.execute(sa.insert(HOLDERS).from_select(["contact_id", "person_id"], held))


def downgrade() -> None:
    """Go one step down."""
    op.drop_index("ix_contact_holders_contact_id", "contact_holders")
    op.drop_table("contact_holders")
