"""Exercises: tabletops with parties, seats, injects, responses, hot-wash notes and findings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.steps import add_recipients, add_words, remove_recipients, remove_words
from models.base import Moment, only

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

LISTED = ("notice_id", "commitment_id", "record_id", "contact_id", "claim_id", "harm_id")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _key(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _at(name: str, *, nullable: bool = True) -> sa.Column[sa.DateTime]:
    return sa.Column(name, Moment(), nullable=nullable)


def _long(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _to(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "exercises",
        _key("id"),
        _text("ref", 16),
        _key("organisation_id"),
        _key("author_id"),
        _text("state", 16),
        _text("tlp", 16),
        _text("title", 220),
        _text("scenario", 32),
        _long("body"),
        _long("aims"),
        _long("guide"),
        _at("starts_at", nullable=False),
        _at("ends_at", nullable=False),
        _text("zone", 64),
        _key("minutes"),
        _key("edition"),
        _at("created_at", nullable=False),
        _at("changed_at", nullable=False),
        _at("published_at"),
        _at("started_at"),
        _at("over_at"),
        _at("ended_at"),
        _text("ended_reason", 500),
        _key("version"),
        _to("exercises", "organisation_id", "organisations"),
        _to("exercises", "author_id", "people"),
        sa.PrimaryKeyConstraint("id", name="pk_exercises"),
        sa.UniqueConstraint("ref", name="uq_exercises_ref"),
    )
    op.create_index("ix_exercises_organisation_id", "exercises", ["organisation_id"])
    op.create_index("ix_exercises_starts", "exercises", ["starts_at", "id"])
    open_to_all = only("tlp IN ('GREEN', 'CLEAR')")
    op.create_index("ix_exercises_open", "exercises", ["published_at", "id"], **open_to_all)
    op.create_index("ix_exercises_over", "exercises", ["over_at"], **only("state = 'over'"))
    _parties_and_seats()
    _injects()
    _after()
    add_recipients("exercise_id", "exercises", LISTED)
    add_words("exercise_words", "exercises", ("title", "body", "aims"))
    add_words("exercise_inject_words", "exercise_injects", ("title", "body"))


def _part(table: str, *columns: sa.Column[Any] | sa.Constraint, **keys: str) -> None:
    # A part of an exercise; `keys` are the columns that name rows of other tables.
    keys = {"exercise_id": "exercises", **keys}
    made = (one for one in columns if isinstance(one, sa.Column))
    rest = (one for one in columns if not isinstance(one, sa.Column))
    op.create_table(
        table,
        _key("id"),
        _key("exercise_id"),
        *made,
        *(_to(table, column, of) for column, of in keys.items()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        *rest,
    )


def _looked_up(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _parties_and_seats() -> None:
    table = "exercise_parties"
    unique = sa.UniqueConstraint("exercise_id", "name", name=f"uq_{table}_exercise_id_name")
    _part(table, _key("number"), _text("name", 80), unique)
    table = "exercise_seats"
    _part(
        table,
        _key("person_id"),
        _text("role", 16),
        _key("party_id", nullable=True),
        _at("since_at", nullable=False),
        sa.UniqueConstraint("exercise_id", "person_id", name=f"uq_{table}_exercise_id_person_id"),
        person_id="people",
        party_id="exercise_parties",
    )
    _looked_up(table, "person_id", "party_id")


def _injects() -> None:
    table = "exercise_injects"
    _part(
        table,
        _text("kind", 16),
        _text("title", 200),
        _long("body"),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        _key("minute", nullable=True),
        _at("due_at"),
        _at("released_at"),
        _key("by_id", nullable=True),
        _key("version"),
        by_id="people",
    )
    _looked_up(table, "exercise_id")
    op.create_index(f"ix_{table}_due", table, ["due_at"], **only("released_at IS NULL"))
    table = "exercise_inject_parties"
    op.create_table(
        table,
        _key("inject_id"),
        _key("party_id"),
        _key("exercise_id"),
        _to(table, "inject_id", "exercise_injects"),
        _to(table, "party_id", "exercise_parties"),
        _to(table, "exercise_id", "exercises"),
        sa.PrimaryKeyConstraint("inject_id", "party_id", name=f"pk_{table}"),
    )
    _looked_up(table, "party_id", "exercise_id")
    table = "exercise_responses"
    _part(
        table,
        _key("inject_id"),
        _key("party_id"),
        _key("by_id"),
        _long("text"),
        _at("at", nullable=False),
        inject_id="exercise_injects",
        party_id="exercise_parties",
        by_id="people",
    )
    _looked_up(table, "exercise_id", "inject_id", "party_id")


def _after() -> None:
    _part(
        "exercise_notes", _key("by_id"), _long("text"), _at("at", nullable=False), by_id="people"
    )
    _looked_up("exercise_notes", "exercise_id")
    _part(
        "exercise_findings",
        _key("by_id"),
        _key("organisation_id"),
        _key("commitment_id", nullable=True),
        _text("text", 300),
        _at("at", nullable=False),
        by_id="people",
        organisation_id="organisations",
        commitment_id="commitments",
    )
    _looked_up("exercise_findings", "exercise_id", "organisation_id", "commitment_id")


def downgrade() -> None:
    """Go one step down."""
    remove_words("exercise_inject_words", "exercise_injects")
    remove_words("exercise_words", "exercises")
    remove_recipients("exercise_id", LISTED)
    op.drop_table("exercise_inject_parties")
    for table in ("exercise_findings", "exercise_notes", "exercise_responses"):
        op.drop_table(table)
    for table in ("exercise_injects", "exercise_seats", "exercise_parties", "exercises"):
        op.drop_table(table)
