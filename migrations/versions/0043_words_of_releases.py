"""Search knows a release by what is left once a second person has confirmed it, never by more.

An index keeps words of rows that were changed until it is made anew: so marked words never go in.
"""

import sqlalchemy as sa
from alembic import op

from migrations.steps import add_words, remove_words

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    remove_words("release_words", "releases")
    op.add_column("releases", sa.Column("searched", sa.Text(), server_default="", nullable=False))
    op.execute(
        "UPDATE releases SET searched = title || ' ' || body"
        " WHERE state IN ('agreeing', 'declined', 'released')"
    )
    add_words("release_words", "releases", ("searched",))


def downgrade() -> None:
    """Go one step down."""
    remove_words("release_words", "releases")
    op.execute("ALTER TABLE releases DROP COLUMN searched")
    add_words("release_words", "releases", ("title", "body"))
