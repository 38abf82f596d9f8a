"""Fixtures of the attacks: the portal with forged providers, and the files of the `app`."""

from pathlib import Path

import pytest

from portal.store import Store, key_from
from tests.auth.conftest import env, forged, other, portal, stranger


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the `app` keeps its files."""
    return tmp_path / "files"


@pytest.fixture
def store(folder: Path) -> Store:
    """The same files as those of the `app`."""
    return Store(folder, key_from("a secret of the tests, long enough"))
