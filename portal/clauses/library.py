"""Reading the library: what is in it, one clause, and the words to start a commitment from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, or_
from sqlalchemy.orm import Session

from models.norms import Clause, ClauseState
from portal.access import Actor, authorize, beside_read, readable, verbs
from portal.clauses.text import ClauseText, text_of
from portal.errors import NotFound
from portal.parameters import ME, NOW, ready
from portal.rules import ADD_CLAUSE, CLAUSES, OFFICE, READ, RESTORE

MOST_WORDS = 8


@dataclass(frozen=True)
class Reading:
    """One clause as a person sees it; `usable` while a commitment can be started from it."""

    clause: Clause
    verbs: frozenset[str]
    usable: bool


def listing(
    session: Session, actor: Actor, now: datetime, *, theme: str = "", words: str = ""
) -> Sequence[Clause]:
    """The clauses in use, by title; empty narrows nothing, each word must stand in the text."""
    narrowing = _having(words) + ([Clause.theme == theme] if theme else [])
    question = IN_USE.where(*narrowing) if narrowing else IN_USE
    return session.scalars(question, {ME.key: actor.person_id, NOW.key: now}).all()


def _having(words: str) -> list[Any]:
    texts = (Clause.title, Clause.body, Clause.how_known)
    return [
        or_(*(text.icontains(word, autoescape=True) for text in texts))
        for word in words.split()[:MOST_WORDS]
    ]


def retired(session: Session, actor: Actor, now: datetime) -> Sequence[Clause]:
    """The clauses out of use that the person may take back into it, by title."""
    return session.scalars(RETIRED, {ME.key: actor.person_id, NOW.key: now}).all()


def of_library(session: Session, actor: Actor, now: datetime) -> frozenset[str]:
    """What the person may do to the library as a whole: add a clause, or nothing."""
    may_add = session.scalar(ADDING, {ME.key: actor.person_id, NOW.key: now})
    return frozenset({ADD_CLAUSE} if may_add else ())


def read(session: Session, actor: Actor, ref: str, now: datetime) -> Reading:
    """One clause with what the person may do to it; raises NotFound where there is none."""
    found: Clause = authorize(session, actor, READ, CLAUSES, ref, now)
    mine = verbs(session, actor, CLAUSES, found.id, now)
    return Reading(found, mine, found.state == ClauseState.ACTIVE)


def one(session: Session, actor: Actor, ref: str, now: datetime) -> ClauseText:
    """The words of a clause to start a commitment from; raises NotFound once it is retired."""
    found: Clause = authorize(session, actor, READ, CLAUSES, ref, now)
    if found.state != ClauseState.ACTIVE:
        raise NotFound(ref)
    return text_of(found)


def _by_title(which: Any) -> Select[Clause]:
    return ready(readable(CLAUSES, Clause).where(which).order_by(Clause.title, Clause.id))


IN_USE: Final = _by_title(Clause.state == ClauseState.ACTIVE)
RETIRED: Final = _by_title(beside_read(CLAUSES, RESTORE, ME, NOW))
ADDING: Final = ready(
    readable(OFFICE, OFFICE.model.id).where(beside_read(OFFICE, ADD_CLAUSE, ME, NOW))
)
