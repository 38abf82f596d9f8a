"""An application whose templates make pages for paper, and what is read back of a PDF."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, render_template_string

from tools.write_docs import bare_app

PAGE = """{% extends "pdf/base.html" %}
{% from "macros/badges.html" import pap, tlp %}
{% from "macros/charts.html" import share_bar %}
{% block title %}{{ title }}{% endblock %}
{% block marking %}{{ tlp("AMBER+STRICT") }} {{ pap("RED") }}{% endblock %}
{% block reference %}C-26-7K3Q9M{% endblock %}
{% block content %}
<p>{{ text|bdi }}</p>
{{ share_bar([("acknowledged", "kept", 3), ("silent", "silent", 5)], "How it stands") }}
<table><thead><tr><th scope="col">Round</th><th scope="col">What was said</th></tr></thead>
<tbody>{% for n in range(rows) %}<tr><th scope="row">{{ n }}</th><td>{{ said }}</td></tr>
{% endfor %}</tbody></table>
{% endblock %}
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = bare_app(tmp_path_factory.mktemp("bare"))
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def page(bare: Flask) -> Callable[..., str]:
    """A page for paper, as a noun's template would make it."""

    def made(**values: object) -> str:
        given = {"title": "A promise", "text": "Kept.", "said": "word " * 40, "rows": 40}
        with bare.test_request_context("/"):
            return render_template_string(PAGE, **{**given, **values})

    return made
