"""The portal on gunicorn with four threads, and a sign-in provider that never answers."""

import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from email.message import Message
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from config import Settings
from models.signins import SignIn
from portal.app import create_app
from portal.db import make_engine, make_sessions, reading
from tests.auth import hostile
from tests.cast import World
from tests.pace import GENEROUS
from tests.pages import sign_in
from tests.warm import Warm

# The server is another process, which reads the clock of the wall.
pytestmark = pytest.mark.wall_clock

SECRET = "a secret of the tests, long enough"
PATIENCE = 300
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
BEGUN = 10


def is_let_go(database_url: str) -> bool:
    """Whether the provider is silent until the others were answered, however long that takes.

    How long it may be silent at all is asked of no database: on the other it is waited for, once.
    """
    return database_url.startswith("postgresql")


class Here:
    """A browser without anything: keeps one cookie, follows nothing."""

    def __init__(self, base: str, cookie: str = "") -> None:
        self.base, self.cookie = base, cookie

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and page."""
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        asked = urllib.request.Request(f"{self.base}{path}", data)
        asked.add_header("Cookie", self.cookie)
        opener = urllib.request.build_opener(NoRedirect)
        try:
            with opener.open(asked, timeout=PATIENCE) as answer:
                return self._keep(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as other:
            with other:
                return self._keep(other.code, other.headers, other.read())

    def _keep(self, status: int, headers: Message, body: bytes) -> tuple[int, str]:
        for line in headers.get_all("Set-Cookie") or ():
            self.cookie = line.partition(";")[0]
        return status, body.decode()

    def post(self, page: str, path: str, **more: str) -> tuple[int, str]:
        """Post a form, with the token that a page gave."""
        _status, text = self.ask(page)
        return self.ask(path, {"csrf_token": TOKEN.findall(text)[0], **more})


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_words: object) -> None:
        return None


@pytest.fixture
def peer() -> Iterator[hostile.Hostile]:
    """A provider that accepts and never answers."""
    with hostile.listening(hostile.silent) as peer:
        yield peer


@pytest.fixture
def gunicorn(
    engine: Engine, database_url: str, tmp_path: Path, peer: hostile.Hostile
) -> Iterator[str]:
    """One process with four threads, as operations.md starts it; yields its address."""
    (tmp_path / "oidc.toml").write_text(
        f'[demo]\nissuer = "{peer.issuer}"\nclient_id = "good-offices"\nclient_secret = "s"\n'
    )
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    surroundings = {
        "PORTAL_ENV": "test",
        "PORTAL_DATA_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_BASE_URL": base,
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_OIDC_FILE": str(tmp_path / "oidc.toml"),
        "PORTAL_OIDC_SECONDS": str(GENEROUS if is_let_go(database_url) else 6),
        "PATH": "/usr/bin:/bin",
    }
    words = (sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}")
    more = ("--workers", "1", "--threads", "4", "--preload", "--no-control-socket")
    with (tmp_path / "log").open("w") as log, ExitStack() as stack:
        child = Warm((*words, *more), env=surroundings, stdout=log, stderr=subprocess.STDOUT)
        stack.callback(child.wait, timeout=PATIENCE)
        stack.callback(child.terminate)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and child.poll() is None:
            try:
                Here(base).ask("/healthz")
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise AssertionError((tmp_path / "log").read_text()[-3000:])
        yield base


@pytest.mark.timeout(1800)
def test_ten_sign_ins_that_hang_take_no_thread_from_the_others(
    gunicorn: str, peer: hostile.Hostile, world: World, database_url: str, tmp_path: Path
) -> None:
    app = create_app(
        Settings("test", database_url, gunicorn, tmp_path, SECRET, oidc_file=tmp_path / "oidc.toml")
    )
    cookie = sign_in(app, world, "liaison@telco").client.get_cookie("session")
    assert cookie is not None
    person = Here(gunicorn, f"session={cookie.value}")
    browsers = [Here(gunicorn) for _ in range(BEGUN)]
    tokens = [TOKEN.findall(b.ask("/auth/sign-in")[1])[0] for b in browsers]
    answers: list[int] = []

    def click(browser: Here, token: str) -> None:
        answers.append(browser.ask("/auth/demo/begin", {"csrf_token": token})[0])

    threads = [
        threading.Thread(target=click, args=pair) for pair in zip(browsers, tokens, strict=True)
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + PATIENCE
    while not peer.met and time.monotonic() < until:
        time.sleep(0.01)
    assert peer.met, "the first of them has reached the provider"
    assert Here(gunicorn).ask("/healthz")[0] == 200
    assert person.ask("/notices/")[0] == 200
    hung = sum(thread.is_alive() for thread in threads)
    status, _page = person.post("/notices/", "/auth/sign-out")
    assert status == 302, "signed out here, while the provider is silent"
    if is_let_go(database_url):
        assert hung, "others were answered while these were waiting"
        peer.let_go()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert answers == [503] * BEGUN
    assert peer.met <= 3, "and only a few of them were let wait at all"
    engine = make_engine(database_url)
    with reading(make_sessions(engine)) as session:
        assert session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all() == []
    engine.dispose()
