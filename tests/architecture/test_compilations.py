"""What a statement was compiled into is found again, whoever asks and however many there are."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from sqlalchemy import Compiled, Engine, select

from models.stakeholders import Person
from portal import compilations
from portal.compilations import Compilations
from portal.db import make_sessions, reading

BY_ID = select(Person.id).order_by(Person.id)


class Said(tuple[int, ...]):
    """What a statement says, which cannot be hashed quickly."""

    hashed = 0

    def __hash__(self) -> int:
        """Count each time."""
        Said.hashed += 1
        return super().__hash__()


def key(said: Said, *names: str) -> tuple[Any, ...]:
    return ("dialect", said, names, False, False)


@pytest.fixture
def made() -> Callable[[], Any]:
    """Something new, in the place of a compiled statement."""
    return object


def test_a_statement_that_is_built_once_is_found_by_which_it_is(made: Callable[[], Any]) -> None:
    kept, first, second = Compilations(), made(), made()
    one, other = Said((1, 2)), Said((1, 2))
    kept[key(one)], kept[key(one, "name")] = first, second
    before = Said.hashed
    assert kept.get(key(one)) is first
    assert kept.get(key(one, "name")) is second
    assert Said.hashed == before, "its key was read through"
    assert kept.get(key(other)) is first
    assert kept.get(key(Said((1, 3)))) is None
    assert kept.get(key(one, "title")) is None
    assert Said.hashed > before


def test_what_was_compiled_twice_at_once_is_found_either_way(made: Callable[[], Any]) -> None:
    kept, one, other = Compilations(most=2), Said((1,)), Said((1,))
    kept[key(one)], kept[key(other)] = made(), (later := made())
    assert len(kept) == 1
    assert kept[key(other)] is later
    for number in range(2, 9):
        kept[key(Said((number,)))] = made()
    assert kept.get(key(one)) is kept.get(key(other)) is None


def test_those_that_were_used_last_are_kept(made: Callable[[], Any]) -> None:
    kept, often = Compilations(most=10), Said((0,))
    kept[key(often)] = made()
    others = [Said((number,)) for number in range(1, 100)]
    for said in others:
        kept[key(said)] = made()
        assert kept.get(key(often)), said
        assert len(kept) <= 15
    there = [key(said) in kept for said in others]
    assert not any(earlier and not later for earlier, later in pairwise(there))
    assert 9 <= sum(there) <= 15
    del kept[key(often)]
    assert key(often) not in kept


def test_an_engine_finds_its_statements_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library hands over what a statement says where `_short` looks for it."""
    sessions, kept = make_sessions(engine), engine.get_execution_options()["compiled_cache"]
    with reading(sessions) as session:
        people = session.scalars(BY_ID).all()
    assert people
    assert any(isinstance(one, Compiled) for one in kept.values())
    monkeypatch.setattr(kept, "_by_key", {})
    with reading(sessions) as session:
        assert session.scalars(BY_ID).all() == people
    assert len(kept) == 0, "it was looked up by its key, or compiled once more"


def test_whoever_comes_meanwhile_waits_for_the_first(made: Callable[[], Any]) -> None:
    kept, asked, compiled = Compilations(), Barrier(4), []

    def ask(said: Said) -> Any:
        asked.wait()
        found = kept.get(key(said))
        if found is None:
            compiled.append(said)
            sleep(0.05)  # so that the others come before it is there
            found = kept[key(said)] = made()
        return found

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(ask, [Said((1, 2)) for _ in range(4)]))
    assert len(compiled) == 1
    assert len(set(map(id, found))) == 1


def test_where_the_first_fails_the_next_compiles_it(
    made: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compilations, "PATIENCE", 0.01)
    kept, said = Compilations(), Said((1,))
    assert kept.get(key(said)) is None
    assert kept.get(key(said)) is None, "whoever failed may try again, and waits for nobody"
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(kept.get, key(said)).result() is None
        kept[key(said)] = later = made()
        assert threads.submit(kept.get, key(said)).result() is later
