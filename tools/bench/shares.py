"""What a page costs, in parts: database, policy, template, and the framework around them.

`python -m tools.bench.shares` measures the five main pages on the SQLite database that `make bench`
has seeded, and draws `docs/pictures/page-costs.svg`. Times are of the processor, in this process
alone, where SQLite answers as well. What the policy costs is the difference to the same questions
with a policy that says yes to all: such a policy is nowhere but in this measurement.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import flask.templating
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.ext.compiler import compiles

from portal.policy_elements import PolicyPredicate
from tools.bench import __main__ as bench
from tools.bench.pages import Asked
from tools.bench.shares_picture import Shares, picture

PICTURE: Final = Path(__file__).parents[2] / "docs" / "pictures" / "page-costs.svg"
MAIN: Final = {
    "first page of the portal": "Overview",
    "list, first page": "Notices",
    "one notice (is recorded)": "One notice",
    "overview, first page": "Commitments",
    "search, common word": "Search",
}
TIMES: Final = 40
Sent = list[tuple[str, Any]]


def main() -> None:
    """Measure, print, draw."""
    with bench.database() as url:
        asked = [one for one in bench.looked_at(url)[0] if one[0] in MAIN]
        with policy_that_says_yes():
            open_to_all = [_database(url, path, who) for _name, who, path in asked]
        found = [
            _shares(url, one, without) for one, without in zip(asked, open_to_all, strict=True)
        ]
    for page in found:
        print(page)
    PICTURE.write_text(picture(found))


@contextmanager
def policy_that_says_yes() -> Iterator[None]:
    """Statements that SQLite compiles meanwhile ask nothing of the policy."""
    compiles(PolicyPredicate, "sqlite")(lambda *_anything, **_named: "1")
    try:
        yield
    finally:
        vars(PolicyPredicate)["_compiler_dispatcher"].specs.pop("sqlite")


def _shares(url: str, asked: Asked, without: float) -> Shares:
    name, who, path = asked
    database = _database(url, path, who)
    whole, template = _whole_and_template(url, path, who)
    without = min(without, database)
    rest = max(whole - template - database, 0.0)
    return Shares(MAIN[name], (without, database - without, template, rest))


def _database(url: str, path: str, who: str) -> float:
    # What the page asked, asked again of the driver alone.
    with bench.application(url) as app:
        engine: Engine = app.extensions["engine"]
        ask = _visitor(app, path, who)
        ask()
        sent: Sent = []

        def keep(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                sent.append((statement, values))

        event.listen(engine, "before_cursor_execute", keep)
        ask()
        driver: Any = engine.raw_connection().driver_connection
        return sum(_of_one(lambda s=s, v=v: driver.execute(s, v).fetchall()) for s, v in sent)


def _whole_and_template(url: str, path: str, who: str) -> tuple[float, float]:
    spent: list[float] = []
    render = flask.templating._render

    def timed(*args: Any) -> str:
        began = time.process_time()
        try:
            return render(*args)
        finally:
            spent.append(1000 * (time.process_time() - began))

    with bench.application(url) as app, patch.object(flask.templating, "_render", timed):
        whole = _of_one(_visitor(app, path, who))
    return whole, sum(spent) / len(spent)


def _visitor(app: Flask, path: str, who: str) -> Callable[[], Any]:
    client, headers = app.test_client(use_cookies=False), {"Cookie": bench.cookie(app, who)}
    return lambda: client.get(path, headers=headers)


def _of_one(act: Callable[[], Any]) -> float:
    """Milliseconds of the processor for one of many."""
    for _ in range(TIMES // 4):
        act()
    began = time.process_time()
    for _ in range(TIMES):
        act()
    return 1000 * (time.process_time() - began) / TIMES


if __name__ == "__main__":
    main()
