"""States of the portal that several tests begin with: made once on each engine, then put back.

A large world takes seconds to make through the services, and some milliseconds to copy.
"""

import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask

from portal import store_identity
from tests import postgres, sqlite

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
            sqlite_file = engine.dialect.name == "sqlite"
            back = sqlite.way_back(engine) if sqlite_file else postgres.way_back(engine, name)
            self.made[key] = deepcopy(made), back
            return made
        made, back = self.made[key]
        back()
        shutil.rmtree(files, ignore_errors=True)
        shutil.copytree(self.folder / "-".join(key), files)
        store_identity.settle(app.extensions["sessions"], app.extensions["store"], claim=True)
        return deepcopy(made)
