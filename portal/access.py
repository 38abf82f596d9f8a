"""The law read in several ways: may, visible, verbs, audience, enter, explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    literal,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import Session, aliased

from models.base import Moment
from models.stakeholders import Person
from portal.errors import NotFound, Refused, TooLate
from portal.relations import Relation, standing
from portal.rules import KINDS, LETTER_TO, PARTS, READ, REMINDS, SHUT, Kind, Rule

# "Some matter of the kind", for questions that run over people; made once, as in relations.
SOME: Final = {name: aliased(kind.model, name=f"some_{name}") for name, kind in KINDS.items()}


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person, or one that the command line or the jobs act as."""

    person_id: int
    name: str
    zone: str = "UTC"
    language: str = "en"
    signin_id: int | None = None
    ref: str = ""


# The law is written as relations and spelled once into SQL text: building the expressions anew at
# each question costs fifty times the question. Boolean words are those that both engines know.
SPELLING: Final = DefaultDialect(paramstyle="named")
SPELLING.supports_native_boolean = True
WHO: Final[Any] = literal_column(":law_who")
NOW: Final[Any] = literal_column(":law_now")


def clause(
    kind: Kind, verb: str, who: Any, now: datetime, *, some: bool = False, stateless: bool = False
) -> Any:
    """The law on one verb as SQL, for a person's key `who` (a value, or the column of people).

    It speaks of the kind's own table, or of `SOME` of the kind. With `stateless` its rows count
    whatever state the matter is in: "could be hers to do".
    """
    return _asked(_spelled_verb(kind.name, verb, _by_value(who), some, stateless), who, now)


def _rows(kind: Kind, verb: str, who: Any, now: datetime, *, stateless: bool = False) -> Any:
    # The rows of one verb alone; the caller asks READ beside them, once.
    sql = _spelled_rows(kind.name, verb, _by_value(who), False, stateless)
    return _asked(sql, who, now)


def _by_value(who: Any) -> bool:
    return isinstance(who, int)


def _asked(sql: str, who: Any, now: datetime) -> Any:
    values = [bindparam("law_now", now, Moment())] if ":law_now" in sql else []
    if _by_value(who):
        values.append(bindparam("law_who", who))
    return text(sql).bindparams(*values)


@cache
def _spelled_verb(name: str, verb: str, by_value: bool, some: bool, stateless: bool) -> str:
    sql = _spelled_rows(name, verb, by_value, some, stateless)
    if verb == READ:
        return sql
    return f"({sql} AND {_spelled_verb(name, READ, by_value, some, False)})"


@cache
def _spelled_rows(name: str, verb: str, by_value: bool, some: bool, stateless: bool) -> str:
    kind, who = KINDS[name], WHO if by_value else Person.id
    matter = SOME[name] if some else kind.model
    rows = [_sentence(rule, matter, who, stateless) for rule in kind.rows(verb)]
    return _spell(matter, and_(standing(who), or_(false(), *rows)))


def granted(kind: Kind, who: Any, now: datetime) -> list[Any]:
    """A column for each verb of the kind, in its order; read them with `verbs_of`.

    READ is asked once for all of them: a question that says it again with each takes a planner ten
    times as long.
    """
    return [answer(_rows(kind, verb, who, now)) for verb in kind.verbs]


def verbs_of(kind: Kind, row: Sequence[Any]) -> frozenset[str]:
    """The verbs that the columns of `granted` allow: none where READ is not among them."""
    found = frozenset(verb for verb, may in zip(kind.verbs, row, strict=True) if may)
    return found if READ in found else frozenset()


@cache
def _spelled_relation(name: str, relation: Relation, by_value: bool, some: bool) -> str:
    who = WHO if by_value else Person.id
    matter = SOME[name] if some else KINDS[name].model
    return _spell(matter, and_(standing(who), relation.clause(matter, who, NOW)))


