"""E-mails whose link answers: the hash of the key that it holds."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.add_column("outbox_emails", sa.Column("key_hash", sa.String(64), nullable=True))
    op.create_index("ix_outbox_emails_key_hash", "outbox_emails", ["key_hash"], unique=True)


def downgrade() -> None:
    """Go one step down."""
    op.drop_index("ix_outbox_emails_key_hash", "outbox_emails")
    op.drop_column("outbox_emails", "key_hash")
