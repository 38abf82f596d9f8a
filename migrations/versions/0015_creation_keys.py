"""One-time keys of creating forms."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table('creation_keys',
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('endpoint', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('at', models.base.Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_creation_keys_person_id')),
    sa.PrimaryKeyConstraint('key_hash', name=op.f('pk_creation_keys'))
    )
    with op.batch_alter_table('creation_keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_creation_keys_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_creation_keys_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table('creation_keys', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_creation_keys_person_id'))
        batch_op.drop_index(batch_op.f('ix_creation_keys_at'))

    op.drop_table('creation_keys')
