"""States of the portal that several tests begin with: made once on each engine, then put back.

A large world takes seconds to make through the services, and some milliseconds to copy.
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Engine

from portal import store_identity
from tests import postgres

T = TypeVar("T")


@dataclass(frozen=True)
class Beginnings:
    """What was made so far, by engine and name, and how it is put back: rows and files."""

    folder: Path
    made: dict[tuple[str, str], tuple[Any, Callable[[], None]]] = field(default_factory=dict)

    def begin(self, app: Flask, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, on a database and with files as it leaves them.

        It is called once on each engine, and must not read the clock; each test gets a copy of
        what it gives. Nothing else may have been written before but by the application itself.
        """
        engine, files = app.extensions["engine"], app.config["SETTINGS"].data_dir / "files"
        key = engine.dialect.name, name
        if key not in self.made:
            made = make()
            kept_files = self.folder / "-".join(key)
            shutil.copytree(files, kept_files)
            self.made[key] = deepcopy(made), _way_back(engine, self.folder / f"{name}.db", name)
            return made
        made, back = self.made[key]
        back()
        shutil.rmtree(files, ignore_errors=True)
        shutil.copytree(self.folder / "-".join(key), files)
        store_identity.settle(app.extensions["sessions"], app.extensions["store"], claim=True)
        return deepcopy(made)


def _way_back(engine: Engine, copy: Path, name: str) -> Callable[[], None]:
    if engine.dialect.name == "postgresql":
        return postgres.way_back(engine, name)
    engine.dispose()
    there = Path(engine.url.database or "")
    # Not left to whoever closes last: the connection that puts the file back stays open.
    with closing(sqlite3.connect(there)) as connection:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert not busy, "somebody still reads"
    shutil.copy(there, copy)

    def back() -> None:
        engine.dispose()
        for old in there.parent.glob(f"{there.name}*"):
            old.unlink()
        shutil.copy(copy, there)

    return back
