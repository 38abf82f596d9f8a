"""Words of Greek, Russian, Arabic and Hebrew are found with marks and without (decision 0059).

On SQLite each index is made anew, since the words that it holds are others; on PostgreSQL those of
the rows that have such signs.
"""

from alembic import op

from migrations.steps import (
    ALL_MARKS,
    FEW_MARKS,
    PLAIN,
    TOKENS,
    WITHOUT_MARKS,
    add_words,
    add_words_without_marks,
    remove_words,
)
from models.marks import FUNCTION

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

# The table of words, the table whose words they are, and its columns.
SOURCES = (
    ("agenda_item_words", "agenda_items", ("title", "body")),
    ("claim_words", "claims", ("title", "claimant", "about", "body")),
    ("clause_words", "clauses", ("title", "body", "how_known", "verifier", "advice")),
    ("commitment_words", "commitments", ("title", "body", "how_known")),
    ("contact_words", "contact_points", ("label", "constituency", "note")),
    ("dialogue_words", "dialogues", ("title", "purpose")),
    ("document_words", "documents", ("title",)),
    ("exercise_inject_words", "exercise_injects", ("title", "body")),
    ("exercise_words", "exercises", ("title", "body", "aims")),
    ("harm_words", "harm", ("title", "who", "service", "body")),
    ("notice_words", "notices", ("title", "summary", "body")),
    ("point_words", "points", ("title", "notes")),
    ("position_words", "positions", ("words",)),
    ("process_words", "processes", ("cover_name", "context")),
    ("release_words", "releases", ("searched",)),
    ("side_note_words", "side_notes", ("text",)),
    ("unit_words", "units", ("title", "summary", "body")),
)
# Those whose words are listed as well (0061); on PostgreSQL their keys have names of their own.
LISTED = {"notice_words": "notice_id", "commitment_words": "commitment_id"}
# Minutes, which are shown by what is in the table of their words: of what and how it is told there.
SAID = (
    "(SELECT coalesce(group_concat(atom, char(10)), '') FROM json_tree({row}text)"
    " WHERE type = 'text' AND key IN"
    " ('title', 'notes', 'words', 'question', 'outcome', 'reason', 'text')"
    " AND path NOT LIKE '$.dialogue%')"
)
NEWEST = (
    "number = (SELECT max(number) FROM record_editions AS every"
    " WHERE every.record_id = one.record_id)"
)


def upgrade() -> None:
    """Go one step up."""
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(add_words_without_marks)
        _minutes_anew("number UNINDEXED, said UNINDEXED, plain", f"said, {FUNCTION}(said)")
    else:
        _keep_and_mend(FEW_MARKS, ALL_MARKS, WITHOUT_MARKS)


def downgrade() -> None:
    """Go one step down."""
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(add_words)
        _minutes_anew("number UNINDEXED, said", "said")
    else:
        _keep_and_mend(ALL_MARKS, FEW_MARKS, PLAIN)


def _make_anew(add) -> None:
    run = op.get_bind().exec_driver_sql
    for words, of, columns in SOURCES:
        if words in LISTED:
            run(f"DROP TABLE {words}_terms")
        remove_words(words, of)
        add(words, of, columns)
        if words in LISTED:
            run(f"CREATE VIRTUAL TABLE {words}_terms USING fts5vocab({words}, instance)")


def _minutes_anew(columns: str, values: str) -> None:
    run = op.get_bind().exec_driver_sql
    names = columns.replace(" UNINDEXED", "")
    learn = f"INSERT INTO record_words(rowid, {names}) SELECT record_id, number, {values} FROM"
    said = SAID.format(row="new.")
    new = f"(SELECT new.record_id AS record_id, new.number AS number, {said} AS said)"
    replace = (
        "DELETE FROM record_words WHERE rowid = new.record_id AND number <= new.number;"
        f" {learn} {new} WHERE NOT EXISTS"
        " (SELECT 1 FROM record_words WHERE rowid = new.record_id);"
    )
    for what in ("insert", "update"):
        run(f"DROP TRIGGER record_words_{what}")
    run("DROP TABLE record_words")
    run(f"CREATE VIRTUAL TABLE record_words USING fts5({columns}, {TOKENS})")
    run(f"CREATE TRIGGER record_words_insert AFTER INSERT ON record_editions BEGIN {replace} END")
    run(
        "CREATE TRIGGER record_words_update AFTER UPDATE OF text ON record_editions"
        f" BEGIN {replace} END"
    )
    every = f"(SELECT record_id, number, {SAID.format(row='one.')} AS said"
    run(f"{learn} {every} FROM record_editions AS one WHERE {NEWEST})")


def _keep_and_mend(before: str, after: str, plain: str) -> None:
    # The functions are rewritten as they are, but for the marks that they take off.
    run = op.get_bind().exec_driver_sql
    functions = run(
        "SELECT pg_get_functiondef(pg_proc.oid) FROM pg_proc"
        " JOIN pg_namespace ON pg_namespace.oid = pronamespace"
        " WHERE nspname = current_schema() AND proname ~ '^keep_.*_words$'"
    ).scalars()
    for function in functions.all():
        run(function.replace(before, after))
    tables = [(words, LISTED.get(words, "key"), of, columns) for words, of, columns in SOURCES]
    for words, key, of, columns in tables:
        said = " || ' ' || ".join(f"{of}.{name}" for name in columns)
        run(
            f"UPDATE {words} SET words = to_tsvector('simple', {plain.format(text=said)})"
            f" FROM {of} WHERE {of}.id = {words}.{key}"
            f" AND normalize({said}, NFKD) ~ '{ALL_MARKS}'"
        )
    run(
        f"UPDATE record_words SET words = to_tsvector('simple', {plain.format(text='said')})"
        f" WHERE normalize(said, NFKD) ~ '{ALL_MARKS}'"
    )
