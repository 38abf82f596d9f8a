"""Worlds that are made once: each test finds the rows as they were made, whoever wrote since."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from portal.db import reading, writing
from tests.attacks.test_e_web import all_rows
from tests.beginnings import Beginnings
from tests.cast import World
from tests.factories import drafted
from tests.pages import Visitor

MANY = 400  # more than fits into the pages of the seed


@pytest.mark.both_engines
def test_a_world_is_put_back_whoever_read_or_wrote_since(
    app: Flask,
    world: World,
    beginnings: Beginnings,
    visit: Callable[[str], Visitor],
    request: pytest.FixtureRequest,
) -> None:
    def make() -> str:
        with writing(world.sessions) as session:
            refs = [drafted(session, world, "peace").ref for _ in range(MANY)]
        return refs[-1]

    sqlite = world.engine.dialect.name == "sqlite"
    _, seed_again = request.getfixturevalue("sqlite_copy" if sqlite else "postgres_copy")
    cast, ref = all_rows(world, set()), beginnings.begin(app, "many_drafts", make)
    made = all_rows(world, set())
    assert len(made["notices"]) == MANY + len(cast["notices"])
    for _ in range(2):
        assert visit("liaison@telco").get(f"/notices/{ref}").status == 200
        assert all_rows(world, set()) != made
        assert beginnings.begin(app, "many_drafts", make) == ref
        assert all_rows(world, set()) == made
        seed_again()
        assert all_rows(world, {"file_store"}) == {
            name: rows for name, rows in cast.items() if name != "file_store"
        }
        assert beginnings.begin(app, "many_drafts", make) == ref
        assert all_rows(world, set()) == made
        if sqlite:
            with reading(world.sessions) as session:
                assert session.scalar(text("PRAGMA integrity_check")) == "ok"
