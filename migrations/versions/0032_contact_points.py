"""Contact points of organisations, their recipients and words, and whether they are reviewed."""

import sqlalchemy as sa
from alembic import op

from migrations.steps import add_recipients, add_words, remove_recipients, remove_words
from models.base import Moment

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

BEFORE = ("notice_id", "commitment_id", "record_id")
TEXTS = (
    ("state", 16), ("tlp", 16), ("purpose", 16), ("label", 120), ("constituency", 500),
    ("authority", 16), ("email", 254), ("second_email", 254), ("phone_any_hour", 40),
    ("channels", 500), ("openpgp", 64), ("smime", 64), ("zone", 64), ("verified_how", 16),
)  # fmt: skip
KEYS = (
    ("organisation_id", "organisations", False), ("author_id", "people", False),
    ("person_id", "people", True), ("verified_by_id", "people", True),
)  # fmt: skip
TIMES = (
    ("created_at", False), ("changed_at", False), ("published_at", True), ("verified_at", True),
    ("stale_at", True),
)  # fmt: skip


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "contact_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=optional) for name, _of, optional in KEYS),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in TEXTS),
        sa.Column("phones", sa.JSON(), nullable=False),
        sa.Column("round_the_clock", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        *(sa.Column(name, Moment(), nullable=optional) for name, optional in TIMES),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{of}.id"], name=f"fk_contact_points_{name}")
            for name, of, _optional in KEYS
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact_points"),
        sa.UniqueConstraint("ref", name="uq_contact_points_ref"),
    )
    for name in ("organisation_id", "person_id"):
        op.create_index(f"ix_contact_points_{name}", "contact_points", [name])
    op.create_index("ix_contact_points_changed", "contact_points", ["changed_at", "id"])
    current = sa.text("state = 'current'")
    op.create_index(
        "ix_contact_points_stale",
        "contact_points",
        ["stale_at"],
        sqlite_where=current,
        postgresql_where=current,
    )
    add_recipients("contact_id", "contact_points", BEFORE)
    add_words("contact_words", "contact_points", ("label", "constituency", "note"))
    op.add_column(
        "organisations",
        sa.Column("reviews_contacts", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_column("organisations", "reviews_contacts")
    remove_words("contact_words", "contact_points")
    remove_recipients("contact_id", BEFORE)
    op.drop_table("contact_points")
