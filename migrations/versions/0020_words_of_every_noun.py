"""Words of dialogues, minutes, processes and clauses, for full-text search.

They are kept as those of notices are, by triggers, so that they cannot lag behind the text; each
part that has readers of its own (an item of the agenda, a paper, a note, a point of a draft) is a
row of its own. Of minutes that were circulated, adopted or redacted it is the words of the newest
version, with its number. A later migration that makes one of these tables anew on SQLite must make
its triggers anew too.
"""

from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

# The table of words, the table whose words they are, and its columns.
SOURCES = (
    ("dialogue_words", "dialogues", ("title", "purpose")),
    ("agenda_item_words", "agenda_items", ("title", "body")),
    ("paper_words", "papers", ("title",)),
    ("side_note_words", "side_notes", ("text",)),
    ("point_words", "points", ("title", "notes")),
    ("position_words", "positions", ("words",)),
    ("process_words", "processes", ("cover_name", "context")),
    ("clause_words", "clauses", ("title", "body", "how_known", "verifier", "advice")),
)
TOKENS = "tokenize='unicode61 remove_diacritics 2', prefix='2 3'"
# Marks above letters are taken off and everything between words becomes a space, as FTS5 does it.
PLAIN = (
    "regexp_replace(regexp_replace(normalize({text}, NFKD), '[\\u0300-\\u036f]', '', 'g'),"
    " '[^[:alnum:]]+', ' ', 'g')"
)
VECTOR = f"to_tsvector('simple', {PLAIN})"

# What minutes say in words: not their keys, instants or markings, nor the dialogue's own title.
SAID_KEYS = ("title", "notes", "words", "question", "outcome", "reason", "text")
SAID_SQLITE = (
    "(SELECT coalesce(group_concat(atom, char(10)), '') FROM json_tree({row}text)"
    f" WHERE type = 'text' AND key IN {SAID_KEYS} AND path NOT LIKE '$.dialogue%')"
)
SAID_PATHS = (
    "$.title",
    "$.points[*].title",
    "$.points[*].notes",
    "$.points[*].positions[*].words",
    "$.points[*].actions[*].text",
    *(
        f"{where}.decisions[*].{what}"
        for where in ("$", "$.points[*]")
        for what in ("question", "outcome", "answers[*].reason")
    ),
)
SAID_POSTGRESQL = (
    "(SELECT coalesce(string_agg(said #>> '{{}}', E'\\n'), '') FROM ("
    + " UNION ALL ".join(
        f"SELECT jsonb_path_query({{row}}text::jsonb, '{path}') AS said" for path in SAID_PATHS
    )
    + ") AS parts)"
)


def upgrade() -> None:
    """Go one step up."""
    make = _sqlite if op.get_bind().dialect.name == "sqlite" else _postgresql
    for line in make():
        op.get_bind().exec_driver_sql(line)


def downgrade() -> None:
    """Go one step down."""
    drop = _drop_sqlite if op.get_bind().dialect.name == "sqlite" else _drop_postgresql
    for line in drop():
        op.get_bind().exec_driver_sql(line)


def _sqlite() -> list[str]:
    lines = []
    for words, source, columns in SOURCES:
        names = ", ".join(columns)
        old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
        forget = (
            f"INSERT INTO {words}({words}, rowid, {names}) VALUES ('delete', old.id, {old});"
        )
        learn = f"INSERT INTO {words}(rowid, {names}) VALUES (new.id, {new});"
        lines += [
            f"CREATE VIRTUAL TABLE {words} USING fts5("
            f"{names}, content='{source}', content_rowid='id', {TOKENS})",
            f"CREATE TRIGGER {words}_insert AFTER INSERT ON {source} BEGIN {learn} END",
            f"CREATE TRIGGER {words}_delete AFTER DELETE ON {source} BEGIN {forget} END",
            f"CREATE TRIGGER {words}_update AFTER UPDATE OF {names} ON {source}"
            f" BEGIN {forget} {learn} END",
            f"INSERT INTO {words}({words}) VALUES ('rebuild')",
        ]
    return lines + _minutes_sqlite()


