"""PostgreSQL knows when it plans how many rows are asked for: of a value it expects a tenth."""

import ast
from pathlib import Path

PORTAL = Path(__file__).parent.parent.parent / "portal"
# How many rows are looked at first depends on what a list is narrowed to: values of one statement.
VALUES = {("walks.py", "WALKED"), ("walks.py", "ASKED"), ("paging.py", "rows")}
# PostgreSQL takes every word for a common one: for few rows it would walk all that there are until
# it has met them. With 100,000 notices a search took 480 ms so, 29 as it is.
OF_WORDS = {
    ("finding.py", "ROWS"),
    ("finding.py", "FEW"),
    ("lists.py", "MOST"),
    ("references.py", "FEW"),
}
# Below `portal.parameters`; the table has a row for each folder.
BELOW = {("store_identity.py", "TRIED")}


def limits() -> list[tuple[str, ast.expr]]:
    """What each LIMIT is given, with the name of its module."""
    found = []
    for path in PORTAL.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".limit"):
                found.append((path.name, node.args[0]))
    return found


def is_known(given: ast.expr) -> bool:
    """Whether it stands in the text, or is a parameter on purpose."""
    if isinstance(given, ast.IfExp):
        return is_known(given.body)
    called = given.func if isinstance(given, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in ("at_most", "bindparam")


def test_each_limit_is_known_when_a_plan_is_made() -> None:
    found = limits()
    assert len(found) > 100
    left = {(module, ast.unparse(given)) for module, given in found if not is_known(given)}
    assert left == VALUES | OF_WORDS | BELOW
