"""Templates that an earlier start compiled: all are loaded before a process serves.

To compile all takes some seconds, and to load them a quarter of one. As the policy they are kept by
the SHA-256 of all that they are made of (`portal.policy_store`); what was made of anything else is
not taken.
"""

import hashlib
import marshal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Final

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from portal.kept_files import FOLDER, PORTAL, keep

ROOT: Final = PORTAL.parent
TEMPLATES: Final = ROOT / "templates"


class Compiled(BytecodeCache):
    """The code of templates by their names, in one language; `added` are those compiled here."""

    def __init__(self, codes: dict[str, CodeType]) -> None:
        self.codes, self.added = codes, set[str]()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A template is known by its name: all are in one folder."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of one template, where it was compiled before."""
        bucket.code = self.codes.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """The code of one that was compiled now."""
        if bucket.code is not None:
            self.codes[bucket.key] = bucket.code
            self.added.add(bucket.key)


def made_of() -> Iterator[Path]:
    """The files that compiled templates are made of.

    Besides the templates and their translations the code that compiles them: filters are called
    then, where all that they are given stands in the template.
    """
    yield from sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    yield from sorted(ROOT.glob("translations/*/*/*.mo"))
    yield from sorted(PORTAL.glob("*.py"))


def source_key(language: str) -> str:
    """SHA-256 over all that templates in a language are made of: 64 hexadecimal digits."""
    found = hashlib.sha256(f"{sys.version}\n{jinja2.__version__}\n{language}".encode())
    for path in made_of():
        content = path.read_bytes()
        found.update(f"\n{path.relative_to(ROOT)} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def kept_templates(language: str, key: str) -> Compiled:
    """What was kept under this key; empty where there is nothing."""
    try:
        found = marshal.loads(_place(language, key).read_bytes())  # noqa: S302  # nosec B302
    except (OSError, EOFError, ValueError, TypeError):
        found = None
    return Compiled(found if isinstance(found, dict) else {})


def keep_templates(language: str, key: str, compiled: Compiled) -> None:
    """Keep all of them for the next start, where some were compiled in this one."""
    if compiled.added:
        keep(_place(language, key), marshal.dumps(compiled.codes), f"templates.{language}.*")


def _place(language: str, key: str) -> Path:
    return FOLDER / f"templates.{language}.{key[:32]}"
