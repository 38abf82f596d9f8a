"""What was only read gets chains of its own beside the one of acts (decision 0033).

On the way down its events go to the end of the chain of acts, in the order in which they were
written and with new numbers: no event and no link of the chain of acts changes.
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from models.base import Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

CHAINS = range(2, 18)
BATCH = 1_000
HEADS = sa.table("audit_head", sa.column("id"), sa.column("events"), sa.column("digest"))
SAID = ("at", "person_id", "verb", "resource_type", "resource_id", "ref", "edition", "signin_id", "detail")
EVENTS = sa.table(
    "audit_events",
    *(sa.column(name) for name in ("id", "previous", "digest", "chain", *SAID[1:-1])),
    sa.column("at", Moment()),
    sa.column("detail", sa.JSON()),
)


def upgrade() -> None:
    """Go one step up."""
    op.add_column("audit_events", sa.Column("chain", sa.Integer(), server_default="1", nullable=False))
    op.bulk_insert(HEADS, [{"id": it, "events": 0, "digest": f"{it - 1:064x}"} for it in CHAINS])


def downgrade() -> None:
    """Go one step down."""
    run = op.get_bind()
    last = run.scalar(sa.select(sa.func.max(EVENTS.c.id))) or 0
    previous = run.scalar(sa.select(HEADS.c.digest).where(HEADS.c.id == 1))
    beside, before = sa.select(EVENTS).where(EVENTS.c.chain != 1, EVENTS.c.id <= last), 0
    while rows := run.execute(beside.where(EVENTS.c.id > before).order_by(EVENTS.c.id).limit(BATCH)).mappings().all():
        linked = []
        for row in rows:
            linked.append({name: row[name] for name in SAID} | {"previous": previous, "chain": 1})
            linked[-1]["digest"] = previous = _digest(row, previous)
        run.execute(EVENTS.insert(), linked)
        run.execute(HEADS.update().where(HEADS.c.id == 1).values(events=HEADS.c.events + len(rows), digest=previous))
        before = rows[-1]["id"]
    run.execute(EVENTS.delete().where(EVENTS.c.chain != 1))
    run.execute(HEADS.delete().where(HEADS.c.id != 1))
    # Both engines know this sentence; SQLite would otherwise write the whole trail anew.
    run.exec_driver_sql("ALTER TABLE audit_events DROP COLUMN chain")


def _digest(row, previous) -> str:
    at = row["at"].isoformat(timespec="microseconds")
    text = [previous, at, *(row[name] for name in SAID[1:])]
    return hashlib.sha256(json.dumps(text, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
