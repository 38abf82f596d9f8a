"""The law read in several ways: may, visible, verbs, audience, enter, explain."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from models.stakeholders import Person
from portal.errors import NotFound, Refused, TooLate
from portal.relations import Relation, standing
from portal.rules import LETTER_TO, READ, Kind, Rule


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person, or one that the command line or the jobs act as."""

    person_id: int
    name: str
    zone: str = "UTC"
    language: str = "en"
    signin_id: int | None = None


def clause(
    kind: Kind,
    verb: str,
    who: Any,
    now: datetime,
    *,
    matter: Any = None,
    stateless: bool = False,
) -> ColumnElement[bool]:
    """The law on one verb as SQL, for a person's key `who` (a value, or the column of people).

    With `stateless` the rows count whatever state the matter is in: "could be hers to do".
    """
    matter = kind.model if matter is None else matter
    rows = [_sentence(rule, matter, who, now, stateless) for rule in kind.rows(verb)]
    granted = and_(standing(who), or_(false(), *rows))
    if verb == READ:
        return granted
    return and_(granted, clause(kind, READ, who, now, matter=matter))


def _sentence(
    rule: Rule, matter: Any, who: Any, now: datetime, stateless: bool
) -> ColumnElement[bool]:
    allowed = rule.who.clause(matter, who, now)
    return allowed if stateless else and_(matter.state.in_(rule.states), allowed)


def visible(kind: Kind, actor: Actor, now: datetime, *columns: Any) -> Select[Any]:
    """All matters of the kind that the person may read: the one start of every list."""
    return select(*(columns or (kind.model,))).where(clause(kind, READ, actor.person_id, now))


def may(
    session: Session, actor: Actor, verb: str, kind: Kind, matter_id: int, now: datetime
) -> bool:
    """Whether the person may do this to that, now."""
    question = select(
        exists().where(kind.model.id == matter_id, clause(kind, verb, actor.person_id, now))
    )
    return bool(session.scalar(question))


def may_be_told(
    session: Session, person_id: int, kind: Kind, matter_id: int, letter: str, now: datetime
) -> bool:
    """Whether a letter on this matter may go to the person now: READ, asked again at the door."""
    exception = LETTER_TO.get((letter, kind.name))
    if exception is not None:
        allowed = exception.clause(kind.model, person_id, now)
    else:
        allowed = clause(kind, READ, person_id, now)
    return bool(session.scalar(select(exists().where(kind.model.id == matter_id, allowed))))


def verbs(
    session: Session, actor: Actor, kind: Kind, matter_id: int, now: datetime
) -> frozenset[str]:
    """All that the person may do to the matter now, in one query."""
    names = kind.verbs
    row = session.execute(
        select(*(clause(kind, verb, actor.person_id, now) for verb in names)).where(
            kind.model.id == matter_id
        )
    ).one_or_none()
    if row is None:
        return frozenset()
    return frozenset(verb for verb, granted in zip(names, row, strict=True) if granted)


def audience(kind: Kind, verb: str, matter_id: int, now: datetime, *columns: Any) -> Select[Any]:
    """Everybody who may do this to that, now."""
    matter = aliased(kind.model)
    return select(*(columns or (Person,))).where(
        exists()
        .where(matter.id == matter_id, clause(kind, verb, Person.id, now, matter=matter))
        .correlate(Person)
    )


def standing_to(
    kind: Kind, relation: Relation, matter_id: int, now: datetime, *columns: Any
) -> Select[Any]:
    """Everybody active who stands so to the matter: the people a rule says are told."""
    matter = aliased(kind.model)
    return select(*(columns or (Person,))).where(
        standing(Person.id),
        exists()
        .where(matter.id == matter_id, relation.clause(matter, Person.id, now))
        .correlate(Person),
    )


def enter(session: Session, actor: Actor, verb: str, kind: Kind, ref: str, now: datetime) -> Any:
    """The matter, if the person may do this to it now; one query.

    Raises NotFound (404) when it is absent or hidden, Refused (403) when it is visible but not
    this person's to do, TooLate (409) when it is, but not in the present state.
    """
    who = actor.person_id
    row = session.execute(
        select(
            kind.model,
            clause(kind, READ, who, now),
            clause(kind, verb, who, now, stateless=True),
            clause(kind, verb, who, now),
        ).where(kind.model.ref == ref)
    ).one_or_none()
    if row is None or not row[1]:
        raise NotFound(ref)
    if not row[2]:
        raise Refused(verb)
    if not row[3]:
        raise TooLate(verb)
    return row[0]


@dataclass(frozen=True)
class Reason:
    """One row of the law, and whether it speaks for the person now."""

    verb: str
    states: tuple[str, ...]
    who: str
    state_fits: bool
    person_fits: bool


def explain(
    session: Session, actor: Actor, verb: str, kind: Kind, matter_id: int, now: datetime
) -> list[Reason]:
    """The rows that speak for and against, READ included, for `flask explain`."""
    rules = [*kind.rows(verb)] + ([*kind.rows(READ)] if verb != READ else [])
    columns: list[Any] = []
    for rule in rules:
        columns.append(kind.model.state.in_(rule.states))
        columns.append(rule.who.clause(kind.model, actor.person_id, now))
    row = session.execute(select(*columns).where(kind.model.id == matter_id)).one()
    return [
        Reason(
            rule.verb,
            rule.states,
            rule.who.name,
            bool(row[2 * i]),
            bool(row[2 * i + 1]),
        )
        for i, rule in enumerate(rules)
    ]
