"""Fixtures of the attacks on files."""

from pathlib import Path

import pytest

from portal.store import Store, key_from


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the `app` keeps its files."""
    return tmp_path / "files"


@pytest.fixture
def store(folder: Path) -> Store:
    """The same files as those of the `app`."""
    return Store(folder, key_from("a secret of the tests, long enough"))
