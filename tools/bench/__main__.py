"""`make bench`: seeds notices and commitments, serves the portal, measures pages beside a bare one.

ROWS (100,000 unless told) notices and COMMITMENTS (as many); ENGINE sqlite (kept under var/bench)
or postgresql (thrown away afterwards); SECONDS for each page.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, text

from config import Settings
from portal.app import create_app
from portal.clock import now
from portal.db import make_engine, make_sessions, writing
from portal.schema import upgrade
from tests import postgres
from tools.bench import polls, sketch
from tools.bench.bare import app as bare_app
from tools.bench.cast import come_back
from tools.bench.checking import Checked, checked
from tools.bench.counting import counting
from tools.bench.disk import sync_rate
from tools.bench.load import CONNECTIONS, Measured, measure
from tools.bench.mail import e_mails
from tools.bench.memory import held_by_workers
from tools.bench.pages import Asked, pages
from tools.bench.rounds import Round, rounds
from tools.bench.seed import seed

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS = int(os.environ.get("ROWS", "100000"))
COMMITMENTS = int(os.environ.get("COMMITMENTS", str(ROWS)))
ENGINE = os.environ.get("ENGINE", "sqlite")
SECONDS = float(os.environ.get("SECONDS", "5"))
SECRET = "nothing of the bench is secret, ever"
TRIES = 12
# As in production: each commit waits for the disk.
DURABLE = ("shared_buffers=512MB",)


@contextmanager
def database() -> Iterator[str]:
    """The address of a seeded database."""
    if ENGINE == "sqlite":
        path = ROOT / "var" / "bench" / f"{ROWS}-{COMMITMENTS}.db"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            begun = path.with_suffix(".begun")
            begun.unlink(missing_ok=True)
            filled(f"sqlite:///{begun}")
            begun.rename(path)
        yield f"sqlite:///{path}"
        return
    with postgres.server(DURABLE) as url:
        admin = make_engine(url % "postgres").execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        admin.dispose()
        filled(url % "bench")
        yield url % "bench"


def filled(url: str) -> None:
    """Seed the database at this address."""
    engine = make_engine(url)
    seed(engine, ROWS, COMMITMENTS, now())
    engine.dispose()


def looked_at(url: str) -> tuple[list[Asked], list[Round], Checked]:
    """What is measured by visitors, what was timed of the jobs, and how fast the trail is checked.

    It signs the visitors in again.
    """
    engine = make_engine(url)
    upgrade(engine)
    with writing(make_sessions(engine)) as session:
        come_back(session, now())
        polls.plant(session, now())
    found = pages(engine, now()), rounds(engine, now()), checked(engine)
    engine.dispose()
    return found


def cookie(app: Flask, key: str) -> str:
    """The cookie of a sign-in."""
    signer: Any = app.session_interface
    signed = signer.get_signing_serializer(app).dumps({"_user_id": key, "_fresh": True})
    return f"session={signed}"


@contextmanager
def application(url: str) -> Iterator[Flask]:
    """The portal over this database, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            env="test",
            database_url=url,
            base_url="http://127.0.0.1",
            data_dir=Path(folder),
            secret_key=SECRET,
        )
        app = create_app(settings)
        yield app
        app.extensions["engine"].dispose()


def cost(app: Flask, path: str, of: str) -> tuple[int, float]:
    """How often the page asks the database, and the processor's milliseconds in this process."""
    client = app.test_client(use_cookies=False)
    for _ in range(TRIES):
        client.get(path, headers={"Cookie": of})
    engine: Engine = app.extensions["engine"]
    with counting(engine) as sent:
        client.get(path, headers={"Cookie": of})
    began = time.process_time()
    for _ in range(TRIES):
        client.get(path, headers={"Cookie": of})
    return len(sent), 1000 * (time.process_time() - began) / TRIES


def cost_of(app: Flask, statements: int) -> tuple[int, float]:
    """The same of a page that is not ours, with the number of its statements."""
    client, many = app.test_client(), 20 * TRIES
    client.get("/")
    began = time.process_time()
    for _ in range(many):
        client.get("/")
    return statements, 1000 * (time.process_time() - began) / many


@contextmanager
def served(module: str, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The application served by gunicorn on loopback; gives its port and the server's process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [str(ROOT / ".venv" / "bin" / "gunicorn"), module, "--bind", f"127.0.0.1:{port}"]
    words += ["--log-level", "warning"]
    child = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **env})
    try:
        wait_for(port)
        yield port, child.pid
    finally:
        child.terminate()
        child.wait(timeout=20)


def wait_for(port: int) -> None:
    """Wait until the server answers, half a minute at the most."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    sys.exit("the server did not answer")


def line(name: str, got: Measured, bare: Measured, spent: tuple[int, float]) -> str:
    """A row of the table."""
    share = f"{got.rate / bare.rate:.3f}"
    numbers = f"{got.rate:.0f} | {share} | {got.median:.1f} | {got.slowest:.1f}"
    return f"| {name} | {numbers} | {spent[0]} | {spent[1]:.1f} |"


def report_rounds(found: list[Round], trail: Checked) -> None:
    """Print what the jobs ask in each round, and what goes beside the pages."""
    print(f"\n{ROWS:,} notices, {COMMITMENTS:,} commitments, {ENGINE}\n")
    print("| question of the jobs | ms | CPU ms | SQL | found |")
    print("| --- | --- | --- | --- | --- |")
    for it in found:
        print(f"| {it.name} | {it.wall:.1f} | {it.cpu:.1f} | {it.statements} | {it.found} |")
    print(f"\ndelivery into a local mail server: {e_mails(ENGINE)}")
    print(f"\nthe trail, checked: {trail}")
    synced = sync_rate(ROOT / "var" / "bench")
    print(f"\n{CONNECTIONS} connections, {SECONDS:.0f} s a page; writes to disk: {synced:.0f}/s\n")
    print("| page | requests/s | of bare | p50 ms | p99 ms | SQL | CPU ms |")
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)


def main() -> None:
    """Seed, serve, measure, print."""
    if ENGINE not in ("sqlite", "postgresql"):
        sys.exit("ENGINE is sqlite or postgresql")
    with database() as url, tempfile.TemporaryDirectory() as folder:
        asked, found, trail = looked_at(url)
        env = {
            "PORTAL_ENV": "test",
            "PORTAL_DATABASE_URL": url,
            "PORTAL_DATA_DIR": folder,
            "PORTAL_SECRET_KEY": SECRET,
        }
        report_rounds(found, trail)
        with served("tools.bench.bare:app", {}) as (port, _server):
            bare = measure(port, "/", "", SECONDS)
        print(line("bare Flask page", bare, bare, cost_of(bare_app, 0)), flush=True)
        with served("tools.bench.sketch:create()", env) as (port, _server):
            got = measure(port, "/", "", SECONDS)
        print(line("sketch of a list", got, bare, cost_of(sketch.create(url), 3)), flush=True)
        with application(url) as app:
            _pages(app, asked, bare, env)
            visited = [(path, cookie(app, who)) for _name, who, path in asked]
        with served("wsgi:app", env) as (port, server):
            print(f"\ntwo workers together: {held_by_workers(server, port, visited)}")


def _pages(app: Flask, asked: list[Asked], bare: Measured, env: dict[str, str]) -> None:
    with served("wsgi:app", env) as (port, _server):
        for name, who, path in asked:
            spent = cost(app, path, cookie(app, who))
            got = measure(port, path, cookie(app, who), SECONDS)
            print(line(name, got, bare, spent), flush=True)


if __name__ == "__main__":
    main()
