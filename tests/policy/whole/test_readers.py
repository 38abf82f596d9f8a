"""The policy is shorter where something is known: it says the same as the rows of its tables.

Known are the facts of a reader, and that whoever is asked about may read. Asked of the whole
policy, of everybody, and of every resource of the world; random worlds ask it on both engines.
"""

from typing import Any

import pytest
from sqlalchemy import Select, select, true
from sqlalchemy.exc import InvalidRequestError, StatementError
from sqlalchemy.orm import Session

from models.stakeholders import Person
from portal.access import READER, Actor, as_column, granted, predicate, readable, verbs_of
from portal.db import reading
from portal.parameters import ME
from portal.parameters import NOW as MOMENT
from portal.policy_elements import PolicyPredicate
from portal.policy_sql import SOME, Form, rows_text
from portal.recipients import Reader, reader_of
from portal.relations import FACTS
from portal.rules import NOTICES, READ, RESOURCE_TYPES
from tests.cast import NOW, World
from tests.policy.whole.nouns import NOUNS
from tests.policy.whole.people import Cast

# A noun, the key of a resource, and that of a person.
Cell = tuple[str, int, int]


def in_full(name: str, people: list[int]) -> Select[Any]:
    """What each may do to each resource of a noun: all that the rows of a verb and of READ say."""
    some, form = SOME[name], Form(by_value=False, some=True)

    def rows(verb: str) -> PolicyPredicate:
        return PolicyPredicate(rows_text(name, verb, form), None, MOMENT)

    verbs = RESOURCE_TYPES[name].verbs
    may = (as_column(rows(verb)).label(f"may {verb}") for verb in verbs)
    pairs = select(some.id.label("key"), Person.id.label("who"), *may).join(Person, true())
    return pairs.where(Person.id.in_(people), rows(READ))


def as_read(name: str) -> Select[Any]:
    """The same of whoever reads a page."""
    kind = RESOURCE_TYPES[name]
    may = granted(kind, READER, MOMENT)
    return readable(kind, kind.model.id.label("key"), *may, who=READER)


def test_what_a_reader_may_is_what_the_rows_say(session: Session) -> None:
    held, pages = dict.fromkeys((fact.name for fact in FACTS), 0), {n: as_read(n) for n in NOUNS}
    said, read = dict[Cell, frozenset[str]](), dict[Cell, frozenset[str]]()
    cast = Cast(session)
    for noun in NOUNS.values():
        noun.lay(cast)
    for name in NOUNS:
        for row in session.execute(in_full(name, list(cast.people.values())), {MOMENT.key: NOW}):
            said[name, row.key, row.who] = verbs_of(RESOURCE_TYPES[name], row)
    for person, key in cast.people.items():
        reader = reader_of(session, Actor(key, person), NOW)
        for fact, keys in reader.facts.items():
            held[fact] += len(keys)
        for name, page in pages.items():
            for row in session.execute(page, reader.values):
                read[name, row.key, key] = verbs_of(RESOURCE_TYPES[name], row)
    assert set(said) == set(read)
    assert {cell: (said[cell], read[cell]) for cell in said if said[cell] != read[cell]} == {}
    assert len(said) > 1000
    assert [fact for fact, times in held.items() if not times] == [], "nobody has it here"


def test_a_question_without_the_facts_of_its_reader_is_not_asked(world: World) -> None:
    """Nobody's facts are those of whoever was asked about before."""
    question = select(NOTICES.model.id).where(predicate(NOTICES, READ, READER, MOMENT))
    with reading(world.sessions) as session:
        reader = reader_of(session, Actor(1, ""), NOW)
        session.execute(question, reader.values)
        with pytest.raises(StatementError) as refused:
            session.execute(question, {ME.key: 1, MOMENT.key: NOW})
    # By the library, before anything is sent.
    assert isinstance(refused.value.orig, InvalidRequestError)


def test_facts_are_of_one_person_and_one_moment(world: World) -> None:
    with reading(world.sessions) as session:
        nobody: Reader = reader_of(session, Actor(0, ""), NOW)
    assert not any(nobody.facts.values())
