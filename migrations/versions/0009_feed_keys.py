"""Keys of personal calendar feeds."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table('feed_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', models.base.Moment(timezone=True), nullable=False),
    sa.Column('revoked_at', models.base.Moment(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_feed_keys_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_keys')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_feed_keys_key_hash'))
    )
    with op.batch_alter_table('feed_keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feed_keys_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_feed_keys_good', ['person_id'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table('feed_keys', schema=None) as batch_op:
        batch_op.drop_index('uq_feed_keys_good', sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_feed_keys_person_id'))

    op.drop_table('feed_keys')
