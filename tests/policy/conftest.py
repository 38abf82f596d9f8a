"""A session for taking the policy apart: it is one text, and so that is done on one engine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.db import make_engine, make_sessions, open_session


@contextmanager
def undone(copy: Path) -> Iterator[Session]:
    engine = make_engine(f"sqlite:///{copy}")
    with open_session(make_sessions(engine), writes=True) as opened:
        yield opened
        opened.rollback()
    engine.dispose()


@pytest.fixture
def session(sqlite_seed: Path, tmp_path: Path) -> Iterator[Session]:
    """A session on SQLite whose work is undone; the engines are compared elsewhere."""
    with undone(Path(shutil.copy(sqlite_seed, tmp_path / "law.db"))) as opened:
        yield opened


def lasting(name: str) -> Any:
    """A fixture: the same for a whole file of tests that only ask."""

    @pytest.fixture(scope="module", name=name)
    def opened(sqlite_seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
        copy = tmp_path_factory.mktemp("law") / "law.db"
        with undone(Path(shutil.copy(sqlite_seed, copy))) as session:
            yield session

    return opened


long_session, other_session = lasting("long_session"), lasting("other_session")
