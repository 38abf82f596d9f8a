"""Offers: nobody becomes a member, client or group member before they have accepted.

Invitations that nobody has accepted yet become offers: the memberships and platform roles that
they were to give are taken from the tables of what holds, and come back on the way down. Keys in
e-mails already sent stay good. Exceptions count from the day the resource was begun.
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from models.base import Moment, new_reference

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

DAYS = 14
RESOURCES = {'notice_id': 'notices', 'commitment_id': 'commitments', 'record_id': 'records'}


def _one_of(*columns: str) -> str:
    return " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in columns) + " = 1"


def upgrade() -> None:
    """Go one step up."""
    _make_table()
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('offer_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_invitations_offer_id'), 'offers', ['offer_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_invitations_offer_id'), ['offer_id'])
    op.add_column('recipients', sa.Column('excepted_since', Moment(), nullable=True))
    _since()
    _pending_become_offers()


def _make_table() -> None:
    op.create_table('offers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=16), nullable=False),
    sa.Column('tie', sa.String(length=16), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(length=16), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('to_organisation_id', sa.Integer(), nullable=True),
    sa.Column('same_as', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('expires_at', Moment(), nullable=False),
    sa.Column('answered_at', Moment(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint(_one_of('person_id', 'to_organisation_id'), name=op.f('ck_offers_one_of_two')),
    sa.CheckConstraint("(tie = 'group') = (group_id IS NOT NULL)", name=op.f('ck_offers_group_alone')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_offers_organisation_id')),
    sa.ForeignKeyConstraint(['group_id'], ['sharing_groups.id'], name=op.f('fk_offers_group_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_offers_person_id')),
    sa.ForeignKeyConstraint(['to_organisation_id'], ['organisations.id'], name=op.f('fk_offers_to_organisation_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_offers_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offers')),
    sa.UniqueConstraint('ref', name=op.f('uq_offers_ref')),
    )
    for name in ('organisation_id', 'group_id', 'person_id', 'to_organisation_id'):
        op.create_index(op.f(f'ix_offers_{name}'), 'offers', [name])
    is_open = sa.text("state = 'offered'")
    op.create_index('uq_offers_open', 'offers', ['same_as'], unique=True, sqlite_where=is_open, postgresql_where=is_open)


def _since() -> None:
    for column, table in RESOURCES.items():
        began = f"(SELECT created_at FROM {table} WHERE {table}.id = recipients.{column})"
        op.execute(f"UPDATE recipients SET excepted_since = {began} WHERE excepted AND {column} IS NOT NULL")
        began = f"(SELECT r.created_at FROM {table} r JOIN audience_versions v ON v.{column} = r.id WHERE v.id = recipients.audience_id)"
        op.execute(f"UPDATE recipients SET excepted_since = {began} WHERE excepted AND audience_id IN (SELECT id FROM audience_versions WHERE {column} IS NOT NULL)")


PEOPLE = sa.table('people', *(sa.column(name) for name in ('id', 'name', 'email', 'email_key', 'state')))
KEYS = sa.table('invitations', *(sa.column(name, type_) for name, type_ in (
    ('id', sa.Integer), ('person_id', sa.Integer), ('offer_id', sa.Integer), ('created_at', Moment()), ('expires_at', Moment()),
    ('accepted_at', Moment()), ('revoked_at', Moment()),
)))
OUTBOX = sa.table('outbox', *(sa.column(name) for name in ('id', 'person_id', 'kind', 'letter', 'matter_id', 'closed_at', 'outcome')))
OFFERS = sa.table('offers', *(sa.column(name, type_) for name, type_ in (
    ('id', sa.Integer), ('ref', sa.String), ('tie', sa.String), ('organisation_id', sa.Integer), ('role', sa.String), ('name', sa.String),
    ('email', sa.String), ('person_id', sa.Integer), ('same_as', sa.Text), ('by_id', sa.Integer), ('state', sa.String),
    ('created_at', Moment()), ('expires_at', Moment()), ('version', sa.Integer),
)))


def _ties(table, organisation) -> sa.TableClause:
    more = ('organisation_id',) if organisation else ()
    return sa.table(table, *(sa.column(name) for name in ('id', 'person_id', 'role', *more)), sa.column('begins_at', Moment()), sa.column('ends_at', Moment()))


TIES = (('member', _ties('memberships', True)), ('office', _ties('appointments', False)))


def _pending_become_offers() -> None:
    database = op.get_bind()
    for tie, held in TIES:
        rows = database.execute(sa.select(held, PEOPLE.c.name, PEOPLE.c.email, PEOPLE.c.email_key)
            .join(PEOPLE, PEOPLE.c.id == held.c.person_id).where(PEOPLE.c.state == 'invited').order_by(held.c.id)).all()
        for row in rows:
            key = database.execute(sa.select(KEYS).where(KEYS.c.person_id == row.person_id, KEYS.c.accepted_at.is_(None), KEYS.c.revoked_at.is_(None))
                .order_by(KEYS.c.id.desc()).limit(1)).one_or_none()
            expires_at = key.expires_at if key else row.begins_at + timedelta(days=DAYS)
            offer = database.execute(sa.insert(OFFERS).values(
                ref=new_reference('V', row.begins_at.year), tie=tie, organisation_id=getattr(row, 'organisation_id', None), role=row.role,
                name=row.name, email=row.email, person_id=row.person_id, by_id=None, version=1,
                same_as=f"{tie}:{getattr(row, 'organisation_id', None)}:{row.role}:{row.email_key}",
                state='withdrawn' if row.ends_at else 'offered', created_at=row.begins_at, expires_at=expires_at,
            ).returning(OFFERS.c.id)).scalar_one()
            database.execute(sa.delete(held).where(held.c.id == row.id))
            # The key leads to the first of them; the others wait on the first page after it.
            if key and key.offer_id is None and not row.ends_at:
                database.execute(sa.update(KEYS).where(KEYS.c.id == key.id).values(offer_id=offer))
                waits = (OUTBOX.c.closed_at.is_(None)) | (OUTBOX.c.outcome == 'dead')
                database.execute(sa.update(OUTBOX).where(OUTBOX.c.person_id == row.person_id, OUTBOX.c.kind == 'people', OUTBOX.c.letter == 'invite', waits)
                    .values(kind='offers', matter_id=offer))


def downgrade() -> None:
    """Go one step down: open offers to people who are new are memberships again, others are lost."""
    database = op.get_bind()
    for tie, held in TIES:
        pending = database.execute(sa.select(OFFERS).join(PEOPLE, PEOPLE.c.id == OFFERS.c.person_id)
            .where(OFFERS.c.tie == tie, PEOPLE.c.state == 'invited', OFFERS.c.state.in_(('offered', 'withdrawn'))).order_by(OFFERS.c.id)).all()
        for row in pending:
            values = {'person_id': row.person_id, 'role': row.role, 'begins_at': row.created_at}
            values['ends_at'] = row.created_at if row.state == 'withdrawn' else None
            if tie == 'member':
                values['organisation_id'] = row.organisation_id
            database.execute(sa.insert(held).values(**values))
    database.execute(sa.text(
        "UPDATE outbox SET kind = 'people', matter_id = person_id WHERE kind = 'offers' AND letter = 'invite'"
        " AND secret IS NOT NULL AND person_id IN (SELECT id FROM people WHERE state = 'invited')"
    ))
    database.execute(sa.text("DELETE FROM outbox WHERE kind = 'offers'"))
    op.drop_column('recipients', 'excepted_since')
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitations_offer_id'))
        batch_op.drop_constraint(op.f('fk_invitations_offer_id'), type_='foreignkey')
        batch_op.drop_column('offer_id')
    op.drop_table('offers')
