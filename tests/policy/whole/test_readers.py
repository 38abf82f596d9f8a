"""The policy is shorter where something is known: it says the same as the rows of its tables.

Known are the facts of a reader, and that whoever is asked about may read. Asked of the whole
policy, of everybody, and of every resource of the world, on both engines.
"""

from typing import Any

import pytest
from sqlalchemy import Select, and_, select
from sqlalchemy.exc import InvalidRequestError, StatementError

from portal.access import READER, Actor, as_column, predicate
from portal.db import open_session, reading
from portal.parameters import ME
from portal.parameters import NOW as MOMENT
from portal.policy_elements import PolicyPredicate
from portal.policy_sql import Form, rows_text
from portal.recipients import Reader, reader_of
from portal.relations import FACTS
from portal.rules import NOTICES, READ, RESOURCE_TYPES
from tests.cast import NOW, World
from tests.policy.whole.nouns import NOUNS
from tests.policy.whole.people import Cast


def asked(name: str, who: Any) -> Select[Any]:
    """What somebody may do to each resource of a noun."""
    kind = RESOURCE_TYPES[name]
    may = [
        as_column(predicate(kind, verb, who, MOMENT)).label(f"may {verb}") for verb in kind.verbs
    ]
    return select(kind.model.id, *may).order_by(kind.model.id)


def in_full(name: str) -> Select[Any]:
    """The same, with all that the rows of a verb say, and all that those of READ say."""
    kind = RESOURCE_TYPES[name]

    def rows(verb: str) -> PolicyPredicate:
        return PolicyPredicate(rows_text(name, verb, Form(by_value=True)), ME, MOMENT)

    may = [as_column(and_(rows(READ), rows(verb))).label(f"may {verb}") for verb in kind.verbs]
    return select(kind.model.id, *may).order_by(kind.model.id)


def test_what_a_reader_may_is_what_the_rows_say(world: World) -> None:
    known, short = ({name: asked(name, who) for name in NOUNS} for who in (READER, ME))
    whole = {name: in_full(name) for name in NOUNS}
    differing, held = [], dict.fromkeys((fact.name for fact in FACTS), 0)
    with open_session(world.sessions, writes=True) as session:
        cast = Cast(session)
        for noun in NOUNS.values():
            noun.lay(cast)
        session.expire_all()
        for person, key in cast.people.items():
            reader = reader_of(session, Actor(key, person), NOW)
            for fact, keys in reader.facts.items():
                held[fact] += len(keys)
            for name in NOUNS:
                answers = [
                    session.execute(question[name], reader.values).mappings().all()
                    for question in (known, short, whole)
                ]
                differing += [
                    (person, name, verb)
                    for ways in zip(*answers, strict=True)
                    for verb in ways[0]
                    if len({one[verb] for one in ways}) > 1
                ]
        session.rollback()
    assert differing == []
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
