"""Releases: public texts with those who are asked about them, and what was released."""

import sqlalchemy as sa
from alembic import op

from migrations.steps import add_words, remove_words
from models.base import Moment

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

SEARCHED = ("title", "body")
SOURCES = {
    "notice_id": "notices",
    "claim_id": "claims",
    "harm_id": "harm",
    "record_id": "records",
}


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _key(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _at(name: str, *, nullable: bool = True) -> sa.Column[sa.DateTime]:
    return sa.Column(name, Moment(), nullable=nullable)


def _to(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "releases",
        _key("id"),
        _text("ref", 16),
        _key("organisation_id"),
        _key("author_id"),
        _text("state", 16),
        _text("tlp", 16),
        _text("title", 200),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("marked_words", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        *(_key(column, nullable=True) for column in SOURCES),
        _key("source_edition"),
        _text("why", 500),
        _text("digest", 64),
        _at("asked_at"),
        _at("cool_until_at"),
        _key("edition"),
        _at("created_at", nullable=False),
        _at("changed_at", nullable=False),
        _at("published_at"),
        _at("ended_at"),
        _text("ended_reason", 500),
        _key("version"),
        _to("releases", "organisation_id", "organisations"),
        _to("releases", "author_id", "people"),
        *(_to("releases", column, of) for column, of in SOURCES.items()),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
        sa.UniqueConstraint("ref", name="uq_releases_ref"),
    )
    for column in ("organisation_id", *SOURCES):
        op.create_index(f"ix_releases_{column}", "releases", [column])
    for name in ("changed", "published"):
        op.create_index(f"ix_releases_{name}", "releases", [f"{name}_at", "id"])
    _parties()
    _versions()
    add_words("release_words", "releases", SEARCHED)


def _parties() -> None:
    table, keys = "release_parties", ("release_id", "part")
    op.create_table(
        table,
        _key("id"),
        _key("release_id"),
        _key("organisation_id", nullable=True),
        _key("person_id", nullable=True),
        _text("part", 16),
        sa.Column("required", sa.Boolean(), nullable=False),
        _text("answer", 16),
        _text("digest", 64),
        sa.Column("text", sa.Text(), nullable=False),
        _key("by_id", nullable=True),
        _at("at"),
        _to(table, "release_id", "releases"),
        _to(table, "organisation_id", "organisations"),
        _to(table, "person_id", "people"),
        _to(table, "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *(
            sa.UniqueConstraint(*keys, who, name=f"uq_{table}_release_id_part_{who}")
            for who in ("organisation_id", "person_id")
        ),
    )
    for column in ("release_id", "organisation_id", "person_id"):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _versions() -> None:
    table = "release_versions"
    op.create_table(
        table,
        _key("release_id"),
        _key("number"),
        _at("at", nullable=False),
        _text("why", 500),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("as_json", sa.LargeBinary(), nullable=False),
        sa.Column("as_stix", sa.LargeBinary(), nullable=False),
        _text("json_sha256", 64),
        _text("stix_sha256", 64),
        _to(table, "release_id", "releases"),
        sa.PrimaryKeyConstraint("release_id", "number", name=f"pk_{table}"),
    )
    for name in ("json_sha256", "stix_sha256"):
        op.create_index(f"ix_{table}_{name}", table, [name])


def downgrade() -> None:
    """Go one step down."""
    remove_words("release_words", "releases")
    op.drop_table("release_versions")
    op.drop_table("release_parties")
    op.drop_table("releases")
