"""Steps that the migration of a noun takes: its column on recipient lists, its words for search.

A released migration relies on what its steps do: none is changed, another is added beside it.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from models.base import only
from models.marks import FUNCTION, MARKS

ADDRESSED = ("organisation_id", "group_id", "process_id", "person_id")
CHECK = "ck_recipients_one_matter"
TOKENS = "tokenize='unicode61 remove_diacritics 2', prefix='2 3'"
# Marks above letters are taken off and everything between words becomes a space, as FTS5 does it.
PLAIN = (
    "regexp_replace(regexp_replace(normalize({text}, NFKD), '[\\u0300-\\u036f]', '', 'g'),"
    " '[^[:alnum:]]+', ' ', 'g')"
)
# Since 0065 on PostgreSQL: what vowels of Arabic and Hebrew are written with is taken off as well.
FEW_MARKS, ALL_MARKS = "[\\u0300-\\u036f]", f"[{MARKS}]"
WITHOUT_MARKS = PLAIN.replace(FEW_MARKS, ALL_MARKS)


def add_recipients(column: str, of: str, before: Sequence[str]) -> None:
    """Let recipient lists name rows of the table `of` by a new column, as they did before 0052.

    `before` are the columns that name resources already, in the order of the model.
    """
    with op.batch_alter_table("recipients") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f(f"fk_recipients_{column}"), of, [column], ["id"])
        batch.create_index(batch.f(f"ix_recipients_{column}_excepted"), [column, "excepted"])
        for other in ADDRESSED:
            name = batch.f(f"uq_recipients_{column}_{other}")
            batch.create_unique_constraint(name, [column, other])
        batch.create_check_constraint(op.f(CHECK), _one_of(*before, column, "audience_id"))


def add_lists(column: str, of: str, before: Sequence[str]) -> None:
    """Let recipient lists name rows of the table `of` by a new column, as they do since 0052.

    `before` are the columns that name resources already, in the order of the model.
    """
    with op.batch_alter_table("recipients") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f(f"fk_recipients_{column}"), of, [column], ["id"])
        batch.create_index(batch.f(f"ix_recipients_{column}_excepted"), [column, "excepted"])
        batch.create_check_constraint(op.f(CHECK), _one_of(*before, column, "audience_id"))
    index_lists(column)


def index_lists(column: str) -> None:
    """Nobody is twice on one list; and what a list names somebody for is found by who they are."""
    for who in ADDRESSED:
        both = only(f"{column} IS NOT NULL AND {who} IS NOT NULL")
        op.create_index(
            f"uq_recipients_{who}_{column}", "recipients", [who, column], unique=True, **both
        )


def remove_lists(column: str, before: Sequence[str]) -> None:
    """Take the column away again, with the lists that use it."""
    op.execute(f"DELETE FROM recipients WHERE {column} IS NOT NULL")
    for who in ADDRESSED:
        op.drop_index(f"uq_recipients_{who}_{column}", "recipients")
    with op.batch_alter_table("recipients") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), _one_of(*before, "audience_id"))
        batch.drop_index(batch.f(f"ix_recipients_{column}_excepted"))
        batch.drop_constraint(batch.f(f"fk_recipients_{column}"), type_="foreignkey")
        batch.drop_column(column)


def remove_recipients(column: str, before: Sequence[str]) -> None:
    """Take the column away again, with the lists that use it."""
    op.execute(f"DELETE FROM recipients WHERE {column} IS NOT NULL")
    with op.batch_alter_table("recipients") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), _one_of(*before, "audience_id"))
        for other in ADDRESSED:
            batch.drop_constraint(batch.f(f"uq_recipients_{column}_{other}"), type_="unique")
        batch.drop_index(batch.f(f"ix_recipients_{column}_excepted"))
        batch.drop_constraint(batch.f(f"fk_recipients_{column}"), type_="foreignkey")
        batch.drop_column(column)


def _one_of(*columns: str) -> str:
    return " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in columns) + " = 1"


def add_words(words: str, of: str, columns: Sequence[str]) -> None:
    """Make the table of words for search of these columns of the table `of`, kept by triggers.

    A later migration that makes the table `of` anew on SQLite must make its triggers anew too.
    """
    sqlite = op.get_bind().dialect.name == "sqlite"
    for line in (_words_sqlite if sqlite else _words_postgresql)(words, of, columns):
        op.get_bind().exec_driver_sql(line)


def add_words_without_marks(words: str, of: str, columns: Sequence[str]) -> None:
    """The same since 0065: words are found with the marks of their letters and without.

    On SQLite the index has no text of its own: what is taken out of it is without marks as well.
    """
    if op.get_bind().dialect.name == "sqlite":
        lines = _without_marks_sqlite(words, of, columns)
    else:
        made = _words_postgresql(words, of, columns)
        lines = [line.replace(FEW_MARKS, ALL_MARKS) for line in made]
    for line in lines:
        op.get_bind().exec_driver_sql(line)


def _without_marks_sqlite(words: str, of: str, columns: Sequence[str]) -> list[str]:
    names = ", ".join(columns)
    old, new, said = (
        ", ".join(f"{FUNCTION}({row}{name})" for name in columns) for row in ("old.", "new.", "")
    )
    forget = f"INSERT INTO {words}({words}, rowid, {names}) VALUES ('delete', old.id, {old});"
    learn = f"INSERT INTO {words}(rowid, {names}) VALUES (new.id, {new});"
    return [
        f"CREATE VIRTUAL TABLE {words} USING fts5({names}, content='', {TOKENS})",
        f"CREATE TRIGGER {words}_insert AFTER INSERT ON {of} BEGIN {learn} END",
        f"CREATE TRIGGER {words}_delete AFTER DELETE ON {of} BEGIN {forget} END",
        f"CREATE TRIGGER {words}_update AFTER UPDATE OF {names} ON {of} BEGIN {forget} {learn} END",
        f"INSERT INTO {words}(rowid, {names}) SELECT id, {said} FROM {of}",
    ]


def remove_words(words: str, of: str) -> None:
    """Take a table of words away again."""
    lines = [f"DROP TRIGGER {words}_{what}" for what in ("insert", "delete", "update")]
    if op.get_bind().dialect.name != "sqlite":
        lines = [f"DROP TRIGGER {words}_keep ON {of}", f"DROP FUNCTION keep_{words}"]
    for line in (*lines, f"DROP TABLE {words}"):
        op.get_bind().exec_driver_sql(line)


def _words_sqlite(words: str, of: str, columns: Sequence[str]) -> list[str]:
    names = ", ".join(columns)
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
    forget = f"INSERT INTO {words}({words}, rowid, {names}) VALUES ('delete', old.id, {old});"
    learn = f"INSERT INTO {words}(rowid, {names}) VALUES (new.id, {new});"
    return [
        f"CREATE VIRTUAL TABLE {words} USING fts5("
        f"{names}, content='{of}', content_rowid='id', {TOKENS})",
        f"CREATE TRIGGER {words}_insert AFTER INSERT ON {of} BEGIN {learn} END",
        f"CREATE TRIGGER {words}_delete AFTER DELETE ON {of} BEGIN {forget} END",
        f"CREATE TRIGGER {words}_update AFTER UPDATE OF {names} ON {of} BEGIN {forget} {learn} END",
        f"INSERT INTO {words}({words}) VALUES ('rebuild')",
    ]


def _words_postgresql(words: str, of: str, columns: Sequence[str]) -> list[str]:
    new, said = (" || ' ' || ".join(f"{row}{name}" for name in columns) for row in ("new.", ""))
    vector = f"to_tsvector('simple', {PLAIN})"
    return [
        f"CREATE TABLE {words} (key integer PRIMARY KEY REFERENCES {of}(id)"
        " ON DELETE CASCADE, words tsvector NOT NULL)",
        f"CREATE INDEX ix_{words}_words ON {words} USING gin (words)",
        f"CREATE FUNCTION keep_{words}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO {words} VALUES (new.id, {vector.format(text=new)})"
        " ON CONFLICT (key) DO UPDATE SET words = excluded.words; RETURN new; END $$",
        f"CREATE TRIGGER {words}_keep AFTER INSERT OR UPDATE OF {', '.join(columns)} ON {of}"
        f" FOR EACH ROW EXECUTE FUNCTION keep_{words}()",
        f"INSERT INTO {words} SELECT id, {vector.format(text=said)} FROM {of}",
    ]
