"""One question of a person, asked of all nouns at once: by words, by reference, by name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from portal.access import Actor, clause
from portal.addressing import principals
from portal.rules import READ_TEXT
from portal.search.naming import Names, named
from portal.search.nouns import LOOKS, MOST_PARTIES, NOUNS, Noun
from portal.search.words import holds, pieces, words_of

PAGE = 25
NO_END = 2**31 - 1
REFERENCE = re.compile(r"^[A-Z]-\d{2}-[0-9A-Z]{6}$")


@dataclass(frozen=True)
class Hit:
    """A matter that was found; `pieces` are parts of its text, each a searched word or not.

    `parties` are names of organisations: whose it is, to whom it is promised, who verifies.
    """

    ref: str
    title: str
    tlp: str
    state: str
    at: datetime
    parties: tuple[str, ...]
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Part:
    """The hits of one noun, newest first, and where the next page starts; empty at the end."""

    noun: str
    hits: tuple[Hit, ...]
    after: str


@dataclass(frozen=True)
class Found:
    """What was found: nouns by their words, and others by their names; none of them empty."""

    parts: tuple[Part, ...] = ()
    named: tuple[tuple[str, Names], ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing was found at all."""
        return not (self.parts or self.named)


def find(
    session: Session, actor: Actor, asked: str, now: datetime, *, kind: str = "", after: str = ""
) -> Found:
    """What fits the words, or the reference; at most four queries.

    With `kind`, or after a place in it, hits of that noun alone (of notices where none is named).
    """
    asked = "".join(c for c in asked if c.isprintable()).strip()
    words = words_of(asked)
    if not words:
        return Found()
    chosen = tuple(noun for noun in NOUNS if noun.name == kind)
    alone = bool(chosen or after)
    nouns = chosen or (NOUNS[:1] if after else NOUNS)
    if REFERENCE.match(asked.upper()):
        rows = _referred(session, actor, asked.upper(), nouns, now)
    else:
        below = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else NO_END
        rows = _worded(session, actor, words, nouns, below, now)
    parts = tuple(_part(noun, rows[noun.name], words) for noun in nouns if rows[noun.name])
    return Found(parts, () if alone else named(session, actor, asked, now))


def _referred(
    session: Session, actor: Actor, ref: str, nouns: Iterable[Noun], now: datetime
) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {noun.name: [] for noun in nouns}
    for noun in nouns:
        if ref.startswith(noun.kind.letter):
            readable = clause(noun.kind, READ_TEXT, actor.person_id, now)
            question = noun.question().where(noun.kind.model.ref == ref, readable)
            rows[noun.name] = list(session.execute(question))
    return rows


def _worded(
    session: Session,
    actor: Actor,
    words: list[str],
    nouns: Iterable[Noun],
    below: int,
    now: datetime,
) -> dict[str, list[Any]]:
    who = principals(session, actor, now)
    rows: dict[str, list[Any]] = {noun.name: [] for noun in nouns}
    for look in LOOKS[session.get_bind().dialect.name]:
        parts = [
            _listing(noun, look(noun, words, below), actor, who, now).subquery()
            for noun in nouns
            if len(rows[noun.name]) <= PAGE
        ]
        if not parts:
            break
        found = session.execute(union_all(*(select(*part.c) for part in parts))).all()
        for name in {row.noun for row in found}:
            rows[name] = sorted((r for r in found if r.noun == name), key=lambda row: -row.id)
    return rows


def _listing(noun: Noun, hits: Any, actor: Actor, who: list[str], now: datetime) -> Any:
    readable = clause(noun.kind, READ_TEXT, actor.person_id, now)
    listing = noun.question().join(hits, hits.c.id == noun.kind.model.id)
    newest = listing.where(noun.proposed(who), readable).order_by(hits.c.id.desc())
    return newest.limit(PAGE + 1)


def _part(noun: Noun, rows: list[Any], words: list[str]) -> Part:
    after = str(rows[PAGE - 1].id) if len(rows) > PAGE else ""
    return Part(noun.name, tuple(_hit(row, words) for row in rows[:PAGE]), after)


def _hit(row: Any, words: list[str]) -> Hit:
    said = next((said for said in (row.first, row.second) if holds(said, words)), row.first)
    parties = (getattr(row, f"party_{n}") for n in range(MOST_PARTIES))
    return Hit(
        row.ref,
        row.title,
        row.tlp,
        row.state,
        row.at,
        tuple(name for name in parties if name),
        pieces(said, words),
    )
