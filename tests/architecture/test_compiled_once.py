"""SQLite compiles the statements of a page once for a connection, not each time they are asked.

A statement of the policy takes a hundred times longer to compile than to answer. SQLite throws all
it has compiled away where a flag is set (PRAGMA query_only, that would make a
connection read only), and compiles a statement anew for each
value of a placeholder that an index over some rows only may depend on (`portal.db.in_state`).
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select, update
from sqlalchemy.exc import InternalError

from models.stakeholders import Person
from portal.db import ReadingWrote, reading, writing
from tests.architecture.counted_pages import PAGES
from tests.architecture.test_statements import begin
from tests.cast import World
from tests.pages import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


OF_WORDS = re.compile(r"_words(_[a-z]+)?$")
ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@contextmanager
def compiling(engine: Engine) -> Iterator[list[str]]:
    """What the engine compiles from now on: the tables that it names, since SQLite asks for leave.

    Not those of an index of words: where its terms are asked for, FTS5 opens it by a short
    statement of its own each time, which costs some hundredths of a millisecond.
    """
    found: list[str] = []

    def leave(action: int, table: str | None, *_about: str | None) -> int:
        if action == sqlite3.SQLITE_READ and not OF_WORDS.search(str(table)):
            found.append(str(table))
        return sqlite3.SQLITE_OK

    def watch(connection: Any, _record: object) -> None:
        connection.set_authorizer(leave)

    engine.dispose()
    event.listen(engine, "connect", watch)
    yield found
    event.remove(engine, "connect", watch)
    engine.dispose()


@ON_SQLITE
def test_a_page_that_is_asked_again_is_compiled_no_second_time(app: Flask, world: World) -> None:
    refs = begin(app, world)
    visitors = {who: sign_in(app, world, who) for who, _path in PAGES.values()}
    again = {}
    with compiling(world.engine) as compiled:
        for endpoint, (who, path) in PAGES.items():
            for _time in range(2):
                compiled.clear()
                assert visitors[who].get(path.format(**refs)).status == 200
            again[endpoint] = len(compiled)
    assert {endpoint: count for endpoint, count in again.items() if count} == {}


@ON_SQLITE
def test_writing_and_reading_in_turn_compile_nothing_anew(world: World) -> None:
    def count(opened: Any) -> int:
        compiled.clear()
        with opened(world.sessions) as session:
            assert session.scalar(select(func.count()).select_from(Person))
        return len(compiled)

    with compiling(world.engine) as compiled:
        counts = [count(opened) for opened in (reading, reading, writing, writing, reading)]
    assert [count > 0 for count in counts] == [True, False, False, False, False]


def test_what_was_opened_for_reading_keeps_nothing_that_it_writes(world: World) -> None:
    renamed = update(Person).values(name="somebody else")
    refused = (ReadingWrote, InternalError)
    with pytest.raises(refused), reading(world.sessions) as session:
        session.execute(renamed)
    with reading(world.sessions) as session:
        assert "somebody else" not in set(session.scalars(select(Person.name)))
    with writing(world.sessions) as session:
        session.execute(renamed)
    with reading(world.sessions) as session:
        assert set(session.scalars(select(Person.name))) == {"somebody else"}
