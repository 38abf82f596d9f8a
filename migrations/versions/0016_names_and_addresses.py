"""One spelling of names and addresses, and keys by which two that are the same are found.

What is spelled anew is reported by reference, never by content. Two rows that turn out to be the
same are both kept: the later one gets a key of its own, which is reported too.
"""

import sqlalchemy as sa
from alembic import op

from models.names import Unfit, address, folded, folded_address, look, spelled

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# Each table: what is spelled, by which rule, what follows from it, and within what it is unique.
NAMES = (
    ('organisations', 'name', spelled, {'name_key': folded, 'name_look': look}, ()),
    ('sharing_groups', 'name', spelled, {'name_key': folded, 'name_look': look}, ('organisation_id', 'state')),
    ('people', 'name', spelled, {}, None),
    ('people', 'email', address, {'email_key': folded_address}, ()),
    ('processes', 'cover_name', spelled, {}, None),
)


def upgrade() -> None:
    """Go one step up."""
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=''))
    for table, column, rule, follows, within in NAMES:
        _spell_anew(table, column, rule, follows, within)
    op.create_index(op.f('ix_organisations_name_key'), 'organisations', ['name_key'], unique=True)
    op.create_index(op.f('ix_organisations_name_look'), 'organisations', ['name_look'])
    op.create_index(op.f('ix_people_email_key'), 'people', ['email_key'], unique=True)
    op.create_index('uq_sharing_groups_active_name', 'sharing_groups', ['organisation_id', 'name_key'], unique=True, sqlite_where=sa.text("state = 'active'"), postgresql_where=sa.text("state = 'active'"))


COLUMNS = {
    'organisations': ('name_key', 'name_look'),
    'sharing_groups': ('name_key', 'name_look'),
    'people': ('email_key',),
}


def _spell_anew(table, column, rule, follows, within) -> None:
    connection = op.get_bind()
    more = [sa.column(name) for name in ('state', 'organisation_id') if within and name in within]
    rows = sa.table(table, sa.column('id'), sa.column('ref'), sa.column(column), *(sa.column(name) for name in follows), *more)
    alone = (table, column) in UNIQUE
    found = connection.execute(sa.select(rows.c.id, rows.c.ref, rows.c[column], *more).order_by(rows.c.id)).all()
    there, keys = {row[2] for row in found}, set()
    for row in found:
        text, values = row[2], {}
        try:
            new = rule(text)
        except Unfit:
            new = _without_what_is_unfit(text, rule) or text
        # Where that spelling is taken it keeps its own, and its key is marked below.
        if new != text and not (alone and new in there):
            values[column] = new
            there.add(new)
            _say(f'{row[1]}: {column} is spelled anew')
        for name, made in follows.items():
            values[name] = _made(made, new, row[1])
        key_name = next((name for name in follows if name.endswith('_key')), None)
        if key_name is not None:
            scope = tuple(row[3:])
            if (*scope, values[key_name]) in keys:
                values[key_name] = f'{values[key_name]} {row[1].lower()}'
                _say(f'{row[1]}: {column} is the same as an earlier one; both are kept, rename or merge one')
            keys.add((*scope, values[key_name]))
        if values:
            connection.execute(sa.update(rows).where(rows.c.id == row[0]).values(**values))


UNIQUE = {('organisations', 'name'), ('people', 'email')}


def _made(made, text, ref) -> str:
    try:
        return made(text)
    except Unfit:
        _say(f'{ref}: cannot be spelled by the rule; it is kept as it is')
        return f'{text.casefold()} {ref.lower()}'


def _without_what_is_unfit(text, rule) -> str:
    kept = ''
    for sign in text:
        try:
            spelled(f'x{sign}x')
        except Unfit:
            continue
        kept += sign
    try:
        return rule(kept)
    except Unfit:
        return ''


def _say(line) -> None:
    print(line)


def downgrade() -> None:
    """Go one step down: names keep the spelling they have."""
    op.drop_index('uq_sharing_groups_active_name', 'sharing_groups')
    op.drop_index(op.f('ix_people_email_key'), 'people')
    op.drop_index(op.f('ix_organisations_name_look'), 'organisations')
    op.drop_index(op.f('ix_organisations_name_key'), 'organisations')
    # In place: a table that others refer to cannot be made anew.
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f'ALTER TABLE {table} DROP COLUMN {column}')
