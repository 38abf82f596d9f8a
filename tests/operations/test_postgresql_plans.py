"""A statement has one plan on a connection to PostgreSQL, whoever asks and for what."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import (
    ARRAY,
    Date,
    DateTime,
    Engine,
    Integer,
    Text,
    bindparam,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from models.stakeholders import Organisation
from portal.db import make_sessions
from tests.pages import Visitor

ON_POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
# With and without a seat in a process, people in the team, a role; and nothing at all.
PEOPLE = ("mediator@peace", "liaison@telco", "liaison@bank", "observer@un", "steward@portal")
PAGES = ("/", "/notices/", "/commitments/", "/dialogues/", "/search?q=wiper")
DEAR = 50_000  # letters of a statement that asks the policy of many nouns
PREPARED = "SELECT statement FROM pg_prepared_statements"


@ON_POSTGRESQL
def test_pages_are_planned_once_for_all_people(
    engine: Engine, visit: Callable[[str], Visitor]
) -> None:
    engine.dispose()  # what other tests asked stands on connections of theirs
    for person in PEOPLE:
        visitor = visit(person)
        for page in PAGES:
            visitor.get(page)
    with engine.connect() as connection:
        planned = connection.scalars(text(PREPARED)).all()
    assert sum(len(statement) > DEAR for statement in planned) > 2
    twice = {statement[:200] for statement in planned if planned.count(statement) > 1}
    assert twice == set()


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("numbers", Integer(), [0, -1, 7, 40_000, 2**31 - 1, None]),
        ("lists_of_numbers", ARRAY(Integer()), [[], [1], [40_000, -1], [None, 2**31 - 1], None]),
        ("lists_of_texts", ARRAY(Text()), [[], ["a,b", '"', "null", ""], None]),
        ("days", Date(), [date(2026, 2, 28), date(1, 1, 1), None]),
        (
            "instants",
            DateTime(timezone=True),
            [datetime(2026, 11, 28, 23, 59, 59, 999_999, UTC), None],
        ),
    ],
)
def test_each_value_comes_back_from_one_statement(
    engine: Engine, name: str, kind: Any, values: list[Any]
) -> None:
    asked = select(bindparam("value", type_=kind).label(f"{name}_came_back"))
    with engine.connect() as connection:
        assert [connection.scalar(asked, {"value": value}) for value in values] == values
        planned = connection.scalars(text(PREPARED)).all()
    assert sum(f"{name}_came_back" in statement for statement in planned) == 1


@ON_POSTGRESQL
def test_a_connection_that_is_asked_whether_it_lives_keeps_nothing_of_it(engine: Engine) -> None:
    for _ in range(3):
        with engine.connect() as connection:
            kept = connection.scalars(text(PREPARED)).all()
            connection.commit()
    assert ";" not in kept


@ON_POSTGRESQL
@pytest.mark.parametrize("fails", [False, True], ids=["given up", "failed"])
def test_plans_outlive_what_is_undone(engine: Engine, fails: bool) -> None:
    asked = text("SELECT CAST(:value AS INTEGER) AS before_it_was_undone")
    with engine.connect() as connection:
        connection.execute(asked, {"value": 1})
        if fails:
            with pytest.raises(DBAPIError):
                connection.execute(asked, {"value": "no number"})
        connection.rollback()
        kept = connection.scalars(text(PREPARED)).all()
    assert any("before_it_was_undone" in statement for statement in kept)


@ON_POSTGRESQL
def test_plans_outlive_what_is_undone_to_a_savepoint(engine: Engine) -> None:
    asked = text("SELECT CAST(:value AS INTEGER) AS before_a_part_was_undone")
    with make_sessions(engine)() as session:
        session.execute(asked, {"value": 1})
        session.execute(update(Organisation).values(country="XX"))
        part = session.begin_nested()
        session.execute(update(Organisation).values(country="YY"))
        with pytest.raises(DBAPIError):
            session.execute(asked, {"value": "no number"})
        part.rollback()
        kept = session.scalars(text(PREPARED)).all()
        assert set(session.scalars(select(Organisation.country))) == {"XX"}, "and no more"
        session.rollback()
    assert any("before_a_part_was_undone" in statement for statement in kept)


@ON_POSTGRESQL
def test_what_is_undone_is_undone(engine: Engine) -> None:
    with make_sessions(engine)() as session:
        session.execute(update(Organisation).values(country="XX"))
        session.rollback()
        assert session.scalar(select(Organisation.id).where(Organisation.country == "XX")) is None
