"""Words of notices, for full-text search: FTS5 on SQLite, tsvector on PostgreSQL.

Both are kept by triggers, so that they can never lag behind the text. A later migration that makes
the table `notices` anew on SQLite must make the triggers anew too (`WORDS_SQLITE[1:]`).
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS_SQLITE = (
    """CREATE VIRTUAL TABLE notice_words USING fts5(
        title, summary, body, content='notices', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER notice_words_insert AFTER INSERT ON notices BEGIN
        INSERT INTO notice_words(rowid, title, summary, body)
        VALUES (new.id, new.title, new.summary, new.body); END""",
    """CREATE TRIGGER notice_words_delete AFTER DELETE ON notices BEGIN
        INSERT INTO notice_words(notice_words, rowid, title, summary, body)
        VALUES ('delete', old.id, old.title, old.summary, old.body); END""",
    """CREATE TRIGGER notice_words_update AFTER UPDATE OF title, summary, body ON notices BEGIN
        INSERT INTO notice_words(notice_words, rowid, title, summary, body)
        VALUES ('delete', old.id, old.title, old.summary, old.body);
        INSERT INTO notice_words(rowid, title, summary, body)
        VALUES (new.id, new.title, new.summary, new.body); END""",
    "INSERT INTO notice_words(notice_words) VALUES ('rebuild')",
)

# Marks above letters are taken off and everything between words becomes a space, as FTS5 does it.
PLAIN = (
    "regexp_replace(regexp_replace(normalize({text}, NFKD), '[\\u0300-\\u036f]', '', 'g'),"
    " '[^[:alnum:]]+', ' ', 'g')"
)
TEXT = "{row}title || ' ' || {row}summary || ' ' || {row}body"
WORDS_POSTGRESQL = (
    """CREATE TABLE notice_words (
        notice_id integer PRIMARY KEY REFERENCES notices(id) ON DELETE CASCADE,
        words tsvector NOT NULL)""",
    "CREATE INDEX ix_notice_words_words ON notice_words USING gin (words)",
    f"""CREATE FUNCTION keep_notice_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO notice_words VALUES
        (new.id, to_tsvector('simple', {PLAIN.format(text=TEXT.format(row="new."))}))
        ON CONFLICT (notice_id) DO UPDATE SET words = excluded.words; RETURN new; END $$""",
    """CREATE TRIGGER notice_words_keep AFTER INSERT OR UPDATE OF title, summary, body
        ON notices FOR EACH ROW EXECUTE FUNCTION keep_notice_words()""",
    f"""INSERT INTO notice_words
        SELECT id, to_tsvector('simple', {PLAIN.format(text=TEXT.format(row=""))}) FROM notices""",
)


def upgrade() -> None:
    """Go one step up."""
    lines = WORDS_SQLITE if op.get_bind().dialect.name == "sqlite" else WORDS_POSTGRESQL
    for line in lines:
        op.get_bind().exec_driver_sql(line)


def downgrade() -> None:
    """Go one step down."""
    if op.get_bind().dialect.name == "sqlite":
        lines = [f"DROP TRIGGER notice_words_{what}" for what in ("insert", "delete", "update")]
    else:
        lines = ["DROP TRIGGER notice_words_keep ON notices", "DROP FUNCTION keep_notice_words"]
    for line in (*lines, "DROP TABLE notice_words"):
        op.get_bind().exec_driver_sql(line)
