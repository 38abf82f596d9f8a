"""A session for taking the law apart: it is one text, and so that is done on one engine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.db import make_engine, make_sessions, open_session


@pytest.fixture
def session(sqlite_seed: Path, tmp_path: Path) -> Iterator[Session]:
    """A session on SQLite whose work is undone; the engines are compared elsewhere."""
    engine = make_engine(f"sqlite:///{shutil.copy(sqlite_seed, tmp_path / 'law.db')}")
    with open_session(make_sessions(engine), writes=True) as opened:
        yield opened
        opened.rollback()
    engine.dispose()
