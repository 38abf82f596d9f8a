"""What the five main pages may cost, counted and not timed: the causes of slow pages do not return.

The limits lie a little over what the pages cost today. Whoever passes one has most likely put work
into each row that can be done once: look there before the limit is raised.
"""

import gettext
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import jinja2.runtime
import markupsafe
import pytest
import werkzeug.routing
import wtforms.form
import wtforms.widgets.core
from babel import dates
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from portal import template_filters
from portal.app import create_app
from portal.clock import now
from portal.db import make_engine
from tools.bench.__main__ import SECRET, cookie
from tools.bench.pages import pages
from tools.bench.seed import seed

ROWS: Final = 300
# What is counted, and the functions whose calls are.
COUNTED: Final[dict[str, tuple[Any, ...]]] = {
    "texts looked up": (
        gettext.NullTranslations.gettext,
        gettext.NullTranslations.ngettext,
        gettext.GNUTranslations.gettext,
        gettext.GNUTranslations.ngettext,
    ),
    "macros": (jinja2.runtime.Macro.__call__,),
    "contexts of templates": (jinja2.runtime.new_context,),
    "pieces of HTML": (markupsafe.Markup.__new__,),
    "addresses built": (werkzeug.routing.MapAdapter.build,),
    "forms": (wtforms.form.BaseForm.__init__,),
    "attributes of fields": (wtforms.widgets.core.html_params,),
    "instants": (template_filters.moment, template_filters.deadline, template_filters.overdue),
    "patterns of dates": (dates.DateTimeFormat.__init__,),
    "catalogues read": (gettext.GNUTranslations._parse,),
}
# Page (by its name in the bench): how often at most each of these.
LIMITS: Final[dict[str, dict[str, int]]] = {
    "list, first page": {
        "texts looked up": 2,
        "macros": 19,
        "contexts of templates": 1,
        "pieces of HTML": 540,
        "addresses built": 3,
        "forms": 0,
        "attributes of fields": 0,
        # When it was published, and by when it is to be acknowledged.
        "instants": 54,
        "patterns of dates": 0,
        "catalogues read": 0,
    },
    "overview, first page": {
        "texts looked up": 36,
        "macros": 46,
        "contexts of templates": 1,
        "pieces of HTML": 990,
        "addresses built": 4,
        "forms": 0,
        "attributes of fields": 0,
        "instants": 38,
        "patterns of dates": 0,
        "catalogues read": 0,
    },
    "one notice (is recorded)": {
        "texts looked up": 8,
        "macros": 28,
        "contexts of templates": 1,
        # With the line for one's own ticket number.
        "pieces of HTML": 346,
        "addresses built": 2,
        "forms": 2,
        "attributes of fields": 4,
        "instants": 8,
        "patterns of dates": 0,
        "catalogues read": 0,
    },
    # Ten rows more than before: who is waited for, accounts that differ, processes.
    "first page of the portal": {
        # How late each task is, and whoever is waited for.
        "texts looked up": 8,
        "macros": 42,
        "contexts of templates": 1,
        "pieces of HTML": 300,
        "addresses built": 2,
        "forms": 0,
        "attributes of fields": 0,
        "instants": 20,
        "patterns of dates": 0,
        "catalogues read": 0,
    },
    "search, common word": {
        "texts looked up": 4,
        "macros": 172,
        "contexts of templates": 1,
        "pieces of HTML": 1160,
        "addresses built": 4,
        "forms": 0,
        "attributes of fields": 0,
        "instants": 55,
        "patterns of dates": 0,
        "catalogues read": 0,
    },
}


@pytest.fixture(scope="module")
def main_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Counter[str]]]:
    """What was counted on each page, drawn for the second time."""
    folder = tmp_path_factory.mktemp("costs")
    url = f"sqlite:///{folder}/costs.db"
    engine = make_engine(url)
    seed(engine, ROWS, ROWS, now())
    asked = [page for page in pages(engine, now()) if page[0] in LIMITS]
    engine.dispose()
    app = application(url, folder)
    client = app.test_client(use_cookies=False)
    yield {name: drawn(client, path, cookie(app, who)) for name, who, path in asked}
    app.extensions["engine"].dispose()


def application(url: str, folder: Path) -> Flask:
    """The portal on this database."""
    base_url = "http://localhost"
    return create_app(
        Settings(
            env="test", database_url=url, base_url=base_url, data_dir=folder, secret_key=SECRET
        )
    )


def drawn(client: FlaskClient, path: str, cookie: str) -> Counter[str]:
    """What is counted while a page is drawn, whose templates are compiled by then."""
    for _first in range(2):
        assert client.get(path, headers={"Cookie": cookie}).status_code == 200
    with counting(COUNTED) as counts:
        client.get(path, headers={"Cookie": cookie})
    return counts


@contextmanager
def counting(what: dict[str, tuple[Any, ...]]) -> Iterator[Counter[str]]:
    """How often the functions of each name are called meanwhile by this thread."""
    names: dict[CodeType, str] = {
        function.__code__: name for name, functions in what.items() for function in functions
    }
    counts: Counter[str] = Counter()

    def keep(frame: FrameType, event: str, _arg: Any) -> None:
        if event == "call" and (name := names.get(frame.f_code)):
            counts[name] += 1

    before = sys.getprofile()
    sys.setprofile(keep)
    try:
        yield counts
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("page", LIMITS)
def test_a_main_page_does_no_more_than_it_must(
    main_pages: dict[str, Counter[str]], page: str
) -> None:
    counts = main_pages[page]
    above = {what: counts[what] for what, most in LIMITS[page].items() if counts[what] > most}
    assert above == {}


def test_every_limit_is_of_something_that_is_counted(main_pages: dict[str, Counter[str]]) -> None:
    assert set(main_pages) == set(LIMITS)
    assert {page for page, limits in LIMITS.items() if set(limits) != set(COUNTED)} == set()
    assert all(counts["macros"] and counts["pieces of HTML"] for counts in main_pages.values())