def _minutes_sqlite() -> list[str]:
    replace = (
        "DELETE FROM record_words WHERE rowid = new.record_id AND number <= new.number;"
        " INSERT INTO record_words(rowid, number, said)"
        f" SELECT new.record_id, new.number, {SAID_SQLITE.format(row='new.')}"
        " WHERE NOT EXISTS (SELECT 1 FROM record_words WHERE rowid = new.record_id);"
    )
    return [
        f"CREATE VIRTUAL TABLE record_words USING fts5(number UNINDEXED, said, {TOKENS})",
        f"CREATE TRIGGER record_words_insert AFTER INSERT ON record_editions BEGIN {replace} END",
        "CREATE TRIGGER record_words_update AFTER UPDATE OF text ON record_editions"
        f" BEGIN {replace} END",
        "CREATE TRIGGER record_words_delete AFTER DELETE ON record_editions BEGIN"
        " DELETE FROM record_words WHERE rowid = old.record_id AND number = old.number; END",
        "INSERT INTO record_words(rowid, number, said)"
        f" SELECT record_id, number, {SAID_SQLITE.format(row='one.')} FROM record_editions AS one"
        f" WHERE {NEWEST}",
    ]


NEWEST = (
    "number = (SELECT max(number) FROM record_editions AS every"
    " WHERE every.record_id = one.record_id)"
)


def _postgresql() -> list[str]:
    lines = []
    for words, source, columns in SOURCES:
        names = ", ".join(columns)
        new, said = (" || ' ' || ".join(f"{row}{name}" for name in columns) for row in ("new.", ""))
        lines += [
            f"CREATE TABLE {words} (key integer PRIMARY KEY REFERENCES {source}(id)"
            " ON DELETE CASCADE, words tsvector NOT NULL)",
            f"CREATE INDEX ix_{words}_words ON {words} USING gin (words)",
            f"CREATE FUNCTION keep_{words}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" INSERT INTO {words} VALUES (new.id, {VECTOR.format(text=new)})"
            " ON CONFLICT (key) DO UPDATE SET words = excluded.words; RETURN new; END $$",
            f"CREATE TRIGGER {words}_keep AFTER INSERT OR UPDATE OF {names} ON {source}"
            f" FOR EACH ROW EXECUTE FUNCTION keep_{words}()",
            f"INSERT INTO {words} SELECT id, {VECTOR.format(text=said)} FROM {source}",
        ]
    return lines + _minutes_postgresql()


def _minutes_postgresql() -> list[str]:
    said = SAID_POSTGRESQL.format(row="new.")
    return [
        "CREATE TABLE record_words (record_id integer PRIMARY KEY REFERENCES records(id)"
        " ON DELETE CASCADE, number integer NOT NULL, said text NOT NULL, words tsvector NOT NULL)",
        "CREATE INDEX ix_record_words_words ON record_words USING gin (words)",
        "CREATE FUNCTION keep_record_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " INSERT INTO record_words"
        f" SELECT new.record_id, new.number, spoken, {VECTOR.format(text='spoken')}"
        f" FROM (SELECT {said} AS spoken) AS whole"
        " ON CONFLICT (record_id) DO UPDATE SET number = excluded.number, said = excluded.said,"
        " words = excluded.words WHERE record_words.number <= excluded.number; RETURN new; END $$",
        "CREATE TRIGGER record_words_keep AFTER INSERT OR UPDATE OF text ON record_editions"
        " FOR EACH ROW EXECUTE FUNCTION keep_record_words()",
        "INSERT INTO record_words"
        f" SELECT record_id, number, spoken, {VECTOR.format(text='spoken')} FROM"
        f" (SELECT record_id, number, {SAID_POSTGRESQL.format(row='one.')} AS spoken"
        f" FROM record_editions AS one WHERE {NEWEST}) AS whole",
    ]


def _drop_sqlite() -> list[str]:
    names = [*(words for words, _source, _columns in SOURCES), "record_words"]
    triggers = [f"{name}_{what}" for name in names for what in ("insert", "delete", "update")]
    return [
        *(f"DROP TRIGGER {name}" for name in triggers),
        *(f"DROP TABLE {name}" for name in names),
    ]


def _drop_postgresql() -> list[str]:
    pairs = [*((words, source) for words, source, _columns in SOURCES)]
    lines = []
    for words, source in (*pairs, ("record_words", "record_editions")):
        lines += [
            f"DROP TRIGGER {words}_keep ON {source}",
            f"DROP FUNCTION keep_{words}",
            f"DROP TABLE {words}",
        ]
    return lines
