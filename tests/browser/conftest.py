"""A real browser, and the whole house as `make run` starts it: web, jobs, provider, mailbox."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import update

from models.stakeholders import Identity
from portal.db import make_engine
from tests import postgres
from tests.browser.patience import PATIENCE, answers, patient_browser, until
from tests.memory import in_memory
from tests.warm import Warm
from tools.serve import DemoSystem

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "var" / "screenshots"
# Drawing a page as a picture takes longer than all that is asked of it.
PICTURES = bool(os.environ.get("SCREENSHOTS"))
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Without the windows and tabs that only people see, where it is there: half the work for each page.
BROWSER = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
# Each page has its scripts compiled anew: machine code that is made better while it runs, as for a
# page that stays open, is thrown away before it has paid for itself.
# A page that follows another comes into the same frame, as in Chromium until lately: to make a
# frame, and a surface to draw it on, is a third of the work of opening a page. The other names are
# what Playwright asks for here, and are said again because only the last such list counts.
FLAGS = (
    "--js-flags=--no-maglev --no-turbofan",
    "--enable-features=CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies,"
    "RenderDocument:level/subframe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Where no picture is taken nothing is drawn: styles, places and clicks are as ever. The other
# settings are Playwright's, said again for the same reason.
UNDRAWN = (
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,"
    "availablePointerTypes=4,acceleratedCompositingEnabled=false",
)
# What is run in each page, and which of its findings come back: what passes is not written down.
# That one can scroll what lies under the bar with the main action is no fault, and which field lies
# there is chance.
LOOK = """rules => {
    if (!window.axe) return null;
    document.querySelectorAll(".go-sticky").forEach(bar => { bar.style.position = "static"; });
    return axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
        .then(found => found.violations);
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Child = subprocess.Popen[bytes] | Warm


@dataclass(frozen=True)
class Server:
    """The demo world being served: where the portal and its mailbox are."""

    base: str
    mailbox: str
    engine: str
    database_url: str
    env: dict[str, str] = field(default_factory=dict)
    """The surroundings of its processes."""
    children: dict[str, Child] = field(default_factory=dict)
    """Its processes by name, where a test may take hold of them."""
    sessions: dict[str, str] = field(default_factory=dict)
    """The cookie of each who came, with which they come again."""

    def sign_in(self, page: Page, who: str) -> None:
        """Go the way of every visitor: provider, one click, back; the second time just come."""
        if who in self.sessions and self._is_known(page, who):
            return
        page.goto(f"{self.base}/")
        page.get_by_role("button", name=re.compile("Sign in with")).click()
        page.get_by_role("button", name=re.compile(f"^{who}")).click()
        page.wait_for_url(f"{self.base}/**")
        assert page.locator("nav").get_by_text(who).count() == 1
        cookies = {one["name"]: one["value"] for one in page.context.cookies(self.base)}
        self.sessions[who] = cookies["session"]

    def _is_known(self, page: Page, who: str) -> bool:
        # Whoever signed out meanwhile goes the whole way anew.
        known = {"name": "session", "value": self.sessions[who], "url": self.base}
        page.context.add_cookies([known])
        page.goto(f"{self.base}/")
        return page.locator("nav").get_by_text(who).count() == 1

    def emails(self, to: str, word: str) -> list[str]:
        """The subjects of e-mails to somebody that hold a word."""
        with urllib.request.urlopen(self.mailbox, timeout=PATIENCE) as answer:
            listed = answer.read().decode()
        found = re.findall(r"<li><a href='/\d+'>(.*?)</a>", listed)
        return [line for line in found if f"&lt;{to}.example&gt;" in line and word in line]

    def wait_for_email(self, to: str, word: str) -> str:
        """The first e-mail to somebody that holds a word; waits for the jobs to send it."""
        missing = f"no e-mail about {word} came to {to}"
        return until(lambda: self.emails(to, word), missing, 0.5)[0]


def free_port() -> int:
    """The first of five ports in a row that nobody holds."""
    for port in range(18_000 + os.getpid() % 1000 * 10, 60_000, 5):
        with socket.socket() as probe:
            held = any(probe.connect_ex(("127.0.0.1", port + n)) == 0 for n in range(5))
        if not held:
            return port
    raise AssertionError("no free ports")


@pytest.fixture(scope="package", autouse=True)
def patient_portal() -> Iterator[None]:
    """Every portal that is started here gives a sign-in provider as long as the tests have."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PORTAL_OIDC_SECONDS", str(PATIENCE))
        yield


@pytest.fixture
def chromium(launched: Browser) -> Iterator[Browser]:
    """The browser; its windows are closed when the test ends, and the house can be."""
    yield launched
    for context in launched.contexts:
        context.close()


@pytest.fixture(scope="session")
def launched() -> Iterator[Browser]:
    """The browser, begun once."""
    with sync_playwright() as player:
        flags = [*FLAGS, *(() if PICTURES else UNDRAWN)]
        with patient_browser(player, BROWSER, flags) as browser:
            yield browser


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world on SQLite as nobody has seen it: planted once, for all workers.

    To plant it takes longer than to start the system.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "planted"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other worker waits until it is there
        system = DemoSystem(free_port(), folder)
        system.prepare(system.surroundings())
    return folder


@pytest.fixture(scope="session")
def port() -> int:
    """The first of the five ports of each house of this worker."""
    return free_port()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, planted: Path, port: int) -> Iterator[Server]:
    """The whole house: the tests of a file share it, and no others.

    A file that says AS_A_USER has it started by the command that a user gives, on SQLite. The
    others have the same processes without that parent, and need not wait until each has imported
    the portal.
    """
    with TemporaryDirectory(prefix="goweb", dir=in_memory()) as name:
        system = DemoSystem(port, Path(name))
        started = running
        if request.param == "postgresql":
            url = postgres.fresh(request.getfixturevalue("postgres_seed"))
            env = {**system.surroundings(), "PORTAL_DATABASE_URL": url}
            for words in system.preparations():
                assert Warm(words, env=env).wait(PATIENCE) == 0, words
        else:
            shutil.copytree(planted, system.folder, dirs_exist_ok=True)
            url, env = f"sqlite:///{system.folder}/portal.db", system.surroundings()
            _signed_in_at(url, f"http://127.0.0.1:{port + 1}")
            if getattr(request.module, "AS_A_USER", False):
                started = as_a_user
        with started(system, env, system.folder / "log") as children:
            yield Server(system.base, system.mailbox, request.param, url, env, children)


def _signed_in_at(url: str, issuer: str) -> None:
    # The people of the demo world know its provider by the port at which it was planted.
    engine = make_engine(url).execution_options(writes=True)
    with engine.begin() as connection:
        connection.execute(update(Identity).values(issuer=issuer))
    engine.dispose()


@contextmanager
def as_a_user(system: DemoSystem, env: dict[str, str], log: Path) -> Iterator[dict[str, Child]]:
    """The house as `make run` starts it, from its first answer until it has ended."""
    asked = {"PORT": str(system.port), "PORTAL_DATA_DIR": str(system.folder)}
    with log.open("w") as out:
        parent = subprocess.Popen(
            [sys.executable, "tools/serve.py"],
            cwd=ROOT,
            env={**os.environ, **asked},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(system, [parent], log)
            yield {}
        finally:
            parent.send_signal(signal.SIGINT)
            parent.wait(timeout=PATIENCE)


@contextmanager
def running(system: DemoSystem, env: dict[str, str], log: Path) -> Iterator[dict[str, Child]]:
    """The processes of the house, from its first answer until they have ended."""
    children: dict[str, Child] = {}
    with log.open("w") as out:
        try:
            for name, words in system.commands().items():
                begin = subprocess.Popen if words[0] == "node" else Warm
                children[name] = begin(
                    words, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
                )
            started = list(children.values())
            _wait(system, started, log)
            yield children
            assert [child.poll() for child in started] == [None] * len(started)
        finally:
            for child in children.values():
                child.terminate()
            for child in children.values():
                child.wait(timeout=PATIENCE)


def _wait(system: DemoSystem, children: Sequence[Child], log: Path) -> None:
    def ready() -> bool:
        alive = all(child.poll() is None for child in children)
        assert alive, f"the house did not start: {log.read_text()[-3000:]}"
        return answers(f"{system.base}/readyz")

    until(ready, "the house is not ready", 0.2)


def faults(page: Page) -> list[str]:
    """What axe finds wrong on a page (WCAG 2.0 to 2.2 A and AA, best practice).

    Axe is asked about the whole page, also where a key has led to it.
    """
    page.wait_for_load_state()
    found = page.evaluate(LOOK, RULES)
    if found is None:
        page.evaluate(AXE.read_text() + ";0")
        found = page.evaluate(LOOK, RULES)
    return [
        f"{page.url} {fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for fault in found
        for node in fault["nodes"]
    ]


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page, to be looked at: with SCREENSHOTS=1."""
    if PICTURES:
        page.wait_for_load_state()
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
