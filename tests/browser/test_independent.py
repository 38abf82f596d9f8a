"""Sign-in through a provider of another make (Canaille), in a real browser."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Engine, update

from models.stakeholders import Identity
from portal.db import writing
from tests.browser.conftest import ROOT, faults, free_port
from tests.browser.independent import PASSWORD, PERSON, SECRET
from tests.browser.patience import PATIENCE, answers, until
from tests.cast import World
from tests.warm import Warm

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]


@dataclass(frozen=True)
class Both:
    """Where the portal and the provider are."""

    portal: str
    provider: str


@contextmanager
def running(folder: Path, name: str, *words: str, **env: str) -> Iterator[None]:
    """A child of this test, stopped at its end."""
    with (folder / f"{name}.log").open("w") as log:
        # The provider is of another make, and finds nothing of the portal in its process.
        begin = subprocess.Popen if name == "provider" else Warm
        child = begin(
            [sys.executable, "-m", *words],
            cwd=ROOT, env=os.environ | env, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait(timeout=PATIENCE)


def wait_for(url: str) -> None:
    """Wait until an address answers."""
    until(lambda: answers(url), f"{url} does not answer", 0.2)


@pytest.fixture(params=[("RS256", ""), ("Ed25519", "/")], ids=["RS256", "Ed25519"])
def both(
    request: pytest.FixtureRequest, world: World, database_url: str, tmp_path: Path
) -> Iterator[Both]:
    """The portal and Canaille; with Ed25519 its issuer ends in a slash as well."""
    algorithm, slash = request.param
    port = free_port()
    portal, provider = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
    with writing(world.sessions) as session:
        session.execute(update(Identity).values(issuer=f"{provider}{slash}"))
    (tmp_path / "oidc.toml").write_text(
        f'[canaille]\nlabel = "Canaille"\nissuer = "{provider}{slash}"\n'
        f'client_id = "good-offices"\nclient_secret = "{SECRET}"\n'
    )
    env = {
        "PORTAL_ENV": "test",
        "PORTAL_DATA_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_BASE_URL": portal,
        "PORTAL_OIDC_FILE": str(tmp_path / "oidc.toml"),
    }
    served = ("gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--threads", "4")
    independent = ("tests.browser.independent", str(port + 1), portal, algorithm, slash)
    with (
        running(tmp_path, "provider", *independent),
        running(tmp_path, "portal", *served, "--preload", "--no-control-socket", **env),
    ):
        wait_for(f"{provider}/.well-known/openid-configuration")
        wait_for(f"{portal}/healthz")
        yield Both(portal, provider)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_person_signs_in_and_out_with_canaille(
    engine: Engine, both: Both, chromium: Browser
) -> None:
    page = chromium.new_context().new_page()
    page.goto(f"{both.portal}/notices/")
    page.get_by_role("button", name="Sign in with Canaille").click()
    page.get_by_label("Login").fill(PERSON)
    page.keyboard.press("Enter")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{both.portal}/**")
    expect(page.locator("nav").get_by_text("Telco liaison")).to_be_visible()
    assert page.url == f"{both.portal}/notices/"
    assert faults(page) == []
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(rf"{re.escape(both.provider)}|{re.escape(both.portal)}"))
    if page.url.startswith(both.provider):  # Canaille asks as well
        page.get_by_role("button", name="Logout", exact=True).click()
    page.wait_for_url(f"{both.portal}/**")
    assert "/auth/sign-in" in page.url
    page.get_by_role("button", name="Sign in with Canaille").click()
    expect(page.get_by_label("Login")).to_be_visible()
