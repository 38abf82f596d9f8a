"""Fixtures of notices."""

from pathlib import Path

import pytest

from portal.store import Store, key_from


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The same files as those of the `app`."""
    return Store(tmp_path / "files", key_from("a secret of the tests, long enough"))
