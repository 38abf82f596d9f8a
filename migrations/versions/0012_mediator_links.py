"""Links that mediators make between a notice and a norm or a process."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table('mediator_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('notice_id', sa.Integer(), nullable=False),
    sa.Column('norm', sa.String(length=48), nullable=True),
    sa.Column('process_id', sa.Integer(), nullable=True),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', models.base.Moment(timezone=True), nullable=False),
    sa.CheckConstraint('(CASE WHEN norm IS NULL THEN 0 ELSE 1 END) + (CASE WHEN process_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_mediator_links_one_of_two')),
    sa.ForeignKeyConstraint(['body_id'], ['organisations.id'], name=op.f('fk_mediator_links_body_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_mediator_links_by_id')),
    sa.ForeignKeyConstraint(['notice_id'], ['notices.id'], name=op.f('fk_mediator_links_notice_id')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_mediator_links_process_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mediator_links')),
    sa.UniqueConstraint('norm', 'notice_id', 'body_id', name=op.f('uq_mediator_links_norm_notice_id_body_id')),
    sa.UniqueConstraint('process_id', 'notice_id', name=op.f('uq_mediator_links_process_id_notice_id'))
    )
    with op.batch_alter_table('mediator_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mediator_links_notice_id'), ['notice_id'], unique=False)


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table('mediator_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mediator_links_notice_id'))

    op.drop_table('mediator_links')
