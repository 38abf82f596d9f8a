"""What outside programs and people rely on is there: addresses, commands and settings by name.

Pages are linked to, commands stand in scripts, settings in the files of operators. Whoever takes
one of them away has to take it off here, and says so in the changelog.
"""

from typing import Final

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from tests.architecture.files import ROOT

NOUNS: Final = ("notices", "processes", "commitments", "dialogues", "records")
LATER: Final = ("claims", "harm", "readiness", "training", "contacts", "exercises", "clauses")
PAGES: Final = (
    "/",
    *(f"/{noun}{end}" for noun in NOUNS for end in ("", "/new", "/N-26-7K3Q9M")),
    *(f"/{noun}" for noun in LATER),
    *("/stakeholders", "/search", "/norms", "/steward", "/account", "/public", "/help"),
    *("/healthz", "/readyz", "/metrics", "/feeds/calendar/key.ics", "/public/feed.atom"),
)
# Decision 0001 leaves these for later: nobody may believe that they are there.
NOT_YET: Final = ("/api/v1/notices", "/api/v1/openapi.json", "/oauth/token", "/taxii2/")
COMMANDS: Final = (
    *("audit verify", "backup", "db upgrade", "demo seed", "explain", "files check"),
    *("jobs once", "jobs run", "mail test", "people invite", "providers check", "restore"),
    "version",
)
SETTINGS: Final = (
    *("PORTAL_ENV", "PORTAL_DATABASE_URL", "PORTAL_SECRET_KEY", "PORTAL_BASE_URL"),
    *("PORTAL_SMTP_URL", "PORTAL_REDIS_URL", "PORTAL_OIDC_FILE", "PORTAL_FILE_KEY"),
    *("PORTAL_SENDER", "PORTAL_TRUSTED_PROXIES", "PORTAL_METRICS_TOKEN", "PORT"),
)


def leads_somewhere(app: Flask, address: str) -> bool:
    """Whether an address has a page, or leads to the one with a slash at its end."""
    try:
        app.url_map.bind("portal.example").match(address, method="GET")
    except RequestRedirect:
        return True
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("address", PAGES)
def test_pages_that_are_linked_to_are_there(app: Flask, address: str) -> None:
    assert leads_somewhere(app, address)


@pytest.mark.parametrize("noun", NOUNS)
def test_new_is_a_page_of_its_own_and_no_reference(app: Flask, noun: str) -> None:
    _endpoint, values = app.url_map.bind("portal.example").match(f"/{noun}/new", method="GET")
    assert values == {}


@pytest.mark.parametrize("address", NOT_YET)
def test_what_is_left_for_later_answers_nothing(app: Flask, address: str) -> None:
    assert not leads_somewhere(app, address)


def test_commands_that_stand_in_scripts_are_there(app: Flask) -> None:
    known = {
        f"{name} {sub}".strip()
        for name, group in app.cli.commands.items()
        for sub in getattr(group, "commands", {"": None})
    }
    assert set(COMMANDS) <= known


def test_settings_that_operators_write_are_there() -> None:
    settings = (ROOT / "docs" / "settings.md").read_text()
    assert [name for name in SETTINGS if f"| `{name}` |" not in settings] == []
