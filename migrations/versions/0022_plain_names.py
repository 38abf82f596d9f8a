"""Names that say what they hold: e-mails, resources, documents, comments, the system user.

Rows are kept. Rows of the trail keep the verb of their day, because their digests cover it; e-mails
that wait get the name of their new template, and reminders already written keep their place, so
that nothing is sent twice.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLES = {"outbox": "outbox_emails", "papers": "documents", "remarks": "record_comments"}
# Each column: its table as it is called from here on, what it was, what it is.
COLUMNS = (
    ("outbox_emails", "kind", "resource_type"),
    ("outbox_emails", "matter_id", "resource_id"),
    ("outbox_emails", "letter", "template"),
    ("audit_events", "kind", "resource_type"),
    ("audit_events", "matter_id", "resource_id"),
    ("delegations", "nudged_at", "reminded_at"),
    ("decisions", "put_at", "called_at"),
    ("statements", "voice", "type"),
    ("conditions", "sort", "type"),
    ("amendments", "sort", "type"),
    ("record_comments", "sort", "type"),
)
# Each index: its table, before and after; what it covers, before and after; only which rows.
INDEXES = (
    ("audit_events", "ix_audit_events_kind_matter_id_verb_person_id", "ix_audit_events_resource_type_resource_id_verb_person_id",
     ("kind", "matter_id", "verb", "person_id"), ("resource_type", "resource_id", "verb", "person_id"), ""),
    ("audit_events", "ix_audit_events_kind_at", "ix_audit_events_resource_type_at", ("kind", "at"), ("resource_type", "at"), ""),
    ("outbox_emails", "ix_outbox_kind_matter_id", "ix_outbox_emails_resource_type_resource_id",
     ("kind", "matter_id"), ("resource_type", "resource_id"), ""),
    ("outbox_emails", "ix_outbox_person_id", "ix_outbox_emails_person_id", ("person_id",), ("person_id",), ""),
    ("outbox_emails", "ix_outbox_open", "ix_outbox_emails_open", ("next_at",), ("next_at",), "closed_at IS NULL"),
    ("outbox_emails", "ix_outbox_dead", "ix_outbox_emails_dead", ("id",), ("id",), "outcome = 'dead'"),
    ("documents", "ix_papers_dialogue_id", "ix_documents_dialogue_id", ("dialogue_id",), ("dialogue_id",), ""),
    ("record_comments", "ix_remarks_record_id", "ix_record_comments_record_id", ("record_id",), ("record_id",), ""),
    ("statements", "ix_statements_commitment_id_voice_id", "ix_statements_commitment_id_type_id",
     ("commitment_id", "voice", "id"), ("commitment_id", "type", "id"), ""),
)
# Templates of e-mails that wait or were sent; the beginning of the causes of their reminders.
TEMPLATES = {
    ("dialogues", "nudge"): "remind",
    ("dialogues", "move"): "reschedule",
    ("dialogues", "put"): "call-decision",
    ("dialogues", "papers-new"): "documents-new",
    ("commitments", "find"): "verify",
    ("commitments", "find-late"): "verify-late",
}
LADDERS = {("commitments", "find"): "verify"}
SIDE = "(side_id IS NOT NULL) = (sight IN ('side', 'caucus'))"
TOKENS = "tokenize='unicode61 remove_diacritics 2', prefix='2 3'"


def upgrade() -> None:
    """Go one step up."""
    _words_go("paper_words", "papers")
    for old, new in TABLES.items():
        op.rename_table(old, new)
    _indexes(INDEXES)
    _conditions("sort", "type")
    for table, old, new in COLUMNS:
        if table != "conditions":
            _rename_column(table, old, new)
    _make_indexes([(table, new, columns, only) for table, _old, new, _were, columns, only in INDEXES])
    _constraints("outbox_emails", "outbox", "documents", "papers")
    _words_come("document_words", "documents")
    _values(TEMPLATES, LADDERS, ("wish", "suggested"), ("house", "system"))
    _system("The portal", "system", "house")


def downgrade() -> None:
    """Go one step down."""
    _words_go("document_words", "documents")
    _values(
        {(noun, new): old for (noun, old), new in TEMPLATES.items()},
        {(noun, new): old for (noun, old), new in LADDERS.items()},
        ("suggested", "wish"),
        ("system", "house"),
    )
    _system("The house", "house", "system")
    _indexes([(table, new, old, now, were, only) for table, old, new, were, now, only in INDEXES])
    _conditions("type", "sort")
    for table, old, new in COLUMNS:
        if table != "conditions":
            _rename_column(table, new, old)
    for old, new in TABLES.items():
        op.rename_table(new, old)
    back = {new: old for old, new in TABLES.items()}
    _make_indexes([(back.get(table, table), old, columns, only) for table, old, _new, columns, _now, only in INDEXES])
    _constraints("outbox", "outbox_emails", "papers", "documents")
    _words_come("paper_words", "papers")


def _rename_column(table: str, old: str, new: str) -> None:
    # Both engines know this sentence; SQLite would otherwise write the whole trail anew.
    op.get_bind().exec_driver_sql(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")


def _indexes(indexes) -> None:
    for _table, old, _new, _were, _now, _only in indexes:
        op.get_bind().exec_driver_sql(f"DROP INDEX {old}")


def _make_indexes(indexes) -> None:
    for table, name, columns, only in indexes:
        where = sa.text(only) if only else None
        op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)


def _conditions(old: str, new: str) -> None:
    flag = "awaited = 1" if op.get_bind().dialect.name == "sqlite" else "awaited"
    for word in ("after", "while"):
        op.drop_index(f"ix_conditions_{word}", "conditions")
    _rename_column("conditions", old, new)
    with op.batch_alter_table("conditions") as batch:
        batch.drop_constraint(op.f(f"uq_conditions_commitment_id_on_id_{old}"), type_="unique")
        batch.create_unique_constraint(op.f(f"uq_conditions_commitment_id_on_id_{new}"), ["commitment_id", "on_id", new])
    for word in ("after", "while"):
        where = sa.text(f"{new} = '{word}' AND {flag}")
        op.create_index(f"ix_conditions_{word}", "conditions", ["turns_at"], sqlite_where=where, postgresql_where=where)


def _constraints(outbox: str, outbox_was: str, documents: str, documents_were: str) -> None:
    with op.batch_alter_table(outbox) as batch:
        batch.drop_constraint(op.f(f"uq_{outbox_was}_cause"), type_="unique")
        batch.create_unique_constraint(op.f(f"uq_{outbox}_cause"), ["cause"])
    with op.batch_alter_table(documents) as batch:
        batch.drop_constraint(op.f(f"ck_{documents_were}_a_side_has_a_side"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{documents}_a_side_has_a_side"), SIDE)


def _values(templates, ladders, suggestion, role) -> None:
    run = op.get_bind().exec_driver_sql
    table, of, name = ("outbox_emails", "resource_type", "template")
    for (noun, old), new in templates.items():
        run(f"UPDATE {table} SET {name} = '{new}' WHERE {of} = '{noun}' AND {name} = '{old}'")
    for (noun, old), new in ladders.items():
        run(
            f"UPDATE {table} SET cause = replace(cause, ':{old}-', ':{new}-')"
            f" WHERE {of} = '{noun}' AND cause LIKE '{noun}:%%:{old}-%%'"
        )
    run(f"UPDATE agenda_items SET state = '{suggestion[1]}' WHERE state = '{suggestion[0]}'")
    run(f"UPDATE appointments SET role = '{role[1]}' WHERE role = '{role[0]}'")


def _system(name: str, role: str, was: str) -> None:
    # Whoever acts where only time has come: found by its role, whatever its address ends with.
    changed = "replace({}, '{}@portal', '{}@portal')"
    columns = ", ".join(
        f"{column} = {changed.format(column, was, role)}" for column in ("email", "email_key")
    )
    op.get_bind().exec_driver_sql(
        f"UPDATE people SET name = '{name}', {columns}"
        f" WHERE id IN (SELECT person_id FROM appointments WHERE role = '{role}')"
    )


def _words_go(words: str, source: str) -> None:
    run = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "sqlite":
        for what in ("insert", "delete", "update"):
            run(f"DROP TRIGGER {words}_{what}")
    else:
        run(f"DROP TRIGGER {words}_keep ON {source}")
        run(f"DROP FUNCTION keep_{words}")
    run(f"DROP TABLE {words}")


def _words_come(words: str, source: str) -> None:
    # As migration 0020 made them.
    run = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "sqlite":
        forget = f"INSERT INTO {words}({words}, rowid, title) VALUES ('delete', old.id, old.title);"
        learn = f"INSERT INTO {words}(rowid, title) VALUES (new.id, new.title);"
        run(f"CREATE VIRTUAL TABLE {words} USING fts5(title, content='{source}', content_rowid='id', {TOKENS})")
        run(f"CREATE TRIGGER {words}_insert AFTER INSERT ON {source} BEGIN {learn} END")
        run(f"CREATE TRIGGER {words}_delete AFTER DELETE ON {source} BEGIN {forget} END")
        run(f"CREATE TRIGGER {words}_update AFTER UPDATE OF title ON {source} BEGIN {forget} {learn} END")
        run(f"INSERT INTO {words}({words}) VALUES ('rebuild')")
        return
    plain = (
        "regexp_replace(regexp_replace(normalize({text}, NFKD), '[\\u0300-\\u036f]', '', 'g'),"
        " '[^[:alnum:]]+', ' ', 'g')"
    )
    vector = f"to_tsvector('simple', {plain})"
    run(
        f"CREATE TABLE {words} (key integer PRIMARY KEY REFERENCES {source}(id)"
        " ON DELETE CASCADE, words tsvector NOT NULL)"
    )
    run(f"CREATE INDEX ix_{words}_words ON {words} USING gin (words)")
    run(
        f"CREATE FUNCTION keep_{words}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO {words} VALUES (new.id, {vector.format(text='new.title')})"
        " ON CONFLICT (key) DO UPDATE SET words = excluded.words; RETURN new; END $$"
    )
    run(
        f"CREATE TRIGGER {words}_keep AFTER INSERT OR UPDATE OF title ON {source}"
        f" FOR EACH ROW EXECUTE FUNCTION keep_{words}()"
    )
    run(f"INSERT INTO {words} SELECT id, {vector.format(text='title')} FROM {source}")
