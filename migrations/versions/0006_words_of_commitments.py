"""Words of commitments, for full-text search, kept as those of notices are.

A later migration that makes the table `commitments` anew on SQLite must make the triggers anew too
(`WORDS_SQLITE[1:]`).
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS_SQLITE = (
    """CREATE VIRTUAL TABLE commitment_words USING fts5(
        title, body, how_known, content='commitments', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER commitment_words_insert AFTER INSERT ON commitments BEGIN
        INSERT INTO commitment_words(rowid, title, body, how_known)
        VALUES (new.id, new.title, new.body, new.how_known); END""",
    """CREATE TRIGGER commitment_words_delete AFTER DELETE ON commitments BEGIN
        INSERT INTO commitment_words(commitment_words, rowid, title, body, how_known)
        VALUES ('delete', old.id, old.title, old.body, old.how_known); END""",
    """CREATE TRIGGER commitment_words_update AFTER UPDATE OF title, body, how_known
        ON commitments BEGIN
        INSERT INTO commitment_words(commitment_words, rowid, title, body, how_known)
        VALUES ('delete', old.id, old.title, old.body, old.how_known);
        INSERT INTO commitment_words(rowid, title, body, how_known)
        VALUES (new.id, new.title, new.body, new.how_known); END""",
    "INSERT INTO commitment_words(commitment_words) VALUES ('rebuild')",
)

# Marks above letters are taken off and everything between words becomes a space, as FTS5 does it.
PLAIN = (
    "regexp_replace(regexp_replace(normalize({text}, NFKD), '[\\u0300-\\u036f]', '', 'g'),"
    " '[^[:alnum:]]+', ' ', 'g')"
)
TEXT = "{row}title || ' ' || {row}body || ' ' || {row}how_known"
WORDS_POSTGRESQL = (
    """CREATE TABLE commitment_words (
        commitment_id integer PRIMARY KEY REFERENCES commitments(id) ON DELETE CASCADE,
        words tsvector NOT NULL)""",
    "CREATE INDEX ix_commitment_words_words ON commitment_words USING gin (words)",
    f"""CREATE FUNCTION keep_commitment_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO commitment_words VALUES
        (new.id, to_tsvector('simple', {PLAIN.format(text=TEXT.format(row="new."))}))
        ON CONFLICT (commitment_id) DO UPDATE SET words = excluded.words; RETURN new; END $$""",
    """CREATE TRIGGER commitment_words_keep AFTER INSERT OR UPDATE OF title, body, how_known
        ON commitments FOR EACH ROW EXECUTE FUNCTION keep_commitment_words()""",
    f"""INSERT INTO commitment_words
        SELECT id, to_tsvector('simple', {PLAIN.format(text=TEXT.format(row=""))})
        FROM commitments""",
)


def upgrade() -> None:
    """Go one step up."""
    lines = WORDS_SQLITE if op.get_bind().dialect.name == "sqlite" else WORDS_POSTGRESQL
    for line in lines:
        op.get_bind().exec_driver_sql(line)


def downgrade() -> None:
    """Go one step down."""
    if op.get_bind().dialect.name == "sqlite":
        lines = [f"DROP TRIGGER commitment_words_{what}" for what in ("insert", "delete", "update")]
    else:
        lines = [
            "DROP TRIGGER commitment_words_keep ON commitments",
            "DROP FUNCTION keep_commitment_words",
        ]
    for line in (*lines, "DROP TABLE commitment_words"):
        op.get_bind().exec_driver_sql(line)
