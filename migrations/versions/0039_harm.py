"""Harm: what happened to whom, with amounts of which each part may be unknown."""

import sqlalchemy as sa
from alembic import op

from migrations.steps import add_recipients, add_words, remove_recipients, remove_words
from models.base import Moment

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

LISTED = ("notice_id", "commitment_id", "record_id", "contact_id", "claim_id")
SEARCHED = ("title", "who", "service", "body")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _key(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _to(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "harm",
        _key("id"),
        _text("ref", 16),
        _key("organisation_id"),
        _key("author_id"),
        _text("state", 16),
        _text("tlp", 16),
        sa.Column("cited", sa.Boolean(), nullable=False),
        _text("title", 200),
        _text("category", 32),
        _text("who", 200),
        _text("country", 2),
        _text("sector", 32),
        _text("service", 200),
        _text("reached_as", 16),
        _text("intended", 16),
        _text("intended_by", 200),
        _text("from_on", 10),
        _text("until_on", 10),
        sa.Column("lower", sa.BigInteger(), nullable=True),
        sa.Column("best", sa.BigInteger(), nullable=True),
        sa.Column("upper", sa.BigInteger(), nullable=True),
        _text("unit", 80),
        _text("currency", 3),
        _key("year", nullable=True),
        sa.Column("holds_others", sa.Boolean(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _key("notice_id", nullable=True),
        _text("said_by", 200),
        _text("said_on", 10),
        _text("source_title", 300),
        _text("source_url", 500),
        _text("verified", 16),
        _key("edition"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        _text("ended_reason", 500),
        _key("version"),
        _to("harm", "organisation_id", "organisations"),
        _to("harm", "author_id", "people"),
        _to("harm", "notice_id", "notices"),
        sa.PrimaryKeyConstraint("id", name="pk_harm"),
        sa.UniqueConstraint("ref", name="uq_harm_ref"),
    )
    for column in ("organisation_id", "notice_id"):
        op.create_index(f"ix_harm_{column}", "harm", [column])
    op.create_index("ix_harm_changed", "harm", ["changed_at", "id"])
    op.create_table(
        "harm_versions",
        _key("harm_id"),
        _key("number"),
        _key("by_id"),
        sa.Column("at", Moment(), nullable=False),
        _text("why", 500),
        sa.Column("text", sa.JSON(), nullable=False),
        _to("harm_versions", "harm_id", "harm"),
        _to("harm_versions", "by_id", "people"),
        sa.PrimaryKeyConstraint("harm_id", "number", name="pk_harm_versions"),
    )
    add_recipients("harm_id", "harm", LISTED)
    add_words("harm_words", "harm", SEARCHED)


def downgrade() -> None:
    """Go one step down."""
    remove_words("harm_words", "harm")
    remove_recipients("harm_id", LISTED)
    op.drop_table("harm_versions")
    op.drop_table("harm")
