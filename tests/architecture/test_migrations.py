"""The schema goes up, down and up again, and is then what the models say, on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, inspect, text

from models import Base
from portal.catalogue import NOUNS, Search
from portal.chains import first_link
from portal.db import make_engine, reading, writing
from portal.ledger import first_fault
from portal.schema import downgrade, is_current, upgrade
from tests import postgres
from tests.cast import World
from tests.factories import published

# The indexes of words are written by hand in their migrations: on each engine another thing.
WORDS = tuple(
    source.words.name
    for noun in NOUNS
    if isinstance(noun.search, Search)
    for source in noun.search.sources
)


def tables(engine: Engine) -> set[str]:
    names = set(inspect(engine).get_table_names()) - {"alembic_version"}
    return {name for name in names if not name.startswith(WORDS)}


def is_modelled(_object: object, name: str | None, *_more: object) -> bool:
    return not (name or "").startswith((*WORDS, *(f"ix_{name}" for name in WORDS)))


def test_up_down_up(engine: Engine) -> None:
    before = tables(engine)
    assert before == set(Base.metadata.tables)
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert not is_current(engine)
    upgrade(engine)
    assert tables(engine) == before
    assert is_current(engine)


def test_going_up_twice_changes_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        before = connection.scalar(text("SELECT count(*) FROM audit_events"))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_events")) == before
    assert before


def test_the_last_step_down_and_up_keeps_rows_and_trail(world: World) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", "liaison@cloud")
    before = rows(world.engine)
    downgrade(world.engine, "-1")
    upgrade(world.engine)
    assert rows(world.engine) == before
    with reading(world.sessions) as session:
        assert first_fault(session) is None


def rows(engine: Engine) -> dict[str, int | None]:
    with engine.connect() as connection:
        return {
            name: connection.scalar(text(f"SELECT count(*) FROM {name}"))
            for name in sorted(tables(engine))
        }


def test_migrated_schema_is_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_object": is_modelled}
        context = MigrationContext.configure(connection, opts=opts)
        difference = compare_metadata(context, Base.metadata)
    assert not difference, 'run make migration m="what changes"'


def test_migrated_indexes_and_checks_are_those_of_the_models(engine: Engine) -> None:
    looked = inspect(engine)
    for name, table in Base.metadata.tables.items():
        there = {index["name"] for index in looked.get_indexes(name)}
        there -= {unique["name"] for unique in looked.get_unique_constraints(name)}
        assert there == {index.name for index in table.indexes}, name
        checks = {check["name"] for check in looked.get_check_constraints(name)}
        named = (str(c.name) for c in table.constraints if isinstance(c, CheckConstraint))
        assert checks == set(named), name


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a table, on each engine in turn."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if request.param == "postgresql":
        url = postgres.fresh(request.getfixturevalue("postgres_seed"))
    engine = make_engine(url)
    yield engine
    engine.dispose()


def test_a_new_portal_has_its_two_single_rows(empty: Engine) -> None:
    assert not inspect(empty).get_table_names()
    upgrade(empty)
    with empty.connect() as connection:
        head = connection.execute(text("SELECT events, digest FROM audit_head WHERE id = 1")).all()
        assert head == [(0, "0" * 64)]
        heads = connection.execute(text("SELECT id, events, digest FROM audit_head ORDER BY id"))
        assert heads.all() == [(chain, 0, first_link(chain)) for chain in range(1, 18)]
        assert connection.execute(text("SELECT ref FROM office")).all() == [("OFFICE",)]
