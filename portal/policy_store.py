"""The compiled policy kept beside Python's own compiled modules, for the next start.

To compile it takes most of a start. As with those modules it is kept under `__pycache__`, by the
SHA-256 of all that it is made of: the sources of the policy and of the models, the versions of
Python and of SQLAlchemy. Whoever reads it compares what is read with the published digest
(`portal.policy_sql`), so that no file here can change the policy.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import sqlalchemy

from portal.kept_files import FOLDER, PORTAL, keep

MADE_OF: Final = (
    *sorted(PORTAL.parent.glob("models/*.py")),
    *sorted(PORTAL.glob("relations/*.py")),
    *sorted(PORTAL.glob("rules/*.py")),
    PORTAL / "db.py",
    PORTAL / "policy_elements.py",
    PORTAL / "policy_sql.py",
)


def source_key() -> str:
    """SHA-256 over all that the texts are made of: 64 hexadecimal digits."""
    found = hashlib.sha256(f"{sys.version}\n{sqlalchemy.__version__}".encode())
    for path in MADE_OF:
        found.update(f"\n{path.name}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def kept_texts(key: str) -> list[str]:
    """The texts that were kept under this key, in their order; empty where there are none."""
    try:
        found = json.loads(_place(key).read_text())
    except (OSError, ValueError):
        return []
    return found if isinstance(found, list) and all(isinstance(one, str) for one in found) else []


def keep_texts(key: str, texts: Sequence[str]) -> None:
    """Keep the texts for the next start; nothing is kept where nothing may be written."""
    keep(_place(key), json.dumps(texts).encode(), "policy.*.json")


def _place(key: str) -> Path:
    return FOLDER / f"policy.{key[:32]}.json"
