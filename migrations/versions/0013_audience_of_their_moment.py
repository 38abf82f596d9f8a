"""What is written beside a resource names the audience of its moment.

Rows that are there already get the audience they were written for where it can be told: the
present one while nothing was corrected since. Of an earlier edition of a notice its marking is
kept, and of its readers those who opened it; of an earlier version of minutes those who opened it.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

PARTS = ("comments", "editions", "evidence", "mediator_links", "norm_tags", "record_editions", "remarks", "statements")
RESOURCES = {"notice_id": "notices", "commitment_id": "commitments", "record_id": "records"}
ADDRESSED = ("organisation_id", "group_id", "process_id", "person_id")
CHECK = "ck_recipients_one_matter"


def _one_of(*columns: str) -> str:
    return " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in columns) + " = 1"


def upgrade() -> None:
    """Go one step up."""
    _make_table()
    with op.batch_alter_table('recipients', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.add_column(sa.Column('audience_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_recipients_audience_id_excepted'), ['audience_id', 'excepted'], unique=False)
        for name in ADDRESSED:
            batch_op.create_unique_constraint(batch_op.f(f'uq_recipients_audience_id_{name}'), ['audience_id', name])
        batch_op.create_foreign_key(batch_op.f('fk_recipients_audience_id'), 'audience_versions', ['audience_id'], ['id'])
        batch_op.create_check_constraint(op.f(CHECK), _one_of(*RESOURCES, "audience_id"))
    for table in PARTS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('audience_id', sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_{table}_audience_id'), 'audience_versions', ['audience_id'], ['id'])
    _present_audiences()
    _past_audiences_of_notices()
    _audiences_of_minutes()


def _make_table() -> None:
    op.create_table('audience_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('notice_id', sa.Integer(), nullable=True),
    sa.Column('commitment_id', sa.Integer(), nullable=True),
    sa.Column('record_id', sa.Integer(), nullable=True),
    sa.Column('tlp', sa.String(length=16), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('addressee_id', sa.Integer(), nullable=True),
    sa.Column('verifier_id', sa.Integer(), nullable=True),
    sa.Column('dialogue_id', sa.Integer(), nullable=True),
    sa.CheckConstraint(_one_of(*RESOURCES), name=op.f('ck_audience_versions_one_resource')),
    sa.ForeignKeyConstraint(['notice_id'], ['notices.id'], name=op.f('fk_audience_versions_notice_id')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitments.id'], name=op.f('fk_audience_versions_commitment_id')),
    sa.ForeignKeyConstraint(['record_id'], ['records.id'], name=op.f('fk_audience_versions_record_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_audience_versions_organisation_id')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_audience_versions_author_id')),
    sa.ForeignKeyConstraint(['addressee_id'], ['organisations.id'], name=op.f('fk_audience_versions_addressee_id')),
    sa.ForeignKeyConstraint(['verifier_id'], ['organisations.id'], name=op.f('fk_audience_versions_verifier_id')),
    sa.ForeignKeyConstraint(['dialogue_id'], ['dialogues.id'], name=op.f('fk_audience_versions_dialogue_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audience_versions'))
    )
    with op.batch_alter_table('audience_versions', schema=None) as batch_op:
        for name in RESOURCES:
            batch_op.create_index(batch_op.f(f'ix_audience_versions_{name}'), [name], unique=False)


def _present_audiences() -> None:
    op.execute(
        "INSERT INTO audience_versions (notice_id, tlp, organisation_id, author_id)"
        " SELECT id, tlp, organisation_id, author_id FROM notices"
        " WHERE edition > 0 OR id IN (SELECT notice_id FROM norm_tags) ORDER BY id"
    )
    op.execute(
        "INSERT INTO audience_versions"
        " (commitment_id, tlp, organisation_id, author_id, addressee_id, verifier_id)"
        " SELECT id, tlp, organisation_id, author_id, addressee_id, verifier_id FROM commitments"
        " WHERE edition > 0 OR id IN (SELECT commitment_id FROM norm_tags) ORDER BY id"
    )
    columns = ", ".join(ADDRESSED)
    for key in ("notice_id", "commitment_id"):
        op.execute(
            f"INSERT INTO recipients (audience_id, excepted, {columns})"
            f" SELECT v.id, l.excepted, {', '.join(f'l.{name}' for name in ADDRESSED)}"
            f" FROM recipients l JOIN audience_versions v ON v.{key} = l.{key} ORDER BY l.id"
        )
    for table, key in (
        ("comments", "notice_id"), ("editions", "notice_id"), ("norm_tags", "notice_id"), ("mediator_links", "notice_id"),
        ("norm_tags", "commitment_id"), ("evidence", "commitment_id"), ("statements", "commitment_id"),
    ):
        op.execute(
            f"UPDATE {table} SET audience_id ="
            f" (SELECT v.id FROM audience_versions v WHERE v.{key} = {table}.{key})"
            f" WHERE {key} IS NOT NULL"
        )


def _past_audiences_of_notices() -> None:
    database = op.get_bind()
    past = database.execute(sa.text(
        "SELECT e.notice_id, e.number, e.at, e.text, n.organisation_id, n.author_id,"
        " (SELECT min(f.at) FROM editions f WHERE f.notice_id = e.notice_id AND f.number = e.number + 1) AS until"
        " FROM editions e JOIN notices n ON n.id = e.notice_id WHERE e.number < n.edition"
        " ORDER BY e.notice_id, e.number"
    )).all()
    for row in past:
        said = json.loads(row.text) if isinstance(row.text, str) else row.text
        opened = {"kind": "notices", "id": row.notice_id, "number": row.number}
        key = _version("notice_id", row.notice_id, said.get("tlp", "RED"), row.organisation_id, row.author_id, None, opened)
        at = {"key": key, "notice": row.notice_id, "number": row.number, "until": row.until}
        database.execute(sa.text(
            "UPDATE editions SET audience_id = :key WHERE notice_id = :notice AND number = :number"
        ), at)
        # Later ones are stamped in their turn; the first takes what was made on the draft as well.
        after = "" if row.number == 1 else " AND at >= :since"
        for table in ("comments", "mediator_links", "norm_tags"):
            database.execute(sa.text(
                f"UPDATE {table} SET audience_id = :key WHERE notice_id = :notice AND at < :until{after}"
            ), at | ({} if row.number == 1 else {"since": row.at}))


def _audiences_of_minutes() -> None:
    database = op.get_bind()
    for row in database.execute(sa.text(
        "SELECT e.record_id, e.number, r.organisation_id, r.author_id, r.dialogue_id"
        " FROM record_editions e JOIN records r ON r.id = e.record_id"
        " WHERE r.source_id IS NULL ORDER BY e.record_id, e.number"
    )).all():
        opened = {"kind": "records", "id": row.record_id, "number": row.number}
        key = _version("record_id", row.record_id, "RED", row.organisation_id, row.author_id, row.dialogue_id, opened)
        at = {"key": key, "record": row.record_id, "number": row.number}
        database.execute(sa.text(
            "UPDATE record_editions SET audience_id = :key WHERE record_id = :record AND number = :number"
        ), at)
        database.execute(sa.text(
            "UPDATE remarks SET audience_id = :key WHERE record_id = :record AND edition = :number"
        ), at)


def _version(
    column: str, resource: int, tlp: str, organisation: int, author: int, dialogue: int | None, opened: dict[str, object]
) -> int:
    # For whoever opened that edition, by name: nothing else tells who could.
    database = op.get_bind()
    key = database.execute(sa.text(
        f"INSERT INTO audience_versions ({column}, tlp, organisation_id, author_id, dialogue_id)"
        " VALUES (:resource, :tlp, :organisation, :author, :dialogue) RETURNING id"
    ), {"resource": resource, "tlp": tlp, "organisation": organisation, "author": author, "dialogue": dialogue}).scalar_one()
    database.execute(sa.text(
        "INSERT INTO recipients (audience_id, person_id, excepted)"
        " SELECT DISTINCT CAST(:key AS INTEGER), person_id, false FROM audit_events"
        " WHERE kind = :kind AND matter_id = :id AND verb = 'read' AND edition = :number"
        " AND person_id IS NOT NULL"
    ), {"key": key, **opened})
    return int(key)


def downgrade() -> None:
    """Go one step down."""
    for table in PARTS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_audience_id'), type_='foreignkey')
            batch_op.drop_column('audience_id')
    op.execute("DELETE FROM recipients WHERE audience_id IS NOT NULL")
    with op.batch_alter_table('recipients', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), _one_of(*RESOURCES))
        batch_op.drop_constraint(batch_op.f('fk_recipients_audience_id'), type_='foreignkey')
        for name in ADDRESSED:
            batch_op.drop_constraint(batch_op.f(f'uq_recipients_audience_id_{name}'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_recipients_audience_id_excepted'))
        batch_op.drop_column('audience_id')
    op.drop_table('audience_versions')
