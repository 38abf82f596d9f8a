"""Where the words of a noun are looked for: FTS5 on SQLite, tsvector on PostgreSQL.

On SQLite the words of a source lie in an index of FTS5, on PostgreSQL in a table of its own; each
is kept by triggers of the migration that made it.
"""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import (
    Integer,
    Select,
    String,
    Subquery,
    TextClause,
    bindparam,
    func,
    literal,
    select,
    text,
    union_all,
)

from models.marks import MARKS
from portal.access import Key, sub_resource
from portal.catalogue import Search, Source, Without
from portal.parameters import NOW
from portal.search.words import as_kept, pieces_of

WALKED: Final = 20_000
LONGEST: Final = 20_000
SPELLED: Final = 50  # words that may begin as the last one, each looked for by itself
SQLITE: Final = "sqlite"
WORDS: Final = bindparam("words", type_=String())
WHOLE: Final = bindparam("whole", type_=String())
BEGUN: Final = bindparam("begun", type_=String())
BELOW: Final = bindparam("below", type_=Integer())
Look = Callable[[Source], Subquery]


def asked_for(asked: str, engine: str) -> dict[str, str]:
    """The words of a question as the engine's word index is asked for them.

    The last may be the beginning of one. Words are letters, their marks and digits alone, so
    nothing in them is syntax.
    """
    if engine != SQLITE:
        return {WORDS.key: " ".join(pieces_of(asked))}
    *whole, begun = pieces_of(as_kept(asked))
    before = "".join(f'"{word}" AND ' for word in whole)
    return {WORDS.key: f'{before}"{begun}"*', WHOLE.key: before, BEGUN.key: begun}


def matching(source: Source) -> Subquery:
    """Keys under `BELOW` whose words fit: on SQLite, where newest first costs nothing more."""
    name, key = source.words.name, source.words.c.rowid
    fits = text(f"{name} MATCH {SPELLED_OUT.format(words=name, most=SPELLED)}")
    return select(key.label("id")).where(fits, key < BELOW).subquery()


def among_newest(source: Source) -> Subquery:
    """The same on PostgreSQL, among the newest few alone: enough for a common word.

    OFFSET keeps the planner, which takes every word for a common one, from walking the table.
    """
    key = source.words.c[source.pg_key]
    newest = select(func.max(key)).where(key < BELOW).scalar_subquery()
    keys = _fitting(source).where(key > newest - WALKED)
    return keys.order_by(key.desc()).offset(0).subquery()


def by_index(source: Source) -> Subquery:
    """The same on PostgreSQL, all of them, looked up in the word index."""
    key = source.words.c[source.pg_key]
    return _fitting(source).order_by((key + 0).desc()).offset(0).subquery()


def _fitting(source: Source) -> Select[Any]:
    key = source.words.c[source.pg_key]
    return select(key.label("id")).where(_fits(source, "postgresql"), key < BELOW)


def _fits(source: Source, engine: str) -> TextClause:
    name = source.words.name
    if engine == SQLITE:
        return text(f"{name} MATCH :words")
    return text(f"{name}.words @@ ({QUERY})")


def in_parts(search: Search, engine: str, who: Key) -> Subquery:
    """Keys of resources under `BELOW` of which a part that whoever asks sees has the words.

    `said` is the text of such a part. Each part is asked its own policy here, before anything is
    put together, and the caller asks that of the resource. `who` is `READER` or `ME`.
    """
    arms = [_seen(source, engine, who).subquery() for source in search.sources]
    every = union_all(*(select(*arm.c) for arm in arms)).subquery()
    return select(every.c.id, func.max(every.c.said).label("said")).group_by(every.c.id).subquery()


def _seen(source: Source, engine: str, who: Key) -> Select[Any]:
    key = source.words.c.rowid if engine == SQLITE else source.words.c[source.pg_key]
    said = source.said[0]
    for more in source.said[1:]:
        said = said + literal("\n") + more
    row: Any = source.row
    question = (
        select(source.resource.label("id"), func.substr(said, 1, LONGEST).label("said"))
        .select_from(source.words)
        .join(row, row.id == key)
        .where(_fits(source, engine), source.resource < BELOW, *source.where)
    )
    if not isinstance(source.part, Without):
        question = question.where(sub_resource(source.part, who, NOW))
    return question


# PostgreSQL cuts the question as its triggers cut the texts (`PLAIN` of the migrations), since only
# the database knows which signs are letters: once in a statement, not for each row.
PLAIN: Final = (
    f"regexp_replace(regexp_replace(normalize(:words, NFKD), '[{MARKS}]', '', 'g'),"
    " '[^[:alnum:]]+', ' ', 'g')"
)
QUERY: Final = (
    f"SELECT to_tsquery('simple', regexp_replace(nullif(btrim({PLAIN}), ''), ' +', ' & ', 'g')"
    " || ':*')"
)
# For the beginning of a word FTS5 puts together all rows of all that begin so, before it gives the
# newest. So the words that begin so are asked of its index one after the other, which costs nothing
# more where many rows have them, and each is looked for as a whole; more than SPELLED, as begun.
SPELLED_OUT: Final = """(
    WITH RECURSIVE spelled(term) AS (
        SELECT term FROM (SELECT term FROM {words}_terms WHERE term >= :begun LIMIT 1)
        UNION ALL
        SELECT (SELECT term FROM {words}_terms WHERE term >= spelled.term || char(1) LIMIT 1)
        FROM spelled WHERE substr(spelled.term, 1, length(:begun)) = :begun
        LIMIT {most} + 1
    )
    SELECT CASE WHEN count(*) BETWEEN 1 AND {most}
        THEN :whole || '(' || group_concat('"' || term || '"', ' OR ') || ')' ELSE :words END
    FROM spelled WHERE substr(term, 1, length(:begun)) = :begun
)"""
# On each engine one look after the other, until the page is full.
LOOKS: Final[dict[str, tuple[Look, ...]]] = {
    SQLITE: (matching,),
    "postgresql": (among_newest, by_index),
}
