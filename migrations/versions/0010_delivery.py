"""Who has an e-mail in hand, which could not be delivered, and what is wrong with the mail server."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claimed_by', sa.String(length=32), nullable=True))
        batch_op.create_index('ix_outbox_dead', ['id'], unique=False, sqlite_where=sa.text("outcome = 'dead'"), postgresql_where=sa.text("outcome = 'dead'"))
    op.create_table('mail_faults',
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('stage', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('faults', sa.Integer(), nullable=False),
    sa.Column('began_at', models.base.Moment(timezone=True), nullable=False),
    sa.Column('last_at', models.base.Moment(timezone=True), nullable=False),
    sa.Column('retry_at', models.base.Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_mail_faults'))
    )
    # The jobs are seen by lanes now; the next round says so anew.
    op.execute(sa.text("DELETE FROM heartbeats WHERE name = 'jobs'"))


def downgrade() -> None:
    """Go one step down."""
    op.drop_table('mail_faults')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_dead', sqlite_where=sa.text("outcome = 'dead'"), postgresql_where=sa.text("outcome = 'dead'"))
        batch_op.drop_column('claimed_by')
