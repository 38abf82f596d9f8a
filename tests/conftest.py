"""Fixtures of all tests: a fresh migrated database on each engine, and the world on it."""

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, text

from portal import pdf, web
from portal.db import make_engine
from portal.limits import limiter
from portal.schema import upgrade
from tests import clock, guard, postgres, sqlite
from tests.applications import application, lent, put_on
from tests.beginnings import Beginnings
from tests.cast import NOW, World, build
from tests.engines import made_once
from tests.guard import nothing_slow_under_a_lock
from tests.memory import in_memory
from tests.pages import NOT_LAID_OUT, Visitor, nobody, sign_in

# The files that take longest, longest first: these are begun first, so that no worker waits for one
# at the end.
LONGEST = (
    "tests/browser/test_looks.py",
    "tests/architecture/test_first_visitors.py",
    "tests/architecture/test_statements.py",
    "tests/browser/test_talks.py",
    "tests/attacks/test_b_commitments.py",
    "tests/attacks/test_b_leaks.py",
    "tests/attacks/test_b_dialogues.py",
    "tests/forms/test_creates_once.py",
    "tests/policy/test_route_walk.py",
    "tests/browser/test_independent.py",
    "tests/browser/test_promises.py",
    "tests/browser/test_journey.py",
    "tests/policy/whole/test_whole_policy.py",
)

# A slow machine is no fault of the code: no example has a time limit of its own.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


def pytest_configure(config: pytest.Config) -> None:
    """Watch what is done under a write transaction, before anything is imported by name."""
    guard.install()
    if not hasattr(config, "workerinput"):
        # Files of tests lie in memory, as their databases do: each one that is kept is waited for
        # until the disk has it. Workers, and what tests start, find theirs by the same name.
        if (memory := in_memory()) is not None:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)
        config.pluginmanager.register(FaultsAtOnce(config))


@dataclass(frozen=True)
class FaultsAtOnce:
    """Names a test that fails when it fails: a run that is stopped has said what it found."""

    config: pytest.Config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write its name, and the line of the error."""
        if report.failed:
            terminal = self.config.pluginmanager.get_plugin("terminalreporter")
            crash = getattr(report.longrepr, "reprcrash", None)
            why = str(crash.message if crash else report.longrepr).partition("\n")[0]
            terminal.write_line(f"\n{report.when} of {report.nodeid} failed: {why[:200]}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest files, and leave out what no second engine can change.

    With BOTH_ENGINES=1 nothing is left out.
    """
    turns = {path: turn for turn, path in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(file_of(item), len(turns)))
    if not os.environ.get("BOTH_ENGINES"):
        again = {item for item in items if is_second(item)}
        config.hook.pytest_deselected(items=list(again))
        items[:] = [item for item in items if item not in again]


def is_second(item: pytest.Item) -> bool:
    """Whether it is the second run of a test that is run on one engine."""
    asks_pages = "app" in getattr(item, "fixturenames", ())
    both = item.get_closest_marker("both_engines") is not None
    return made_once(file_of(item), item.name, asks_pages, both)


def file_of(item: pytest.Item) -> str:
    """The file of a test, from the top of the project."""
    return item.nodeid.partition("::")[0]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Spare the collector of garbage what stays until the end: modules, tests, the policy.

    It would walk over all of it again and again, a twelfth of the time that tests take. Until now
    it did not walk at all (tests/__init__.py).
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.fixture(autouse=True)
def pdf_is_its_page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer with what would be laid out as PDF or PNG: a second of work less for each.

    All that a PDF says is in its page. Tests of what is laid out are marked `laid_out`, those of
    the process that does it `prints`.
    """

    def its_page(page: dict[str, str | int]) -> bytes:
        guard.check("printing")
        return NOT_LAID_OUT + "\n".join(map(str, page.values())).encode()

    def here(page: dict[str, str | int]) -> bytes:
        guard.check("printing")
        printing = pytest.importorskip("portal.printing", reason="PDF needs Pango")
        laid_out: bytes = printing.made(page)
        return laid_out

    if not request.node.get_closest_marker("prints"):
        real = request.node.get_closest_marker("laid_out")
        monkeypatch.setattr(pdf, "printed", here if real else its_page)


@pytest.fixture(autouse=True)
def day_of_the_world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test is on the day on which its world is."""
    clock.set_for(request.node, monkeypatch)


