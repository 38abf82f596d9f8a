"""The files that belong to the project, for tests that look at all of them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MADE = {
    ".git", ".venv", "node_modules", "var", ".mypy_cache", ".ruff_cache", ".hypothesis",
    "__pycache__", "vendor",
}  # fmt: skip
PYTHON = ("config.py", "wsgi.py", "portal", "models", "blueprints", "tools", "tests")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project: what git knows, or in an export everything not made by set-up."""
    if (ROOT / ".git").exists():
        words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not MADE & set(path.parts)]
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*rooms: str) -> list[Path]:
    """The Python files of these rooms (all, unless named)."""
    chosen = rooms or PYTHON
    found = (path for path in tracked() if path.suffix == ".py")
    return [path for path in found if path.relative_to(ROOT).parts[0] in chosen]


def short(path: Path) -> str:
    """A file's name from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """A Python file, parsed: to be read, for others get the same.

    Those of tests are not kept: they weigh more than those of the portal, and few ask for them. Nor
    are those of files that a test writes.
    """
    is_kept = path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "tests")
    return _tree(path) if is_kept else _parsed(path)


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


_tree = cache(_parsed)


@cache
def calls(path: Path) -> tuple[tuple[int, str], ...]:
    """Every call in a Python file: its line, and the dotted name that is called."""
    found = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return tuple((node.lineno, ast.unparse(node.func)) for node in found)
