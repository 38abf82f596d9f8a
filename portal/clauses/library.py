"""Reading the library: what is in it, one clause, and the words to start a commitment from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import Session

from models.norms import Clause, ClauseState
from portal.access import Actor, authorize, predicate, verbs, visible
from portal.clauses.text import ClauseText, text_of
from portal.errors import NotFound
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
    asked = visible(CLAUSES, actor, now).where(Clause.state == ClauseState.ACTIVE, *_having(words))
    if theme:
        asked = asked.where(Clause.theme == theme)
    return session.scalars(asked.order_by(Clause.title, Clause.id)).all()


def _having(words: str) -> list[Any]:
    texts = (Clause.title, Clause.body, Clause.how_known)
    return [
        or_(*(text.icontains(word, autoescape=True) for text in texts))
        for word in words.split()[:MOST_WORDS]
    ]


def retired(session: Session, actor: Actor, now: datetime) -> Sequence[Clause]:
    """The clauses out of use that the person may take back into it, by title."""
    hers = predicate(CLAUSES, RESTORE, actor.person_id, now)
    asked = visible(CLAUSES, actor, now).where(hers)
    return session.scalars(asked.order_by(Clause.title, Clause.id)).all()


def of_library(session: Session, actor: Actor, now: datetime) -> frozenset[str]:
    """What the person may do to the library as a whole: add a clause, or nothing."""
    hers = predicate(OFFICE, ADD_CLAUSE, actor.person_id, now)
    may_add = session.scalar(visible(OFFICE, actor, now, OFFICE.model.id).where(hers))
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
