"""Several threads meet in a fresh process: what they share is complete before any of them comes.

Aliases that were filled at first use once made the policy give everybody the rights of any member
(decision 0014). So each try has a process of its own that has compiled or served nothing yet.
"""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal import policy_sql
from portal.db import writing
from portal.policy_sql import PolicyDiffers
from tests.architecture.at_once import TRIES
from tests.architecture.files import ROOT, python_files, short, tree
from tests.architecture.first_visitors import seen_by, settings
from tests.attacks.test_b_leaks import NOT_VISITED, addresses
from tests.cast import World
from tests.pages import sign_in
from tests.warm import Warm
from tests.worlds import HOMES, Canaries, build

AT_ONCE = [sys.executable, "-m", "tests.architecture.at_once"]
# Decorators and calls that fill something at first use.
LAZY = {"cache", "lru_cache", "cached_property"}
# Objects of SQLAlchemy whose columns are filled at first use.
UNFILLED = {"aliased", "subquery", "cte", "lateral", "alias"}


def in_a_fresh_process(*words: str) -> Any:
    """What the program answers, from a process of its own that has imported nothing."""
    done = subprocess.run([*AT_ONCE, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "SAWarning" not in done.stderr
    return json.loads(done.stdout)


def pages_at_once(url: str, folder: Path, walk: list[str]) -> Any:
    """What it answers to visitors, from a process that has imported the portal and nothing else."""
    given, found, said = (folder / name for name in ("given", "found", "said"))
    given.write_text(json.dumps(walk))
    with given.open() as into, found.open("w") as out, said.open("w") as error:
        words = [*AT_ONCE, "pages", url, str(folder)]
        child = Warm(words, stdin=into, stdout=out, stderr=error)
    assert child.wait() == 0, said.read_text()[-3000:]
    assert "SAWarning" not in said.read_text()
    return json.loads(found.read_text())


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_threads_that_meet_compile_the_same_policy() -> None:
    found = in_a_fresh_process("policy")
    assert found["sentences"] > 50
    kept = {one["kept"] for one in found["tries"] if "kept" in one}
    assert len(kept) == 1, "the policy itself is the same in each process"
    assert [set(one["by_threads"]) for one in found["tries"]] == [kept] * TRIES


@pytest.mark.slow
@pytest.mark.wall_clock
@pytest.mark.timeout(1800)
def test_sixteen_first_visitors_see_what_a_quiet_process_shows(
    app: Flask, world: World, tmp_path: Path
) -> None:
    with writing(world.sessions) as session:
        canaries = build(session, world, app.extensions["store"])
    walk = some_of_each(app, canaries)
    url = world.engine.url.render_as_string(hide_password=False)
    came = pages_at_once(url, tmp_path, walk)
    asked = {name: set[str]() for name in HOMES}
    for one in came:
        asked[one["name"]].update(one["seen"])
    # Everybody at an address before the next: a connection keeps no plans for all of them.
    alone = {name: sign_in(app, world, name) for name in HOMES}
    quiet: dict[str, dict[str, Any]] = {name: {} for name in HOMES}
    for address in walk:
        for name in HOMES:
            if address in asked[name]:
                quiet[name] |= seen_by(alone[name], [address])["seen"]
    # The quiet walk comes later, so it may also show what the first visitors did.
    wrong = [
        f"{one['name']} {address}: {status} {notified}, and alone {quiet[one['name']][address]}"
        for one in came
        for address, (status, notified) in one["seen"].items()
        if status != quiet[one["name"]][address][0]
        or set(notified) - set(quiet[one["name"]][address][1])
    ]
    assert wrong == []
    notified = {
        canary for one in came for _status, notified in one["seen"].values() for canary in notified
    }
    assert len(notified) > 10


def some_of_each(app: Flask, world: Canaries) -> list[str]:
    """An address of each page and narrowed list; not of what changes at each visit."""
    routes, found = app.url_map.bind("localhost"), dict[str, list[str]]()
    for address in addresses(app, world):
        path, _, query = address.partition("?")
        endpoint = routes.match(path)[0]
        if endpoint not in NOT_VISITED and not endpoint.startswith(("auth.", "feeds.", "home.")):
            found.setdefault(f"{endpoint}?{query.partition('=')[0]}", []).append(address)
    return [many[len(many) // 2] for many in found.values()]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_question_that_is_ready_leaves_nothing_to_its_first_use() -> None:
    found = in_a_fresh_process("questions")
    assert found["questions"] > 100
    assert (found["unfilled"], found["noticed"]) == (0, 1)


def test_a_process_with_another_policy_does_not_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    policy_sql.check()
    question = next(iter(policy_sql.TEXTS))
    with monkeypatch.context() as other:
        other.setitem(policy_sql.TEXTS, question, "(true)")
        with pytest.raises(PolicyDiffers, match="make matrix"):
            policy_sql.check()
    unpublished = tmp_path / "rules.md"
    monkeypatch.setattr(policy_sql, "PUBLISHED", unpublished)
    for text in (None, "no digest\n"):
        if text:
            unpublished.write_text(text)
        with pytest.raises(PolicyDiffers, match="does not tell"):
            policy_sql.check()


def test_a_warning_of_sqlalchemy_is_an_error_in_every_process() -> None:
    program = (
        "import warnings; from portal.app import create_app; from sqlalchemy.exc import SAWarning\n"
        "try: warnings.warn('a statement that does not say what was meant', SAWarning)\n"
        "except SAWarning: print('stopped')"
    )
    with Warm([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.read() == "stopped\n"


def test_nothing_that_threads_share_is_filled_at_first_use() -> None:
    found = []
    for path in python_files("config.py", "wsgi.py", "portal", "models", "blueprints"):
        found += [f"{short(path)}:{line} {name}" for line, name in lazies(tree(path))]
    assert found == []


def lazies(module: ast.Module) -> list[tuple[int, str]]:
    """Caches, globals set by functions, and shared objects of SQLAlchemy that are not complete."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Global):
            found.append((node.lineno, f"global {', '.join(node.names)}"))
        elif isinstance(node, ast.FunctionDef):
            names = {ast.unparse(one).split("(")[0].split(".")[-1] for one in node.decorator_list}
            found += [(node.lineno, name) for name in names & LAZY]
    for statement in module.body:
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.ImportFrom):
            calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
            names = {ast.unparse(call.func).split(".")[-1] for call in calls}
            names -= {"alias"} if "alias" in {ast.unparse(call.func) for call in calls} else set()
            found += [(statement.lineno, name) for name in names & UNFILLED]
    return found


def test_the_server_loads_the_application_before_it_forks() -> None:
    settings_of_server: dict[str, Any] = {}
    exec((ROOT / "gunicorn.conf.py").read_text(), settings_of_server)
    assert settings_of_server["preload_app"] is True
    assert settings(f"sqlite:///{ROOT}", ROOT).env == "test"
