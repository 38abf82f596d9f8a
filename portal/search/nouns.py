"""The nouns that are searched by their words: where those are kept, and what a hit shows.

On SQLite the words of a noun lie in an index of FTS5, on PostgreSQL in a table of its own; each is
kept by triggers of the migration that made it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Select,
    Subquery,
    TableClause,
    and_,
    column,
    func,
    literal,
    null,
    or_,
    select,
    table,
    text,
)

from models.audience import AudienceRow, CommitmentAudienceRow
from models.commitments import Commitment
from models.notices import Notice
from models.stakeholders import Organisation
from portal.addressing import keys_of
from portal.db import alias
from portal.rules import COMMITMENTS, NOTICES, Kind

WALKED = 20_000
LONGEST = 20_000
MOST_PARTIES = 3
PARTY = alias(Organisation)
Look = Callable[["Noun", list[str], int], Subquery]


@dataclass(frozen=True)
class Noun:
    """One noun: its audience index, the texts that a hit shows, the organisations it is between.

    `words` is its table of words, which holds title and texts; its key is `rowid` on SQLite and
    `key` on PostgreSQL. The first text is shown where the words stand in the title alone.
    """

    kind: Kind[Any]
    index: Any
    key: str
    words: TableClause
    texts: tuple[Any, Any]
    parties: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The name of the noun in the law."""
        return self.kind.name

    def question(self) -> Select[Any]:
        """What is shown of hits, in the same columns for every noun."""
        matter = self.kind.model
        first, second = (func.substr(said, 1, LONGEST) for said in self.texts)
        return select(
            literal(self.name).label("noun"),
            matter.id.label("id"),
            matter.ref.label("ref"),
            matter.title.label("title"),
            first.label("first"),
            second.label("second"),
            matter.tlp.label("tlp"),
            matter.state.label("state"),
            func.coalesce(matter.published_at, matter.changed_at).label("at"),
            *(name.label(f"party_{n}") for n, name in enumerate(self._names())),
        )

    def _names(self) -> Iterator[Any]:
        for key in self.parties:
            named = select(PARTY.name).where(PARTY.id == key)
            yield named.correlate(self.kind.model).scalar_subquery()
        for _ in range(MOST_PARTIES - len(self.parties)):
            yield null()

    def proposed(self, who: list[str]) -> Any:
        """What the index proposes to these principals, or is one's own and was never shown."""
        matter = self.kind.model
        listed = select(literal(1)).where(
            getattr(self.index, self.key) == matter.id, self.index.principal.in_(who)
        )
        at_home = matter.organisation_id.in_(keys_of(who, "o:"))
        return or_(listed.exists(), and_(matter.published_at.is_(None), at_home))


NOUNS = (
    Noun(
        NOTICES,
        AudienceRow,
        "notice_id",
        table("notice_words", column("rowid"), column("notice_id")),
        (Notice.summary, Notice.body),
        (Notice.organisation_id,),
    ),
    Noun(
        COMMITMENTS,
        CommitmentAudienceRow,
        "commitment_id",
        table("commitment_words", column("rowid"), column("commitment_id")),
        (Commitment.body, Commitment.how_known),
        (Commitment.organisation_id, Commitment.addressee_id, Commitment.verifier_id),
    ),
)


def matching(noun: Noun, words: list[str], below: int) -> Subquery:
    """Keys under `below` whose words fit: on SQLite, where newest first costs nothing more."""
    question = " ".join(f'"{word}"' for word in words) + "*"
    matches = text(f"{noun.words.name} MATCH :words").bindparams(words=question)
    key = noun.words.c.rowid
    return select(key.label("id")).where(matches, key < below).subquery()


def among_newest(noun: Noun, words: list[str], below: int) -> Subquery:
    """The same on PostgreSQL, among the newest few alone: enough for a common word.

    OFFSET keeps the planner, which takes every word for a common one, from walking the table.
    """
    key = noun.words.c[noun.key]
    newest = select(func.max(key)).where(key < below).scalar_subquery()
    keys = _fitting(noun, words, below).where(key > newest - WALKED)
    return keys.order_by(key.desc()).offset(0).subquery()


def by_index(noun: Noun, words: list[str], below: int) -> Subquery:
    """The same on PostgreSQL, all of them, looked up in the word index."""
    key = noun.words.c[noun.key]
    return _fitting(noun, words, below).order_by((key + 0).desc()).offset(0).subquery()


def _fitting(noun: Noun, words: list[str], below: int) -> Select[Any]:
    question = " & ".join(f"'{word}'" for word in words) + ":*"
    matches = text("words @@ to_tsquery('simple', :words)").bindparams(words=question)
    key = noun.words.c[noun.key]
    return select(key.label("id")).where(matches, key < below)


# On each engine one look after the other, until the page is full.
LOOKS: dict[str, tuple[Look, ...]] = {
    "sqlite": (matching,),
    "postgresql": (among_newest, by_index),
}
