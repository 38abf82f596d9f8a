"""On SQLite, which words begin so: the terms of what is searched newest first (decision 0032, point 25).

These tables hold nothing: they show what the index of words has. PostgreSQL needs none.
"""

from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

SEARCHED = ("notice_words", "commitment_words")


def upgrade() -> None:
    """Go one step up."""
    if op.get_bind().dialect.name == "sqlite":
        for words in SEARCHED:
            op.execute(f"CREATE VIRTUAL TABLE {words}_terms USING fts5vocab({words}, instance)")


def downgrade() -> None:
    """Go one step down."""
    if op.get_bind().dialect.name == "sqlite":
        for words in SEARCHED:
            op.execute(f"DROP TABLE {words}_terms")
