"""A name is imported from the module that defines it, or from the package that hands it on.

What a package hands on is what its `__init__` imports; there is no second list of it.
"""

import ast
from functools import cache, partial
from pathlib import Path

from tests.architecture.files import ROOT, python_files, short, tree

OURS = {"portal", "models", "blueprints", "tools", "tests"}


def plain_module(name: str) -> Path | None:
    """The file of a module of ours that is no package."""
    path = ROOT / f"{name.replace('.', '/')}.py"
    return path if name.partition(".")[0] in OURS and path.exists() else None


@cache
def only_imported(path: Path) -> set[str]:
    """The names that a module has from elsewhere: not `x as x`, by which it hands one on."""
    found = (node for node in tree(path).body if isinstance(node, ast.Import | ast.ImportFrom))
    named = (one for node in found for one in node.names if one.name != one.asname)
    return {one.asname or one.name for one in named}


def borrowed(path: Path) -> list[str]:
    """Imports of names that the module named there has from elsewhere itself."""
    return [
        f"{short(path)}:{node.lineno} {node.module}.{one.name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
        if (source := plain_module(node.module)) is not None
        for one in node.names
        if one.name in only_imported(source)
    ]


def test_names_are_imported_from_where_they_are_defined() -> None:
    assert [line for path in python_files() for line in borrowed(path)] == []


def test_no_module_keeps_a_list_of_what_it_exports() -> None:
    listed = partial(filter, lambda path: "\n__all__" in path.read_text())
    assert [short(path) for path in listed(python_files())] == []
