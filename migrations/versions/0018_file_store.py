"""Which folder holds the attachments."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table('file_store',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('identity', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_file_store'))
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table('file_store')
