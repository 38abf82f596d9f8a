"""Replies by e-mail are kept, clocks of calendars are not; any marking beside Chatham House."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CHECK = "ck_dialogues_open_or_named"
NARROW = "rule = 'open' OR tlp IN ('AMBER+STRICT', 'RED')"
WIDE = "rule IN ('open', 'chatham') OR tlp IN ('AMBER+STRICT', 'RED')"


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "calendar_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", models.base.Moment(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("mail", sa.String(length=64), nullable=False),
        sa.Column("starts_at", models.base.Moment(timezone=True), nullable=True),
        sa.Column("ends_at", models.base.Moment(timezone=True), nullable=True),
        sa.Column("closed_at", models.base.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_calendar_replies_dialogue_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_calendar_replies_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_replies")),
    )
    op.create_index(
        op.f("ix_calendar_replies_dialogue_id_person_id_at"),
        "calendar_replies",
        ["dialogue_id", "person_id", "at"],
    )
    op.create_index(op.f("ix_calendar_replies_person_id"), "calendar_replies", ["person_id"])
    op.drop_column("attendees", "stamped_at")
    _check_anew(NARROW, WIDE)


def downgrade() -> None:
    """Go one step down; what was wider than the older rule allows gets the marking it asks for."""
    op.execute(
        "UPDATE dialogues SET tlp = 'AMBER+STRICT'"
        " WHERE rule = 'chatham' AND tlp NOT IN ('AMBER+STRICT', 'RED')"
    )
    _check_anew(WIDE, NARROW)
    op.add_column(
        "attendees", sa.Column("stamped_at", models.base.Moment(timezone=True), nullable=True)
    )
    op.drop_table("calendar_replies")


def _check_anew(before: str, after: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f(CHECK), "dialogues", type_="check")
        op.create_check_constraint(op.f(CHECK), "dialogues", after)
        return
    # Others refer to the table, so that no new one can be put in its place while foreign keys hold;
    # the text of a check is changed as sqlite.org/lang_altertable.html (section 7) says.
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = replace(sql, :a, :b) WHERE name = 'dialogues'"),
        {"a": before, "b": after},
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
