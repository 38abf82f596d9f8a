"""When recipients of a notice were last reminded by hand to acknowledge it."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "receipt_reminders",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reminded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name="fk_receipt_reminders_notice_id"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_receipt_reminders_person_id"
        ),
        sa.PrimaryKeyConstraint("notice_id", "person_id", name="pk_receipt_reminders"),
    )
    op.create_index("ix_receipt_reminders_person_id", "receipt_reminders", ["person_id"])


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("receipt_reminders")
