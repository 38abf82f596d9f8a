"""Attack cases E: no log line and no printed error holds what anybody typed."""

import io
import json
import logging
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from flask import Flask
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, StatementError

from portal import logs, schedule
from portal.backup import _without_values
from portal.faults import described, traced
from tests.cast import NOW, World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
CANARY = "canary-7f3a"
WRONG = {
    "unique": "INSERT INTO faults (word) VALUES (:canary)",
    "check": "INSERT INTO faults (word, number) VALUES (:canary, -1)",
    "null": "INSERT INTO faults (word, number) VALUES (:canary || 'x', NULL)",
    "cast": "INSERT INTO faults (word, number) VALUES ('z', CAST(:canary AS INTEGER))",
    "column": "SELECT nothing FROM faults WHERE word = :canary",
    "syntax": "SELEC :canary",
    "json": "SELECT json_extract(:canary, '$')",
}


@pytest.fixture(params=[True, False], ids=["json", "console"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What the portal and its libraries write meanwhile, as in production and as in the demo."""
    stream = io.StringIO()
    one = logs.handler(stream, as_json=request.param)
    root, before = logging.getLogger(), structlog.get_config()
    root.addHandler(one)
    structlog.configure(
        processors=[*logs.SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    yield stream
    root.removeHandler(one)
    structlog.configure(**before)


@pytest.fixture
def broken(engine: Engine) -> Iterator[Engine]:
    """An engine with a table that refuses much."""
    number = "number INTEGER DEFAULT 1 NOT NULL CHECK (number > 0)"
    table = f"faults (word VARCHAR(30) UNIQUE NOT NULL, {number})"
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(f"CREATE TABLE {table}"))
        connection.execute(text("INSERT INTO faults (word) VALUES (:canary)"), {"canary": CANARY})
    yield engine
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP TABLE faults"))


def failing(engine: Engine, sentence: str) -> BaseException | None:
    try:
        with engine.execution_options(writes=True).begin() as connection:
            connection.execute(text(sentence), {"canary": CANARY})
    except StatementError as error:
        return error
    return None


@pytest.mark.parametrize("fault", WRONG)
def test_b2_an_error_of_the_database_quotes_nothing(broken: Engine, fault: str) -> None:
    error = failing(broken, WRONG[fault])
    if error is None:
        assert fault == "cast", "SQLite takes any text for a number there"
        return
    for link in (error, error.__cause__, getattr(error, "orig", None)):
        assert CANARY not in f"{link} {link!r} {vars(link) if link else ''}"
    assert CANARY not in "".join(traceback.format_exception(error))
    assert CANARY not in traced(error) + described(error)


def test_b2_what_helps_is_still_said(broken: Engine) -> None:
    error = failing(broken, WRONG["unique"])
    assert isinstance(error, DBAPIError)
    said = described(error)
    assert said.startswith("sqlalchemy.exc.IntegrityError ")
    assert "faults" in said
    assert "23505" in said or "SQLITE_CONSTRAINT_UNIQUE" in said
    assert "test_e_logs.py" in traced(error)
    assert described(FileNotFoundError(2, "No such file", CANARY)) == "FileNotFoundError ENOENT"
    assert described(KeyError(CANARY)) == "KeyError"


@pytest.mark.own_app
@pytest.mark.parametrize("fault", [name for name in WRONG if name != "cast"])
def test_b2_no_request_logs_what_was_typed(
    app: Flask, broken: Engine, visit: Visit, written: io.StringIO, fault: str
) -> None:
    def view() -> str:
        with broken.connect() as connection:
            connection.execute(text(WRONG[fault]), {"canary": CANARY})
        return ""

    app.add_url_rule("/broken", "health.broken", view, methods=["GET", "POST"])
    liaison = visit("liaison@telco")
    typed = {"csrf_token": liaison.token(), "title": CANARY}
    for answer in (liaison.post_bare("/broken", typed), liaison.get(f"/broken?q={CANARY}")):
        assert answer.status in (500, 503)
    assert "unexpected" in written.getvalue() or "storage" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_b2_no_job_logs_what_was_typed(
    broken: Engine, world: World, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = failing(broken, WRONG["unique"])

    def fail(*_words: Any) -> int:
        raise error or AssertionError

    monkeypatch.setattr(schedule, "DUE", ((lambda *_words: ["C-1"], fail),))
    schedule.keep_all_times(world.sessions, NOW)
    assert "C-1" in written.getvalue()
    assert "IntegrityError" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_b2_whatever_a_library_logs_of_an_exception_is_left_out(written: io.StringIO) -> None:
    log, cause = logging.getLogger("library"), ValueError(f"cannot read {CANARY}")
    try:
        try:
            raise cause
        except ValueError as inner:
            raise RuntimeError(CANARY) from inner
    except RuntimeError as error:
        log.exception("first: %s", error)
        log.error(error)
        log.error("second %(why)s", {"why": error})
        log.warning("third", exc_info=True)
        structlog.get_logger().error("fourth", why=error, exc_info=error)
        structlog.get_logger().exception("fifth")
    log.error("sixth", exc_info=ExceptionGroup(CANARY, [cause]))
    said = written.getvalue()
    assert CANARY not in said
    for word in ("first", "second", "third", "fourth", "fifth", "sixth", "ValueError"):
        assert word in said, word


PRINTS = f"""
import logging, sys, threading, warnings
from portal import logs
logging.getLogger("gunicorn.error").addHandler(logging.StreamHandler(sys.stderr))
logs.configure(as_json=True)
class Bad:
    def __del__(self): raise ValueError("{CANARY}")
def run(): raise ValueError("{CANARY}")
warnings.warn("{CANARY}")
thread = threading.Thread(target=run); thread.start(); thread.join()
bad = Bad(); del bad
try: run()
except ValueError: logging.getLogger("gunicorn.error").exception("Error handling request")
raise RuntimeError("{CANARY}")
"""


def test_b2_what_python_prints_by_itself_is_left_out() -> None:
    done = subprocess.run([sys.executable, "-c", PRINTS], capture_output=True, check=False)
    said = done.stderr.decode()
    assert done.returncode == 1
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["event"].split(":")[0] for line in lines] == [
        "warned", "uncaught", "unraisable", "Error handling request", "uncaught",
    ]  # fmt: skip
    assert CANARY not in said


def test_b2_addresses_with_keys_stay_out(app: Flask, visit: Visit, written: io.StringIO) -> None:
    def fail(_connection: Any, *_words: Any) -> None:
        raise RuntimeError(CANARY)

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", fail)
    for path in (f"/auth/invitation/{CANARY}", f"/feeds/calendar/{CANARY}.ics"):
        assert visit_bare(app, path) == 500
    event.remove(engine, "before_cursor_execute", fail)
    assert "RuntimeError" in written.getvalue()
    assert CANARY not in written.getvalue()


def visit_bare(app: Flask, path: str) -> int:
    return app.test_client().get(path).status_code


def test_b2_a_program_of_postgresql_is_quoted_without_values() -> None:
    said = _without_values(
        f'pg_restore: error: could not execute query: ERROR:  invalid input: "{CANARY}"\n'
        f"DETAIL:  Key (title)=({CANARY}) already exists.\nCommand was: INSERT {CANARY}"
    )
    assert said == "pg_restore: error: could not execute query: ERROR:  invalid input: …"


def test_a_storm_of_equal_lines_is_a_few_with_a_count() -> None:
    stream = io.StringIO()
    one = logs.handler(stream, as_json=True)
    log = logging.getLogger("storm")
    log.addHandler(one)
    log.propagate = False

    def at(second: float, word: str, **more: Any) -> None:
        record = log.makeRecord("storm", logging.ERROR, "f", 1, word, (), more.get("exc_info"))
        record.created = 1_000_000.0 + second
        one.handle(record)

    for tick in range(1000):
        at(tick / 10, "storage", exc_info=(OSError, OSError(28, CANARY + str(tick)), None))
    at(100, "another")
    for _n in range(3):
        at(200, "information is not held back")
    log.removeHandler(one)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["event"], line.get("repeated")) for line in lines] == [
        ("storage", None),
        ("storage", 599),
        ("another", None),
        ("information is not held back", None),
    ]


def test_a_resource_of_its_own_has_a_line_of_its_own(written: io.StringIO) -> None:
    log = structlog.get_logger()
    for ref in ("C-1", "C-2", "C-1"):
        log.error("a matter could not be brought up to date", ref=ref)
    assert written.getvalue().count("C-1") == 1
    assert written.getvalue().count("C-2") == 1
