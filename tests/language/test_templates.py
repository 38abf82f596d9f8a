"""Texts of templates are said in the reader's language, constant ones and others."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, g, render_template
from jinja2 import DictLoader, pass_context
from wtforms import StringField
from wtforms.validators import InputRequired

from models.vocabulary import MARKED, N_
from portal import forms, language, template_filters, templates
from portal.access import Actor
from portal.forms import BaseForm
from portal.language import gettext, lazy_gettext, ngettext

HALF = "{{ _('100%% of it') }}"
CALLS = "{{ seen(2) }}|{{ told() }}|{% for n in [1] %}{{ seen(n) }}{% endfor %}"
HALF_OF_IT, FOR_WHO = N_("Half: 50%% of it"), N_("For %(who)s")
FILLED = "{{ _(word, who='<i>') }}"
PAGE = """{% from "macros.html" import greeting %}
{{ _("Notice") }}|{{ greeting("<b>") }}|{{ _(word) }}|
{{- ngettext("%(num)s day", "%(num)s days", 3) }}
|{{ at|moment }}|{{ _("Marking") if at else _("Notice") }}
"""
MACROS = "{% macro greeting(who) %}{{ _('To %(who)s', who=who) }}{% endmacro %}"
FINNISH = {"Notice": "Ilmoitus", "To %(who)s": "<i>%(who)s</i>lle", "Marking": "Merkintä"}
AT = datetime(2026, 12, 5, 9, 7, tzinfo=UTC)


@pytest.fixture
def bilingual(tmp_path: Path) -> Flask:
    """An application of two templates, which speaks English and Finnish."""
    catalogue = Catalog("fi")
    for message, said in FINNISH.items():
        catalogue.add(message, said)
    catalogue.add(("%(num)s day", "%(num)s days"), ("%(num)s päivä", "%(num)s päivää"))
    folder = tmp_path / "translations" / "fi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    kept = BytesIO()
    write_mo(kept, catalogue)
    (folder / "messages.mo").write_bytes(kept.getvalue())
    app = Flask("bilingual", root_path=str(tmp_path))
    app.jinja_environment = templates.Templates  # type: ignore[assignment]  # a subclass
    pages = {"page.html": PAGE, "macros.html": MACROS, "half.html": HALF, "calls.html": CALLS}
    app.jinja_env.loader = DictLoader(
        pages | {"chosen.html": "{{ _(word) }}", "filled.html": FILLED}
    )
    language.install(app)
    app.jinja_env.filters["moment"] = template_filters.moment
    templates.install(app)
    return app


def read_in(app: Flask, tongue: str, page: str = "page.html") -> str:
    """A page as somebody with this language reads it."""
    with app.test_request_context("/"):
        g.here = SimpleNamespace(actor=Actor(1, "Reader", "Europe/Helsinki", tongue))
        return render_template(page, word="Marking", at=AT)


def test_each_reader_gets_their_own_words(bilingual: Flask) -> None:
    time = '<time datetime="2026-12-05T09:07+00:00">5 {} 2026, 11:07 EET</time>'
    for _again in range(2):
        page = read_in(bilingual, "en")
        assert "Notice|To &lt;b&gt;|Marking|3 days" in page
        assert f"|{time.format('Dec')}|Marking" in page
        page = read_in(bilingual, "fi")
        assert "Ilmoitus|<i>&lt;b&gt;</i>lle|Merkintä|3 päivää" in page
        assert f"|{time.format('joulu')}|Merkintä" in page


def test_who_has_a_language_without_catalogue_reads_english_words(bilingual: Flask) -> None:
    assert "Notice|To &lt;b&gt;|Marking|3 days" in read_in(bilingual, "ar")


def test_a_constant_may_hold_a_percent_sign(bilingual: Flask) -> None:
    assert read_in(bilingual, "en", "half.html") == "100% of it"


def test_a_text_that_a_row_chooses_may_hold_a_percent_sign_or_values(bilingual: Flask) -> None:
    assert {HALF_OF_IT, FOR_WHO} <= set(MARKED)
    with bilingual.test_request_context("/"):
        g.here = SimpleNamespace(actor=Actor(1, "Reader", "UTC", "en"))
        chosen = [render_template("chosen.html", word=word) for word in (HALF_OF_IT, "<b>")]
        assert chosen == ["Half: 50% of it", "<b>"]
        assert render_template("filled.html", word=FOR_WHO) == "For &lt;i&gt;"


def test_what_is_said_of_a_field_is_in_the_language_of_the_page(bilingual: Flask) -> None:
    class OfOneField(BaseForm):
        name = StringField(validators=[InputRequired()])

    forms.install(bilingual)
    bilingual.config["WTF_CSRF_ENABLED"] = False
    said = {}
    for tongue in ("en", "fi", "ar"):
        with bilingual.test_request_context("/", method="POST"):
            g.here = SimpleNamespace(actor=Actor(1, "Reader", "UTC", tongue))
            form = OfOneField()
            assert not form.validate()
            said[tongue] = form.errors["name"]
    english = ["This field is required."]
    assert (said["en"], said["ar"]) == (english, english)
    assert said["fi"] != english


def test_who_asks_for_the_context_of_a_template_gets_it(bilingual: Flask) -> None:
    env = bilingual.jinja_env
    env.globals["seen"] = pass_context(lambda context, number: f"{context['word']}{number}")
    env.globals["told"] = lambda: "told <"
    with bilingual.test_request_context("/"):
        g.here = SimpleNamespace(actor=Actor(1, "Reader", "UTC", "en"))
        assert render_template("calls.html", word="&") == "&amp;2|told &lt;|&amp;1"


def test_views_speak_the_language_of_the_reader(bilingual: Flask) -> None:
    for tongue, words, day in (("en", "Notice", "day"), ("fi", "Ilmoitus", "päivä")):
        with bilingual.test_request_context("/"):
            g.here = SimpleNamespace(actor=Actor(1, "Reader", "UTC", tongue))
            assert gettext("Notice") == str(lazy_gettext("Notice")) == words
            assert ngettext("%(num)s day", "%(num)s days", 1) == f"1 {day}"
