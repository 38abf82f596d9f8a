"""Addresses in templates are those that Flask builds."""

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError

VALUES = {"ref": "N-26-7K3Q9M", "key": "ä/b c?d&e", "name": "Ö + %", "filename": "vendor/a b.css"}


def asked(app: Flask, endpoint: str) -> dict[str, object]:
    """A value for each of its names, texts first."""
    rules = list(app.url_map.iter_rules(endpoint))
    numbers = {name for rule in rules for name in rule.arguments if f"int:{name}" in rule.rule}
    names = set.union(*(set(rule.arguments) for rule in rules))
    return {name: 7 if name in numbers else VALUES.get(name, "x y") for name in names}


@pytest.mark.parametrize("root", ["", "/portal"])
def test_every_address_is_the_one_that_flask_builds(app: Flask, root: str) -> None:
    ours = app.jinja_env.globals["url_for"]
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
        for endpoint in endpoints:
            values = asked(app, endpoint)
            assert ours(endpoint, **values) == url_for(endpoint, **values)
            assert ours(endpoint, **values, q="a b") == url_for(endpoint, **values, q="a b")
            with_root = ours(endpoint, **values, _external=True)
            assert with_root == url_for(endpoint, **values, _external=True)


def test_most_endpoints_are_plain(app: Flask) -> None:
    plain = app.extensions["addresses"].plain
    assert {"notices.index", "notices.read", "commitments.read", "static"} <= set(plain)


def test_what_lacks_a_value_is_an_error(app: Flask) -> None:
    ours = app.jinja_env.globals["url_for"]
    with app.test_request_context("/"):
        for values in ({}, {"ref": None}, {"other": "x"}):
            with pytest.raises(BuildError):
                ours("notices.read", **values)