def _sentence(rule: Rule, matter: Any, who: Any, stateless: bool) -> Any:
    allowed = rule.who.clause(matter, who, NOW)
    return allowed if stateless else and_(matter.state.in_(rule.states), allowed)


def _spell(matter: Any, sentence: Any) -> str:
    # Spelled inside a question over matter and people, so that it refers to both from outside.
    question: Select[Any] = select(literal_column("1")).select_from(matter, Person).where(sentence)
    spelled = question.compile(dialect=SPELLING, compile_kwargs={"literal_binds": True})
    return f"({str(spelled).partition('WHERE ')[2]})"


@cache
def _spelled_part(model: type, by_value: bool) -> str:
    who = WHO if by_value else Person.id
    return _spell(model, and_(standing(who), PARTS[model].clause(model, who, NOW)))


def part(model: type, who: Any, now: datetime) -> Any:
    """The law on a part of a matter as SQL: which rows a person sees, who may read the matter."""
    return _asked(_spelled_part(model, _by_value(who)), who, now)


def envelope(kind_name: Any, matter_id: Any, now: datetime) -> Any:
    """Whether the envelope of a matter is the steward's to see; takes two columns of the trail."""
    shut = [
        and_(
            kind_name == name,
            matter_id.in_(
                select(KINDS[name].model.id).where(
                    relation.clause(KINDS[name].model, literal(0), now)
                )
            ),
        )
        for name, relation in SHUT.items()
    ]
    return ~or_(*shut)


def answer(question: Any) -> Any:
    """A clause as a column of a row: yes or no."""
    return case((question, literal(True)), else_=literal(False))


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
    """Whether a letter on this matter may go to the person now: asked again just before it goes."""
    exception = LETTER_TO.get((letter, kind.name))
    if exception is not None:
        allowed: Any = exception.clause(kind.model, person_id, now)
    else:
        allowed = clause(kind, REMINDS.get(letter, READ), person_id, now)
    return bool(session.scalar(select(exists().where(kind.model.id == matter_id, allowed))))


def verbs(
    session: Session, actor: Actor, kind: Kind, matter_id: int, now: datetime
) -> frozenset[str]:
    """All that the person may do to the matter now, in one query."""
    columns = granted(kind, actor.person_id, now)
    row = session.execute(select(*columns).where(kind.model.id == matter_id)).one_or_none()
    return frozenset() if row is None else verbs_of(kind, tuple(row))


def audience(kind: Kind, verb: str, matter_id: int, now: datetime, *columns: Any) -> Select[Any]:
    """Everybody who may do this to that, now."""
    matter = SOME[kind.name]
    return select(*(columns or (Person,))).where(
        exists()
        .where(matter.id == matter_id, clause(kind, verb, Person.id, now, some=True))
        .correlate(Person)
    )


def standing_to(
    kind: Kind, relation: Relation, matter_id: int, now: datetime, *columns: Any
) -> Select[Any]:
    """Everybody active who stands so to the matter: the people a rule says are told."""
    return select(*(columns or (Person,))).where(stands(kind, relation, matter_id, now))


def stands(kind: Kind, relation: Relation, matter_id: int, now: datetime) -> Any:
    """Whether a person of the question around it stands so to the matter."""
    matter = SOME[kind.name]
    sql = _spelled_relation(kind.name, relation, by_value=False, some=True)
    return exists().where(matter.id == matter_id, _asked(sql, Person.id, now)).correlate(Person)


def enter(session: Session, actor: Actor, verb: str, kind: Kind, ref: str, now: datetime) -> Any:
    """The matter, if the person may do this to it now; one query.

    Raises NotFound (404) when it is absent or hidden, Refused (403) when it is visible but not
    this person's to do, TooLate (409) when it is, but not in the present state.
    """
    who = actor.person_id
    row = session.execute(
        select(
            kind.model,
            answer(clause(kind, READ, who, now)),
            answer(_rows(kind, verb, who, now, stateless=True)),
            answer(_rows(kind, verb, who, now)),
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
