"""Self-checks of digital risk: one respondent each, answers sealed."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "self_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("completed_at", Moment(), nullable=True),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("look_again_at", Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_self_checks_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_self_checks"),
        sa.UniqueConstraint("ref", name="uq_self_checks_ref"),
    )
    op.create_index("ix_self_checks_person_id", "self_checks", ["person_id"])
    op.create_index("ix_self_checks_look_again_at", "self_checks", ["look_again_at"])
    op.create_index(
        "uq_self_checks_open",
        "self_checks",
        ["person_id", "scope"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("self_checks")
