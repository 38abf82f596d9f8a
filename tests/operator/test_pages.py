"""Pages of the operator are open to all, and say honestly what nobody has written yet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import Unsafe, settings_from
from portal.app import create_app
from portal.clock import now
from portal.operator_pages import LARGEST, PAGES, missing, read_pages
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
NAMES = [page.name for page in PAGES]
CONTACT = "mailto:security@portal.example"


@pytest.fixture
def written(app: Flask) -> dict[str, str]:
    """What the application read at its start, to be changed by a test."""
    before = dict(app.extensions["operator_pages"])
    pages: dict[str, str] = app.extensions["operator_pages"]
    yield pages
    pages.clear()
    pages.update(before)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_page_says_what_has_to_stand_there(visit: Visit, name: str) -> None:
    page = next(page for page in PAGES if page.name == name)
    for who in ("nobody", "liaison@telco"):
        answer = visit(who).get(f"/{name}")
        assert answer.status == 200
        assert "This page is not complete" in answer.words
        assert all(words in answer.words for words in page.must_say)
        assert bool(answer.page.select(".go-nav")) is (who != "nobody"), "who is here keeps a menu"


def test_what_the_operator_wrote_is_shown_as_text_and_no_more(
    visit: Visit, written: dict[str, str]
) -> None:
    written["privacy"] = "# We\n\nWe keep **little**.\n\n<script>alert(1)</script>"
    answer = visit("nobody").get("/privacy")
    assert "keep little" in answer.words
    assert "This page is not complete" not in answer.words
    assert "What the software keeps" in answer.words, "what the software knows stands there too"
    assert not answer.page.select("main script")


def test_every_page_links_to_them(visit: Visit) -> None:
    for who, path in (("nobody", "/auth/sign-in"), ("liaison@telco", "/"), ("nobody", "/nothing")):
        links = [str(link["href"]) for link in visit(who).get(path).page.select("footer a")]
        assert [f"/{name}" for name in NAMES] == [link for link in links if link[1:] in NAMES]


def test_only_text_of_a_fitting_size_counts_as_written(tmp_path: Path) -> None:
    assert read_pages(tmp_path / "nowhere") == {}
    (tmp_path / "privacy.md").write_text("We keep little.")
    (tmp_path / "imprint.md").write_text(" \n")
    (tmp_path / "accessibility.md").write_bytes(b"\xff\xfe")
    (tmp_path / "support.md").write_text("x" * (LARGEST + 1))
    (tmp_path / "other.md").write_text("Not a page.")
    assert read_pages(tmp_path) == {"privacy": "We keep little."}
    assert missing(read_pages(tmp_path), "") == [
        *(f"{name}.md" for name in NAMES if name != "privacy"),
        "security.txt",
    ]
    assert missing(dict.fromkeys(NAMES, "x"), CONTACT) == []


def test_security_txt_names_the_contact_and_runs_out(app: Flask, visit: Visit) -> None:
    assert visit("nobody").get("/.well-known/security.txt").status == 404
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, security_contact=CONTACT)
    try:
        answer = visit("nobody").get("/.well-known/security.txt")
        support = visit("nobody").get("/support")
    finally:
        app.config["SETTINGS"] = before
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == CONTACT
    assert fields["Canonical"] == f"{before.base_url}/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - now()
    assert timedelta(days=29) < left < timedelta(days=365)
    assert "security@portal.example" in support.words


@pytest.mark.parametrize("contact", ["security@portal.example", "mailto:", "http://x.example", "x"])
def test_a_contact_that_is_no_address_is_refused(contact: str, tmp_path: Path) -> None:
    environ = {"PORTAL_ENV": "test", "PORTAL_DATA_DIR": str(tmp_path)}
    with pytest.raises(Unsafe, match="PORTAL_SECURITY_CONTACT"):
        settings_from({**environ, "PORTAL_SECURITY_CONTACT": contact})


def test_readiness_and_a_command_name_what_is_missing(app: Flask, written: dict[str, str]) -> None:
    ready = app.test_client().get("/readyz")
    assert ready.status_code == 200, "it takes no web server out"
    assert ready.json is not None
    assert ready.json["pages_missing"] == [*(f"{name}.md" for name in NAMES), "security.txt"]
    told = app.test_cli_runner().invoke(args=["pages", "check"])
    assert told.exit_code == 1
    assert "missing: imprint.md" in told.output
    written |= dict.fromkeys(NAMES, "Said.")
    app.extensions["operator_pages"] = written
    assert app.test_cli_runner().invoke(args=["pages", "check"]).output.startswith("missing: sec")


def test_the_folder_is_read_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "support.md").write_text("Call us.")
    environ = {"PORTAL_ENV": "test", "PORTAL_DATA_DIR": str(tmp_path)}
    made = create_app(settings_from(environ), serves=False)
    assert made.extensions["operator_pages"] == {"support": "Call us."}
    made.extensions["engine"].dispose()
