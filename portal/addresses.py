"""The addresses of plain endpoints, kept as patterns: Werkzeug needs 30 µs for each link of a page.

A plain endpoint has one rule, and between its slashes nothing but texts and numbers.
"""

import re
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from flask import Flask, current_app, has_request_context, request
from werkzeug.routing import Rule

from portal.parsing import is_reference, reference

PART: Final = re.compile(r"<(?:(?:string|int|path):)?(\w+)>")
# The values of addresses that are references.
REFERENCES: Final = ("ref", "file_ref")
# What Werkzeug leaves as it is: https://url.spec.whatwg.org/#url-path-segment-string
SAFE: Final = "!$&'()*+,/:;=@"


class Plain(NamedTuple):
    """A rule: the names of its values, and the address with `%s` where each stands."""

    names: tuple[str, ...]
    pattern: str


class Addresses:
    """What templates know as `url_for`."""

    def __init__(self, app: Flask) -> None:
        """The application has all its endpoints."""
        self.app = app
        rules = {rule.endpoint: list(app.url_map.iter_rules(rule.endpoint)) for rule in _all(app)}
        found = {endpoint: _plain(*those) for endpoint, those in rules.items() if len(those) == 1}
        self.plain = {endpoint: plain for endpoint, plain in found.items() if plain is not None}

    def url_for(self, endpoint: str, **values: Any) -> str:
        """The address of an endpoint with these values; one that is not plain is built by Flask."""
        plain = self.plain.get(endpoint)
        if plain is None or len(values) != len(plain.names) or not has_request_context():
            return self.app.url_for(endpoint, **values)
        parts = [values.get(name) for name in plain.names]
        if None in parts:
            return self.app.url_for(endpoint, **values)
        return request.root_path + plain.pattern % tuple(quote(str(part), SAFE) for part in parts)


def install(app: Flask) -> None:
    """Let an application's templates know its addresses; it gets no more endpoints."""
    known = app.extensions["addresses"] = Addresses(app)
    app.jinja_env.globals["url_for"] = known.url_for


def url_for(endpoint: str, **values: Any) -> str:
    """The same outside of templates."""
    return str(current_app.extensions["addresses"].url_for(endpoint, **values))


def right_spelling() -> str:
    """The address of this request with its references as they are kept; empty where they are so.

    It goes by their form alone: whether there is such a thing is not asked.
    """
    given = request.view_args or {}
    kept = {name: reference(given[name]) for name in REFERENCES if is_reference(given.get(name))}
    if all(given[name] == ref for name, ref in kept.items()):
        return ""
    query = request.query_string.decode(errors="replace")
    address = url_for(request.endpoint or "", **{**given, **kept})
    return f"{address}?{query}" if query else address


def _all(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def _plain(rule: Rule) -> Plain | None:
    pattern = PART.sub("%s", rule.rule)
    if "<" in pattern or rule.defaults or rule.websocket or rule.build_only or rule.alias:
        return None
    return Plain(tuple(PART.findall(rule.rule)), pattern)
