"""The second library of clauses, and what a clause says beside its words.

New are who can make the promise, who could verify it, the law that stands beside it, and advice for
the writer. Of the first library 14 clauses get new words, unless a steward has changed them: then
theirs stay, and the new one stands beside as a clause of its own. Themes are those of the second
library; going down keeps the words and takes the new clauses away.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FIRST_WRITTEN_AT = datetime(2026, 11, 25, tzinfo=UTC)
WRITTEN_AT = datetime(2026, 11, 28, tzinfo=UTC)
LIBRARY = json.loads((Path(__file__).parents[1] / "data" / "clauses_2.json").read_text())
CLAUSES = sa.table(
    "clauses",
    sa.column("ref", sa.String),
    sa.column("state", sa.String),
    sa.column("title", sa.String),
    sa.column("body", sa.Text),
    sa.column("how_known", sa.Text),
    sa.column("theme", sa.String),
    sa.column("norms", sa.JSON),
    sa.column("days", sa.Integer),
    sa.column("every", sa.String),
    sa.column("changed_at", sa.DateTime(timezone=True)),
    sa.column("version", sa.Integer),
    sa.column("promisors", sa.JSON),
    sa.column("verifier", sa.Text),
    sa.column("beside_law", sa.JSON),
    sa.column("advice", sa.Text),
)
# Themes of the first library, and those that take their place.
THEMES = {
    "protect-responders": "essential-services",
    "harm-notice": "notice-contacts",
    "cooperation": "notice-contacts",
    "hygiene": "readiness",
}
REPORTS = "L-26-8JT7FW"  # the monthly report of incidents, which stays as it is


def upgrade() -> None:
    """Go one step up."""
    with op.batch_alter_table("clauses") as batch:
        batch.add_column(sa.Column("promisors", sa.JSON, nullable=False, server_default="[]"))
        batch.add_column(sa.Column("verifier", sa.Text, nullable=False, server_default=""))
        batch.add_column(sa.Column("beside_law", sa.JSON, nullable=False, server_default="[]"))
        batch.add_column(sa.Column("advice", sa.Text, nullable=False, server_default=""))
    for table in ("clauses", "commitments"):
        themed = sa.table(table, sa.column("theme", sa.String))
        for before, after in THEMES.items():
            op.execute(themed.update().where(themed.c.theme == before).values(theme=after))
    op.execute(CLAUSES.update().where(CLAUSES.c.ref == REPORTS).values(theme="transparency"))
    op.bulk_insert(CLAUSES, [clause for clause in map(_row, LIBRARY) if not _replaced(clause)])


def _row(clause: dict) -> dict:
    beside = {"state": "active", "changed_at": WRITTEN_AT, "version": 1}
    return {**clause, **beside}


def _replaced(clause: dict) -> bool:
    # Whether a clause of the first library, which nobody has changed, took these words.
    earlier = clause.pop("replaces")
    if not earlier:
        return False
    words = {name: value for name, value in clause.items() if name not in ("ref", "state")}
    untouched = sa.and_(
        CLAUSES.c.ref == earlier,
        CLAUSES.c.changed_at == FIRST_WRITTEN_AT,
        CLAUSES.c.version == 1,
    )
    found = op.get_bind().execute(CLAUSES.update().where(untouched).values(**words))
    return bool(found.rowcount)


def downgrade() -> None:
    """Go one step down."""
    added = [clause["ref"] for clause in LIBRARY]
    op.execute(CLAUSES.delete().where(CLAUSES.c.ref.in_(added)))
    replaced = sa.and_(CLAUSES.c.changed_at == WRITTEN_AT, CLAUSES.c.version == 1)
    op.execute(CLAUSES.update().where(replaced).values(changed_at=FIRST_WRITTEN_AT))
    for table in ("clauses", "commitments"):
        themed = sa.table(table, sa.column("theme", sa.String))
        before = {after: earlier for earlier, after in THEMES.items()}
        before |= dict.fromkeys(("response-teams", "essential-services"), "protect-responders")
        before |= dict.fromkeys(("transparency", "social-media"), "restraint")
        before |= dict.fromkeys(("connectivity", "talks-data"), "rights")
        before["verification"] = "cooperation"
        for after, earlier in before.items():
            op.execute(themed.update().where(themed.c.theme == after).values(theme=earlier))
    with op.batch_alter_table("clauses") as batch:
        for name in ("advice", "beside_law", "verifier", "promisors"):
            batch.drop_column(name)
