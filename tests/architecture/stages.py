"""A world that grows while its pages are walked: made once, on SQLite, and walked on both engines.

To make fifty of everything through the services takes twenty seconds, and they have tests of their
own on both engines. PostgreSQL gets the rows, as in a move (`portal/move.py`). It has to plan each
statement, which takes ten times its answering, and a connection keeps 200 plans: so some pages are
walked at all stages before the next are.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flask import Flask
from sqlalchemy import Connection, Engine, select, text

from models import Base
from portal import store_identity
from portal.db import make_engine
from portal.move import _set_sequences
from tests import postgres
from tests.applications import lent
from tests.cast import World

AT_ONCE: Final = 80  # pages that have fewer statements than a connection keeps plans
OWN_TRIGGERS: Final = text(
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
)

Grow = Callable[[Flask, World, dict[str, str]], None]


@dataclass
class Stages:
    """A world by stages; `refs` are its references once it was begun."""

    folder: Path
    pages: Sequence[str]
    begin: Callable[[Flask, World], dict[str, str]]
    grows: Mapping[str, Grow]
    refs: dict[str, str] = field(default_factory=dict)

    def walk(self, app: Flask, world: World, seed: Path) -> Iterator[tuple[str, Sequence[str]]]:
        """Each stage with pages that are to be visited now: all pages at all stages in the end."""
        if world.engine.dialect.name == "sqlite":
            for name in self._grown(app, world):
                yield name, self.pages
        else:
            if not self.refs:
                self._make(app, seed)
            yield from self._by_turns(app, world)

    def _grown(self, app: Flask, world: World) -> Iterator[str]:
        # Grows it, and keeps each stage as a file.
        self.refs |= self.begin(app, world)
        for name, grow in self.grows.items():
            grow(app, world, self.refs)
            with closing(sqlite3.connect(world.engine.url.database or "")) as connection:
                connection.execute("VACUUM INTO ?", (str(self._file(name)),))
            yield name
        shutil.copytree(app.config["SETTINGS"].data_dir / "files", self.folder / "files")

    def _make(self, app: Flask, seed: Path) -> None:
        own = make_engine(f"sqlite:///{shutil.copy(seed, self.folder / 'made.db')}")
        made = self.folder / "made"
        made.mkdir()
        with lent(app, own, made):
            for _stage in self._grown(app, World.on(own)):
                pass
        own.dispose()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def _by_turns(self, app: Flask, world: World) -> Iterator[tuple[str, Sequence[str]]]:
        backs = {name: _put(self._file(name), world.engine, name) for name in self.grows}
        assert World.on(world.engine).actors == world.actors, "both seeds are one cast"
        files = app.config["SETTINGS"].data_dir / "files"
        shutil.copytree(self.folder / "files", files, dirs_exist_ok=True)
        turn, there = list(self.grows), ""
        for first in range(0, len(self.pages), AT_ONCE):
            for name in turn:
                if name != there:
                    backs[name]()
                    store_identity.settle(
                        app.extensions["sessions"], app.extensions["store"], claim=True
                    )
                yield name, self.pages[first : first + AT_ONCE]
                there = name
            turn.reverse()  # the stage that is there is walked first


def _put(file: Path, engine: Engine, name: str) -> Callable[[], None]:
    """Puts the rows of a file onto PostgreSQL and keeps them; gives what puts them back.

    Rows may refer to later ones, so no foreign key is looked at; but words are written by triggers.
    """
    source = make_engine(f"sqlite:///{file}")
    names = ", ".join(table.name for table in Base.metadata.sorted_tables)
    with source.connect() as old, engine.begin() as new:
        new.execute(text("SET LOCAL session_replication_role = replica"))
        new.execute(text(f"TRUNCATE {names} CASCADE"))
        _fire(new, "ENABLE ALWAYS")
        for table in Base.metadata.sorted_tables:
            if rows := [dict(row) for row in old.execute(select(table)).mappings()]:
                new.execute(table.insert(), rows)
        _fire(new, "ENABLE")
        _set_sequences(new)
    source.dispose()
    return postgres.way_back(engine, name)


def _fire(new: Connection, when: str) -> None:
    for table, trigger in new.execute(OWN_TRIGGERS).all():
        new.execute(text(f"ALTER TABLE {table} {when} TRIGGER {trigger}"))