@pytest.fixture(scope="session")
def sqlite_seed() -> Iterator[Path]:
    """A migrated SQLite file with the cast in it, copied for each test."""
    with TemporaryDirectory(prefix="golite", dir=in_memory()) as folder:
        path = Path(folder) / "seed.db"
        engine = make_engine(f"sqlite:///{path}")
        upgrade(engine)
        build(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        yield path


@pytest.fixture(scope="session")
def postgres_seed() -> Iterator[str]:
    """A server with a migrated database `seed` with the cast in it, copied for each test."""
    with postgres.server() as url:
        admin = make_engine(url % "postgres").execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE seed"))
        admin.dispose()
        engine = make_engine(url % "seed")
        upgrade(engine)
        build(engine)
        engine.dispose()
        yield url


@pytest.fixture(scope="session")
def sqlite_copy(sqlite_seed: Path) -> Iterator[tuple[Engine, Callable[[], None]]]:
    """An engine on the copy of the seed that tests share, and what takes back all they did."""
    engine = make_engine(f"sqlite:///{sqlite_seed.with_name('portal.db')}")
    yield engine, sqlite.way_back(engine, sqlite_seed)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_copy(postgres_seed: str) -> Iterator[tuple[Engine, Callable[[], None]]]:
    """An engine on the copy of the seed that tests share, and what takes back all they did."""
    engine = make_engine(postgres.fresh(postgres_seed, "seed"))
    back = postgres.way_back(engine)
    yield engine, back
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine on the seed as if nobody had been there, on each engine in turn."""
    if request.param == "postgresql" and hasattr(request.module, "downgrade"):
        # Tests that change tables get their own.
        own = make_engine(postgres.fresh(request.getfixturevalue("postgres_seed"), "seed"))
        yield own
        own.dispose()
        return
    copy = "sqlite_copy" if request.param == "sqlite" else "postgres_copy"
    engine, back = request.getfixturevalue(copy)
    back()
    yield engine


@pytest.fixture
def database_url(engine: Engine) -> str:
    """The address of its database."""
    return engine.url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def casts() -> dict[Engine, bytes]:
    """The cast as it was read first on each engine: each test has the same rows."""
    return {}


@pytest.fixture
def world(engine: Engine, casts: dict[Engine, bytes]) -> World:
    """The cast on a fresh database."""
    if engine not in casts:
        casts[engine] = World.on(engine).kept()
    return World.again(engine, casts[engine])


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application that the tests of this process share: making one costs a quarter second."""
    return application("sqlite://", tmp_path_factory.mktemp("application"))


@pytest.fixture
def app(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    """The portal on the fresh database, with an empty folder of files.

    Settings, extensions and names of templates are as before when the test ends. A test that
    changes more is marked `own_app` and gets an application of its own.
    """
    if request.node.get_closest_marker("own_app"):
        app = application(engine.url.render_as_string(hide_password=False), tmp_path)
        app.extensions["engine"].dispose()
        put_on(app, engine, tmp_path)
        yield app
        limiter.enabled = False  # the limiter is one for all applications of a process
        return
    app = request.getfixturevalue("shared_app")
    with lent(app, engine, tmp_path):
        yield app


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    """The large worlds that were made in this process so far."""
    return Beginnings(tmp_path_factory.mktemp("beginnings"))


@pytest.fixture
def visit(app: Flask, world: World) -> Callable[[str], Visitor]:
    """Makes a visitor: signed in as somebody of the cast, or `nobody`."""
    return lambda name: nobody(app) if name == "nobody" else sign_in(app, world, name)


@pytest.fixture
def come(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Visitor]:
    """Signs in somebody of the cast; it is `at` for everybody from then on."""

    def arrive(name: str, at: datetime = NOW) -> Visitor:
        monkeypatch.setattr(web, "read_clock", lambda: at)
        return sign_in(app, world, name, at)

    return arrive
