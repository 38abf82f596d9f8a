"""For whom somebody acted: in the trail, hashed with the event, and beside what they did for them.

An event of an alternate is linked as if its detail said `{"for": key}`; those before it keep their
links. On the way down the key goes into the detail itself, so that no link changes either way.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

EVENTS = sa.table("audit_events", sa.column("id"), sa.column("for_id"), sa.column("detail", sa.JSON()))
BESIDE = {"outbox_emails": "for_id", "receipts": "by_id", "record_agreements": "by_id"}
FOR = "for"


def upgrade() -> None:
    """Go one step up."""
    op.add_column("audit_events", sa.Column("for_id", sa.Integer(), nullable=True))
    for table, column in BESIDE.items():
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch.create_foreign_key(batch.f(f"fk_{table}_{column}"), "people", [column], ["id"])
    run = op.get_bind()
    for row in run.execute(sa.select(EVENTS.c.id, EVENTS.c.detail).where(_says_for())).all():
        detail = dict(row.detail)
        if isinstance(key := detail.pop(FOR, None), int):
            values = {"for_id": key, "detail": detail}
            run.execute(EVENTS.update().where(EVENTS.c.id == row.id).values(**values))


def downgrade() -> None:
    """Go one step down."""
    run = op.get_bind()
    acted = sa.select(EVENTS.c.id, EVENTS.c.for_id, EVENTS.c.detail)
    for row in run.execute(acted.where(EVENTS.c.for_id.is_not(None))).all():
        detail = dict(row.detail) | {FOR: row.for_id}
        run.execute(EVENTS.update().where(EVENTS.c.id == row.id).values(detail=detail))
    for table, column in BESIDE.items():
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(batch.f(f"fk_{table}_{column}"), type_="foreignkey")
            batch.drop_column(column)
    # Both engines know this sentence; SQLite would otherwise write the whole trail anew.
    run.exec_driver_sql("ALTER TABLE audit_events DROP COLUMN for_id")


def _says_for():
    return sa.cast(EVENTS.c.detail, sa.Text()).like(f'%"{FOR}"%')
