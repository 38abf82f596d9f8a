"""One question of a person, asked of all nouns at once: by words, by reference, by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup
from sqlalchemy import (
    Integer,
    Select,
    String,
    bindparam,
    or_,
    true,
)
from sqlalchemy.orm import Session

from portal.access import READER, Actor
from portal.catalogue import Noun, Search
from portal.paging import PAGE
from portal.parameters import REF, Arms, ready
from portal.parsing import LARGEST, is_reference, reference, whole
from portal.recipients import Reader, reader_of
from portal.search.looking import BELOW, LOOKS, Look, asked_for, in_parts
from portal.search.references import parted
from portal.search.shown import FEW, MOST_PARTIES, SEARCHED, Searched, question_of, readable_of
from portal.search.words import Sought, printable, words_of
from portal.tickets import TICKETED, number_looked_for, refs_of

ASKED: Final = bindparam("asked", type_=String())
TICKET: Final = bindparam("ticket_asked", type_=String())
ROWS: Final = bindparam("rows", type_=Integer())
OF_EACH: Final = 10  # hits of a noun where several are asked; where one is, a page


@dataclass(frozen=True)
class Hit:
    """A resource that was found; `snippet` is the part of its text that has the words, as HTML.

    `parties` are names of organisations: whose it is, to whom it is promised, who verifies. `tlp`
    is empty where the noun carries no marking.
    """

    ref: str
    title: str
    tlp: str
    state: str
    at: datetime
    parties: tuple[str, ...]
    snippet: Markup


@dataclass(frozen=True)
class Part:
    """The hits of one noun, newest first, and where the next page starts; empty at the end.

    Those found by a part of their name alone come last, and only on the first page.
    """

    noun: Noun[Any]
    hits: tuple[Hit, ...]
    after: str
    older: str


def find(
    session: Session,
    actor: Actor,
    asked: str,
    now: datetime,
    *,
    resource_type: str = "",
    after: str = "",
    of_each: int = OF_EACH,
) -> tuple[Part, ...]:
    """What fits the words, the reference or a part of it; at most five queries. No part is empty.

    With `resource_type`, or after a place in it, a page of that noun alone (of notices where none
    is named); else the newest of each, so many, and what is found by a part of its name.
    """
    asked = printable(asked)
    words = words_of(asked)
    if not words:
        return ()
    first = next(iter(SEARCHED))
    chosen = SEARCHED.get(resource_type) or (SEARCHED[first] if after else None)
    asked_of = {chosen[0].name: chosen} if chosen else SEARCHED
    names = set(asked_of)
    most = PAGE if chosen else of_each
    reader = reader_of(session, actor, now)
    if is_reference(asked):
        rows, named = _referred(session, reader, reference(asked), names), []
    else:
        place = whole(after)
        below = LARGEST if place is None else place
        rows = _worded(session, reader, asked, names, below=below, most=most)
        named = [] if after else parted(session, reader, asked, names)
        known = {row.ref for row in named}
        if not after:
            found = _named(session, reader, asked, names)
            named += [row for row in found if row.ref not in known]
    sought = Sought(words)
    parts = (
        _part(one, rows.get(name, []), [row for row in named if row.noun == name], sought, most)
        for name, one in asked_of.items()
    )
    return tuple(part for part in parts if part.hits)


def _referred(session: Session, reader: Reader, ref: str, names: set[str]) -> dict[str, list[Any]]:
    values = reader.values | {REF.key: ref}
    return {
        name: list(session.execute(question, values))
        for name, question in REFERRED.items()
        if name in names and ref.startswith(SEARCHED[name][0].policy.prefix)
    }


def _worded(
    session: Session, reader: Reader, asked: str, names: set[str], *, below: int, most: int
) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {name: [] for name in SEARCHED if name in names}
    engine = session.get_bind().dialect.name
    bounds = {BELOW.key: below, ROWS.key: most + 1}
    values = reader.values | asked_for(asked, engine) | bounds
    for arms in WORDED[engine]:
        missing = {name for name, found in rows.items() if len(found) <= most}
        question = arms.of(missing)
        if question is None:
            break
        found = session.execute(question, values).all()
        for name in {row.noun for row in found}:
            rows[name] = sorted((r for r in found if r.noun == name), key=lambda row: -row.id)
    return rows


def _named(session: Session, reader: Reader, asked: str, names: set[str]) -> list[Any]:
    question = NAMED.of(names)
    if question is None:
        return []
    escaped = asked.replace("/", "//").replace("%", "/%").replace("_", "/_")
    values = reader.values | {ASKED.key: escaped, TICKET.key: number_looked_for(asked)}
    rows = session.execute(question, values)
    return sorted(rows, key=lambda row: (row.title, row.ref))


def _arms_of_words(engine: str, look: Look, *, again: bool) -> dict[str, Any]:
    # What has many rows and one text is looked for newest first, the rest in all its parts at once.
    found = {}
    for name, (noun, search) in SEARCHED.items():
        if search.newest_first:
            hits = look(search.sources[0])
            found[name] = _arm(noun, search, hits, question_of(noun, search))
        elif search.sources and not again:
            hits = in_parts(search, engine, READER)
            found[name] = _arm(noun, search, hits, question_of(noun, search, hits.c.said))
    return found


def _arm(noun: Noun[Any], search: Search, hits: Any, question: Select[Any]) -> Any:
    model: Any = noun.policy.model
    return (
        question.join(hits, hits.c.id == model.id)
        .where(search.proposal(model.id), readable_of(noun, search))
        .order_by(hits.c.id.desc())
        .limit(ROWS)
        .subquery()
    )


def _arms_of_names() -> dict[str, Any]:
    found = {}
    for name, (noun, search) in SEARCHED.items():
        model: Any = noun.policy.model
        fits = [said.icontains(ASKED, escape="/") for said in search.names]
        if noun.policy.prefix in TICKETED:
            fits.append(model.ref.in_(refs_of(TICKET)))
        if fits:
            could = search.proposal(model.id) if search.names else true()
            question = question_of(noun, search).where(could, or_(*fits), readable_of(noun, search))
            found[name] = question.order_by(noun.shown_title).limit(FEW).subquery()
    return found


def _part(one: Searched, rows: list[Any], named: list[Any], sought: Sought, most: int) -> Part:
    noun, search = one
    after = str(rows[most - 1].id) if len(rows) > most else ""
    shown = rows[:most]
    known = {row.ref for row in shown}
    hits = (*shown, *(row for row in named if row.ref not in known))
    return Part(noun, tuple(_hit(row, sought) for row in hits), after, search.older)


def _hit(row: Any, sought: Sought) -> Hit:
    parties = (getattr(row, f"party_{n}") for n in range(MOST_PARTIES))
    return Hit(
        row.ref,
        row.title,
        row.tlp,
        row.state,
        row.at,
        tuple(name for name in parties if name),
        sought.snippet(row.first, row.second),
    )


REFERRED: Final = {
    name: ready(
        question_of(noun, search).where(noun.policy.model.ref == REF, readable_of(noun, search))
    )
    for name, (noun, search) in SEARCHED.items()
}
WORDED: Final = {
    engine: tuple(
        Arms(_arms_of_words(engine, look, again=number > 0)) for number, look in enumerate(looks)
    )
    for engine, looks in LOOKS.items()
}
NAMED: Final = Arms(_arms_of_names())
