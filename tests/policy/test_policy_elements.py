"""A sentence as text says what the expression says, and of whom the statement asks."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Engine, exists, literal_column, select
from sqlalchemy.dialects import sqlite

from models.notices import Notice
from models.stakeholders import Membership, Person
from portal.access import Key, as_column, audience, predicate
from portal.db import alias, reading, writing
from portal.overview.waiting import WAITING
from portal.policy_elements import NOW as MOMENT
from portal.policy_elements import WHO, PolicyPredicate, UnclearPredicate, compiled_text
from portal.policy_sql import TEXTS, Form, verb_text
from portal.rules import NOTICES, READ, RESOURCE_TYPES
from tests.cast import NOW, World
from tests.factories import published

BESIDE = alias(Membership, "policy_beside_test")
OTHER = alias(Notice, "policy_other_test")


def test_a_sentence_is_taken_as_it_is_rendered() -> None:
    seen = exists().where(BESIDE.person_id == WHO, BESIDE.begins_at <= MOMENT)
    text = compiled_text(Notice, Notice.id.in_((1, 2)) & seen.correlate_except(BESIDE))
    assert re.sub(r"\s+", " ", text) == (
        "(notices.id IN (1, 2) AND (EXISTS (SELECT * FROM memberships AS policy_beside_test WHERE"
        " policy_beside_test.person_id = :policy_who AND"
        " policy_beside_test.begins_at <= :policy_now)))"
    )
    assert (
        compiled_text(Notice, Notice.title == "people.id = :x")
        == "(notices.title = 'people.id = :x')"
    )


UNCLEAR: dict[str, tuple[Callable[[], ColumnElement[bool]], str]] = {
    # What happened once: the columns of an alias were those of the table itself (decision 0014).
    "a table of no name of its own": (
        lambda: exists().where(Membership.person_id == WHO),
        "memberships",
    ),
    "a table joined to nothing": (lambda: Membership.person_id == WHO, "memberships"),
    "the table of the question, again": (
        lambda: (
            exists()
            .where(OTHER.id == Notice.id, Notice.edition == 1)
            .correlate_except(OTHER, Notice)
        ),
        "notices",
    ),
    "the person as a value and as a column": (
        lambda: (Notice.author_id == WHO) | (Notice.author_id == Person.id),
        "people",
    ),
    "a value of another question": (lambda: literal_column("notices.id = :other"), "other"),
    "a place for a value of a driver": (lambda: Notice.title.like("%"), "%"),
}


@pytest.mark.parametrize("case", UNCLEAR)
def test_a_sentence_that_names_anything_else_stops_the_process(case: str) -> None:
    sentence, named = UNCLEAR[case]
    with pytest.raises(UnclearPredicate, match=f"the predicate names {re.escape(named)}"):
        compiled_text(Notice, sentence())


def test_every_text_stands_in_a_statement_as_it_was_compiled(engine: Engine) -> None:
    for name, kind in RESOURCE_TYPES.items():
        for verb in kind.verbs:
            text = TEXTS[verb_text, name, verb, Form(by_value=True)]
            asked = predicate(kind, verb, 7, NOW)
            rendered = str(select(literal_column("1")).where(asked).compile(engine))
            place = r"\$\d+::(?:INTEGER|TIMESTAMP WITH TIME ZONE)|:(?:who|now)_1\b"
            said = re.sub(place, "·", rendered.partition("WHERE ")[2])
            assert said == re.sub(r":policy_(?:who|now)", "·", text), (name, verb)


def test_one_statement_may_ask_about_two_people_and_again_about_others(world: World) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace")
    with reading(world.sessions) as session:
        everybody = list(session.scalars(select(Person.id).order_by(Person.id)))
        readers = set(session.scalars(audience(NOTICES, READ, notice.id, NOW, Person.id)))
        assert set[int]() < readers < set(everybody)
        for one, other in zip(everybody, reversed(everybody), strict=True):
            asked = [as_column(predicate(NOTICES, READ, who, NOW)) for who in (one, other)]
            row = session.execute(select(*asked).where(Notice.id == notice.id)).one()
            assert tuple(row) == (one in readers, other in readers)


def test_no_other_column_than_that_of_people_is_taken_for_a_person() -> None:
    def asked(who: Any) -> Key:
        return predicate(NOTICES, READ, who, NOW)

    assert isinstance(asked(Person.id), PolicyPredicate)
    for who in (Notice.author_id, alias(Person).id, None, "7"):
        with pytest.raises(TypeError, match="a person's key"):
            asked(who)


def test_a_fact_of_the_reader_is_one_parameter_of_a_statement() -> None:
    """Named a hundred times in its text, a hundred of them would be gone through each time."""
    compiled = WAITING.compile(dialect=sqlite.dialect(paramstyle="named"))
    assert compiled.string.count(":known_homes") > 100
    given = [name for name in compiled.bind_names.values() if name.startswith("known_")]
    assert len(given) == len(set(given)) > 5
