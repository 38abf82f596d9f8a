"""The version of the portal, as `pyproject.toml` says it (a test compares the two)."""

from typing import Final

VERSION: Final = "0.2.0"
