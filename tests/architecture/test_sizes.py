"""Rooms stay small: docs/architecture.md says why."""

import ast
from pathlib import Path

import pytest

from tests.architecture.files import ROOT, python_files, short, tracked, tree

MODULE, FUNCTION, TEMPLATE = 300, 50, 200


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


@pytest.mark.parametrize("path", python_files(), ids=short)
def test_module_and_its_functions_are_short(path: Path) -> None:
    assert length(path) <= MODULE, "make it a package of the same name, a file per concern"
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION
    ]
    assert not long


def test_templates_are_short() -> None:
    templates = [path for path in tracked() if path.is_relative_to(ROOT / "templates")]
    assert templates
    assert not [short(path) for path in templates if length(path) > TEMPLATE]
