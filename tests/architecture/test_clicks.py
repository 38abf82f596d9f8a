"""No test with a browser depends on the machine's speed.

A page that a key leads to is waited for before it is read at once, as one that a click leads to
always is; and nothing sleeps or gives up on its own account (tests/browser/patience.py).
"""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.architecture.files import python_files, tree

PATIENT = "patience.py"
# What is read at once, whatever is there. Everything else of a page is waited for by Playwright;
# `faults` and `shot` wait themselves.
AT_ONCE = {"all", "all_inner_texts", "all_text_contents", "content", "count", "evaluate"}
AT_ONCE |= {"evaluate_all", "is_hidden", "is_visible", "url"}
# Playwright's other ways to click do not wait for the page, as the click of a locator does here.
OTHER_CLICKS = {"dblclick", "dispatch_event", "tap"}
SLEEPS = {"sleep", "wait_for_timeout"}
LIMITS = {"set_default_timeout", "set_default_navigation_timeout"}


def read_at_once_after_a_key(path: Path) -> Iterator[str]:
    for parent in ast.walk(tree(path)):
        for block in ("body", "orelse", "finalbody"):
            steps = getattr(parent, block, None)
            if not isinstance(steps, list):
                continue
            for step, after in pairwise(steps):
                if _presses_enter(step) and AT_ONCE & _read(after):
                    yield f"{path.name}:{after.lineno} {ast.unparse(after)[:80]}"


def _presses_enter(step: ast.stmt) -> bool:
    if not isinstance(step, ast.Expr) or not isinstance(step.value, ast.Call):
        return False
    said = [one.value for one in step.value.args if isinstance(one, ast.Constant)]
    return _name(step.value) == "press" and "Enter" in said


def _name(call: ast.Call) -> str | None:
    return getattr(call.func, "attr", getattr(call.func, "id", None))


def _read(step: ast.AST) -> set[str]:
    return {one.attr for one in ast.walk(step) if isinstance(one, ast.Attribute)}


def hurried(path: Path) -> Iterator[str]:
    """Where something waits for a number of seconds or of looks, and not as long as all others."""
    for parent in ast.walk(tree(path)):
        for call in ast.iter_child_nodes(parent):
            if isinstance(call, ast.Call) and (
                _name(call) in OTHER_CLICKS | LIMITS or any(_short(word) for word in call.keywords)
            ):
                yield f"{path.name}:{call.lineno} {ast.unparse(call)[:80]}"
        if isinstance(parent, (ast.For, ast.While)):
            calls = (one for one in ast.walk(parent) if isinstance(one, ast.Call))
            for call in (one for one in calls if _name(one) in SLEEPS):
                yield f"{path.name}:{call.lineno} {ast.unparse(call)[:80]}"


def _short(word: ast.keyword) -> bool:
    names = {one.id for one in ast.walk(word.value) if isinstance(one, ast.Name)}
    return word.arg == "timeout" and not names & {"LONGEST", "PATIENCE"}


def paths() -> list[Path]:
    found = [path for path in python_files("tests") if path.parent.name == "browser"]
    assert PATIENT in {path.name for path in found}
    return found


def test_no_browser_test_reads_a_page_that_is_still_coming() -> None:
    assert [one for path in paths() for one in read_at_once_after_a_key(path)] == []


def test_no_browser_test_is_in_a_hurry() -> None:
    assert [one for path in paths() if path.name != PATIENT for one in hurried(path)] == []


def test_a_page_that_is_still_coming_is_found(tmp_path: Path) -> None:
    path = tmp_path / "test_clicks.py"
    path.write_text(
        "def go(page):\n    page.get('a').press('Enter')\n    assert page.locator('b').count()\n"
    )
    assert list(read_at_once_after_a_key(path)) == [
        "test_clicks.py:3 assert page.locator('b').count()"
    ]


def test_a_hurry_is_found(tmp_path: Path) -> None:
    path = tmp_path / "test_clicks.py"
    path.write_text(
        "def go(page):\n    for _ in range(9):\n        sleep(1)\n"
        "    expect(page).to_be_visible(timeout=5000)\n    page.get('a').dblclick()\n"
        "    child.wait(timeout=PATIENCE)\n"
    )
    assert sorted(hurried(path)) == [
        "test_clicks.py:3 sleep(1)",
        "test_clicks.py:4 expect(page).to_be_visible(timeout=5000)",
        "test_clicks.py:5 page.get('a').dblclick()",
    ]
