"""Recipient lists: each line in one small index by whom it names, and no longer in thirty.

A line names one resource and one of four sorts of addressee. Each of the 32 pairs had a constraint over all
lines, so that each line stood in every one of them, and what names somebody was looked for among
the lines of all nouns.
"""

from alembic import op

from migrations.steps import ADDRESSED, index_lists

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

LISTED = (
    "notice_id",
    "commitment_id",
    "record_id",
    "contact_id",
    "claim_id",
    "harm_id",
    "exercise_id",
    "audience_id",
)


def upgrade() -> None:
    """Go one step up."""
    with op.batch_alter_table("recipients") as batch:
        for column in LISTED:
            for who in ADDRESSED:
                batch.drop_constraint(batch.f(f"uq_recipients_{column}_{who}"), type_="unique")
    for column in LISTED:
        index_lists(column)


def downgrade() -> None:
    """Go one step down."""
    for column in LISTED:
        for who in ADDRESSED:
            op.drop_index(f"uq_recipients_{who}_{column}", "recipients")
    with op.batch_alter_table("recipients") as batch:
        for column in LISTED:
            for who in ADDRESSED:
                name = batch.f(f"uq_recipients_{column}_{who}")
                batch.create_unique_constraint(name, [column, who])
