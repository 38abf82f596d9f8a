"""Claims: who says what about whom, their versions, and replies of those whom they name."""

import sqlalchemy as sa
from alembic import op

from migrations.steps import add_recipients, add_words, remove_recipients, remove_words
from models.base import Moment

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

LISTED = ("notice_id", "commitment_id", "record_id", "contact_id")
SEARCHED = ("title", "claimant", "about", "body")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _key(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _to(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "claims",
        _key("id"),
        _text("ref", 16),
        _key("organisation_id"),
        _key("author_id"),
        _text("state", 16),
        _text("tlp", 16),
        _text("title", 200),
        _text("stance", 16),
        _key("answers_id", nullable=True),
        _key("notice_id", nullable=True),
        _text("claimant", 200),
        _text("about_sort", 16),
        _text("about", 200),
        _key("about_id", nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        _text("form", 32),
        _text("said_on", 10),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        _text("scale", 40),
        _text("confidence", 40),
        _text("responsibility", 40),
        sa.Column("alternatives", sa.Text(), nullable=False),
        sa.Column("considerations", sa.JSON(), nullable=False),
        sa.Column("norms", sa.JSON(), nullable=False),
        _text("source_title", 300),
        _text("source_publisher", 200),
        _text("source_on", 10),
        _text("source_url", 500),
        _text("verified", 16),
        sa.Column("asked_at", Moment(), nullable=True),
        sa.Column("reply_by_at", Moment(), nullable=True),
        _text("reply_by_zone", 64),
        sa.Column("consent_needed", sa.Boolean(), nullable=False),
        _text("consented_tlp", 16),
        _key("edition"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        _text("ended_reason", 500),
        _key("version"),
        _to("claims", "organisation_id", "organisations"),
        _to("claims", "author_id", "people"),
        _to("claims", "answers_id", "claims"),
        _to("claims", "notice_id", "notices"),
        _to("claims", "about_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.UniqueConstraint("ref", name="uq_claims_ref"),
    )
    for column in ("organisation_id", "answers_id", "notice_id", "about_id"):
        op.create_index(f"ix_claims_{column}", "claims", [column])
    op.create_index("ix_claims_changed", "claims", ["changed_at", "id"])
    op.create_index("ix_claims_said", "claims", ["said_at", "id"])
    op.create_table(
        "claim_versions",
        _key("claim_id"),
        _key("number"),
        _key("by_id"),
        sa.Column("at", Moment(), nullable=False),
        _text("why", 500),
        sa.Column("text", sa.JSON(), nullable=False),
        _to("claim_versions", "claim_id", "claims"),
        _to("claim_versions", "by_id", "people"),
        sa.PrimaryKeyConstraint("claim_id", "number", name="pk_claim_versions"),
    )
    op.create_table(
        "claim_replies",
        _key("id"),
        _key("claim_id"),
        _key("organisation_id"),
        _key("by_id"),
        _key("edition"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _to("claim_replies", "claim_id", "claims"),
        _to("claim_replies", "organisation_id", "organisations"),
        _to("claim_replies", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_claim_replies"),
    )
    op.create_index("ix_claim_replies_claim_id", "claim_replies", ["claim_id"])
    add_recipients("claim_id", "claims", LISTED)
    add_words("claim_words", "claims", SEARCHED)


def downgrade() -> None:
    """Go one step down."""
    remove_words("claim_words", "claims")
    remove_recipients("claim_id", LISTED)
    op.drop_table("claim_replies")
    op.drop_table("claim_versions")
    op.drop_table("claims")
