"""Since when the accounts of a commitment differ, and comments on commitments (decision 0036)."""

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

LIVE = "'in-force', 'suspended'"
# The last of each account: its step, and of which milestone it is (0 for the whole).
LAST = """(SELECT {column} FROM statements s WHERE s.commitment_id = commitments.id AND s.type = '{type}'
    ORDER BY s.id DESC LIMIT 1)"""


def upgrade() -> None:
    """Go one step up."""
    op.add_column("commitments", sa.Column("differ_since", Moment(), nullable=True))
    step, of, at = (
        {type_: LAST.format(column=column, type=type_) for type_ in ("report", "finding")}
        for column in ("s.step", "coalesce(s.milestone_id, 0)", "s.at")
    )
    op.execute(
        f"""UPDATE commitments SET differ_since =
            CASE WHEN {at["report"]} > {at["finding"]} THEN {at["report"]} ELSE {at["finding"]} END
        WHERE state IN ({LIVE}) AND {step["report"]} <> {step["finding"]}
            AND (({of["report"]} = 0 AND {step["report"]} = 'full') OR {of["report"]} = {of["finding"]})"""
    )
    op.create_index(
        "ix_commitments_differ",
        "commitments",
        ["differ_since"],
        sqlite_where=sa.text("differ_since IS NOT NULL"),
        postgresql_where=sa.text("differ_since IS NOT NULL"),
    )
    op.create_index("ix_commitments_of_process", "commitments", ["process_id", "state", "due_at"])
    op.create_table(
        "commitment_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_commitment_comments_{column}"))
            for column, of in (
                ("commitment_id", "commitments"),
                ("person_id", "people"),
                ("audience_id", "audience_versions"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_comments")),
    )
    op.create_index(op.f("ix_commitment_comments_commitment_id"), "commitment_comments", ["commitment_id"])


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("commitment_comments")
    op.drop_index("ix_commitments_of_process", "commitments")
    op.drop_index("ix_commitments_differ", "commitments")
    # Both engines know this sentence; SQLite would otherwise write the whole table anew.
    op.get_bind().exec_driver_sql("ALTER TABLE commitments DROP COLUMN differ_since")
