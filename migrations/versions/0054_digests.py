"""One e-mail a day instead of single ones: each person's choice, and what was gathered (0055)."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.add_column("people", sa.Column("digest", sa.String(16), nullable=False, server_default="off"))
    op.add_column("people", sa.Column("digest_hour", sa.Integer(), nullable=False, server_default="7"))
    op.add_column("outbox_emails", sa.Column("digest_id", sa.Integer(), nullable=True))
    op.create_index("ix_outbox_emails_digest_id", "outbox_emails", ["digest_id"])


def downgrade() -> None:
    """Go one step down: what was gathered and not sent yet goes out by itself again."""
    run = op.get_bind()
    run.exec_driver_sql(
        "UPDATE outbox_emails SET closed_at = NULL, outcome = NULL WHERE outcome = 'gathered'"
        " AND digest_id IN (SELECT id FROM outbox_emails WHERE template = 'digest' AND closed_at IS NULL)"
    )
    run.exec_driver_sql("DELETE FROM outbox_emails WHERE template = 'digest'")
    op.drop_index("ix_outbox_emails_digest_id", "outbox_emails")
    run.exec_driver_sql("ALTER TABLE outbox_emails DROP COLUMN digest_id")
    run.exec_driver_sql("ALTER TABLE people DROP COLUMN digest_hour")
    run.exec_driver_sql("ALTER TABLE people DROP COLUMN digest")
