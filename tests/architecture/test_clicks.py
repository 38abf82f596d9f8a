"""A click waits for the first bytes of the page it leads to: who reads next waits for the rest."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.architecture.files import python_files, tree

# What is read at once, whatever is there. Everything else of a page is waited for by Playwright;
# `faults` and `shot` wait themselves.
AT_ONCE = {"all", "all_inner_texts", "all_text_contents", "content", "count", "evaluate"}
AT_ONCE |= {"is_hidden", "is_visible"}


def read_at_once_after_a_click(path: Path) -> Iterator[str]:
    for parent in ast.walk(tree(path)):
        for block in ("body", "orelse", "finalbody"):
            steps = getattr(parent, block, None)
            if not isinstance(steps, list):
                continue
            for step, after in pairwise(steps):
                if _called(step) == "click" and AT_ONCE & _read(after):
                    yield f"{path.name}:{after.lineno} {ast.unparse(after)[:80]}"


def _called(step: ast.stmt) -> str | None:
    if isinstance(step, ast.Expr) and isinstance(step.value, ast.Call):
        return getattr(step.value.func, "attr", None)
    return None


def _read(step: ast.stmt) -> set[str]:
    return {one.attr for one in ast.walk(step) if isinstance(one, ast.Attribute)}


def test_no_browser_test_reads_a_page_that_is_still_coming() -> None:
    paths = [path for path in python_files("tests") if path.parent.name == "browser"]
    assert paths
    assert [one for path in paths for one in read_at_once_after_a_click(path)] == []


def test_a_page_that_is_still_coming_is_found(tmp_path: Path) -> None:
    path = tmp_path / "test_clicks.py"
    path.write_text(
        "def go(page):\n    page.get('a').click()\n    assert page.locator('b').count()\n"
    )
    assert list(read_at_once_after_a_click(path)) == [
        "test_clicks.py:3 assert page.locator('b').count()"
    ]
