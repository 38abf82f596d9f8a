"""The desk for search: one question over all nouns, asked only of what the person may see.

The word index proposes, the law disposes: READ_TEXT is part of the question itself, so that no
word, prefix, count or next page speaks of a text that is hidden. What a person types is never
syntax: it is cut into words, which are then looked for.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, column, func, literal, or_, select, table, text, union_all
from sqlalchemy.orm import Session

from models.audience import AudienceRow
from models.notices import Notice, NoticeState
from models.stakeholders import Organisation, Person, SharingGroup
from portal.access import Actor, clause, visible
from portal.addressing import keys_of, principals
from portal.rules import GROUPS, NOTICES, ORGANISATIONS, PEOPLE, READ_TEXT, Kind

PAGE = 25
FEW = 8
MOST_WORDS = 10
AROUND = 90
WALKED = 20_000
NO_END = 2**31 - 1
NAMED: tuple[tuple[Kind, Any], ...] = (
    (ORGANISATIONS, Organisation.name),
    (PEOPLE, Person.name),
    (GROUPS, SharingGroup.name),
)
WORD = re.compile(r"[^\W_]+")
REFERENCE = re.compile(r"^[A-Z]-\d{2}-[0-9A-Z]{6}$")


@dataclass(frozen=True)
class Hit:
    """A notice that was found; `pieces` are parts of its text, each a searched word or not."""

    ref: str
    title: str
    tlp: str
    state: str
    organisation: str
    at: datetime
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Found:
    """What was found; the others are pairs of a name and a reference."""

    notices: tuple[Hit, ...] = ()
    after: str = ""
    organisations: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[str, str], ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing was found at all."""
        return not (self.notices or self.organisations or self.people or self.groups)


def find(session: Session, actor: Actor, asked: str, now: datetime, after: str = "") -> Found:
    """What fits the words, or the reference; at most four queries."""
    asked = "".join(c for c in asked if c.isprintable()).strip()
    words = words_of(asked)
    if not words:
        return Found()
    rows = _notices(session, actor, asked, words, now, after)
    hits = tuple(_hit(row, words) for row in rows[:PAGE])
    more = str(rows[PAGE - 1].id) if len(rows) > PAGE else ""
    if after:
        return Found(hits, more)
    return Found(hits, more, *_named(session, actor, asked, now))


def words_of(asked: str) -> list[str]:
    """The words of a question as the index keeps words: small letters, no marks above them."""
    plain = unicodedata.normalize("NFKD", asked).casefold()
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return [word[:64] for word in WORD.findall(bare)][:MOST_WORDS]


def _notices(
    session: Session, actor: Actor, asked: str, words: list[str], now: datetime, after: str
) -> list[Any]:
    found = (
        select(
            Notice.id,
            Notice.ref,
            Notice.title,
            Notice.summary,
            func.substr(Notice.body, 1, 20_000).label("body"),
            Notice.tlp,
            Notice.state,
            func.coalesce(Notice.published_at, Notice.changed_at).label("at"),
            Organisation.name.label("organisation"),
        )
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .limit(PAGE + 1)
    )
    readable = clause(NOTICES, READ_TEXT, actor.person_id, now)
    reference = asked.upper()
    if REFERENCE.match(reference):
        return list(session.execute(found.where(Notice.ref == reference, readable)))
    below = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else NO_END
    found = found.where(_findable(session, actor, now), readable)
    rows: list[Any] = []
    for hits in _matching(session, words, below):
        rows = list(
            session.execute(found.join(hits, hits.c.id == Notice.id).order_by(hits.c.id.desc()))
        )
        if len(rows) > PAGE:
            break
    return rows


def _findable(session: Session, actor: Actor, now: datetime) -> Any:
    who = principals(session, actor, now)
    listed = select(AudienceRow.notice_id).where(
        AudienceRow.notice_id == Notice.id, AudienceRow.principal.in_(who)
    )
    draft = and_(Notice.state == NoticeState.DRAFT, Notice.organisation_id.in_(keys_of(who, "o:")))
    return or_(listed.exists(), draft)


def _matching(session: Session, words: list[str], below: int) -> Iterator[Any]:
    # The last word may be the beginning of one, since it is still being typed.
    index = table("notice_words", column("rowid"), column("notice_id"))
    if session.get_bind().dialect.name == "sqlite":
        question = " ".join(f'"{word}"' for word in words) + "*"
        matches = text("notice_words MATCH :words").bindparams(words=question)
        key = index.c.rowid
        yield select(key.label("id")).where(matches, key < below).subquery()
        return
    question = " & ".join(f"'{word}'" for word in words) + ":*"
    matches = text("words @@ to_tsquery('simple', :words)").bindparams(words=question)
    key = index.c.notice_id
    hits = select(key.label("id")).where(matches, key < below)
    # A common word fills the page from the newest few; all others are looked up in the word index
    # (OFFSET keeps the planner, which takes every word for a common one, from walking the table).
    newest = select(func.max(key)).where(key < below).scalar_subquery()
    yield hits.where(key > newest - WALKED).order_by(key.desc()).offset(0).subquery()
    yield hits.order_by((key + 0).desc()).offset(0).subquery()


def _named(
    session: Session, actor: Actor, asked: str, now: datetime
) -> Iterator[tuple[tuple[str, str], ...]]:
    parts = []
    for kind, name in NAMED:
        fits = or_(name.icontains(asked, autoescape=True), kind.model.ref == asked.upper())
        listing = visible(kind, actor, now, literal(kind.name).label("kind"), name, kind.model.ref)
        parts.append(listing.where(fits).order_by(name).limit(FEW).subquery())
    rows = session.execute(union_all(*(select(*part.c) for part in parts))).all()
    for kind, _name in NAMED:
        yield tuple(sorted((row[1], row[2]) for row in rows if row[0] == kind.name))


def _hit(row: Any, words: list[str]) -> Hit:
    said = next((t for t in (row.summary, row.body) if _first(t, words) is not None), "")
    return Hit(
        row.ref,
        row.title,
        row.tlp,
        row.state,
        row.organisation,
        row.at,
        _pieces(said or row.summary, words),
    )


def _spans(said: str, words: list[str]) -> list[tuple[int, int]]:
    *whole, begun = words
    spans = []
    for match in WORD.finditer(said):
        plain = "".join(words_of(match.group()))
        if plain in whole or plain.startswith(begun):
            spans.append(match.span())
    return spans


def _first(said: str, words: list[str]) -> int | None:
    return next((begin for begin, _end in _spans(said, words)), None)


def _pieces(said: str, words: list[str]) -> tuple[tuple[str, bool], ...]:
    first = _first(said, words) or 0
    begin = max(0, first - AROUND)
    part = " ".join(said[begin : first + 2 * AROUND].split())
    pieces, done = [("… ", False)] if begin else [], 0
    for start, stop in _spans(part, words):
        pieces += [(part[done:start], False), (part[start:stop], True)]
        done = stop
    return (*pieces, (part[done:], False))
