"""A provider whose pages are on another origin than its issuer: the policy of our page holds."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import update

from models.stakeholders import Identity
from portal.db import writing
from tests.auth.forged import Forged, serving
from tests.browser.conftest import free_port
from tests.browser.test_independent import running, wait_for
from tests.cast import World

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]


@contextmanager
def pages_of(forged: Forged) -> Iterator[str]:
    """The pages of the provider, on another port: they send the browser back at once."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
            back = asked.get("post_logout_redirect_uri", "")
            if self.path.startswith("/authorize"):
                code = f"code-{asked['state']}"
                forged.codes[code] = {"challenge": asked["code_challenge"], "nonce": asked["nonce"]}
                back = f"{asked['redirect_uri']}?code={code}&state={asked['state']}"
            forged.asked[f"pages{self.path.partition('?')[0]}"] += 1
            self.send_response(302)
            self.send_header("Location", back)
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def portal_of(forged: Forged, world: World, url: str, folder: Path) -> Iterator[str]:
    """The portal that trusts the provider."""
    with writing(world.sessions) as session:
        session.execute(update(Identity).values(issuer=forged.issuer))
    (folder / "oidc.toml").write_text(
        f'[one]\nlabel = "One"\nissuer = "{forged.issuer}"\n'
        'client_id = "good-offices"\nclient_secret = "a-secret"\n'
    )
    base = f"http://127.0.0.1:{free_port()}"
    env = {
        "PORTAL_ENV": "test",
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_DATABASE_URL": url,
        "PORTAL_BASE_URL": base,
        "PORTAL_OIDC_FILE": str(folder / "oidc.toml"),
    }
    served = ("gunicorn", "wsgi:app", "--bind", base.removeprefix("http://"))
    with running(folder, "portal", *served, "--no-control-socket", **env):
        wait_for(f"{base}/healthz")
        yield base


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_sign_in_and_out_go_on_at_another_origin(
    world: World, database_url: str, tmp_path: Path, chromium: Browser, scripts: bool
) -> None:
    with serving() as forged, pages_of(forged) as elsewhere:
        forged.elsewhere = {
            "authorization_endpoint": f"{elsewhere}/authorize",
            "end_session_endpoint": f"{elsewhere}/end",
        }
        with portal_of(forged, world, database_url, tmp_path) as base:
            page = chromium.new_context(java_script_enabled=scripts).new_page()
            blocked: list[str] = []
            page.on("console", lambda line: blocked.append(line.text))
            page.goto(f"{base}/notices/")
            page.get_by_role("button", name="Sign in with One").click()
            expect(page.locator("nav").get_by_text("Telco liaison")).to_be_visible()
            assert page.url == f"{base}/notices/"
            page.get_by_role("button", name="Sign out").click()
            expect(page.get_by_role("button", name="Sign in with One")).to_be_visible()
            assert forged.asked["pages/authorize"] == forged.asked["pages/end"] == 1
            assert not [line for line in blocked if "form-action" in line]
