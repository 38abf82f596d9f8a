"""A NUL, half a letter or a mark of direction in an address or a header breaks no page."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.routing import Rule

from portal.db import writing
from tests.cast import World
from tests.factories import drafted
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
# As they stand in an address: NUL, a lone surrogate, half a letter of UTF-8, an override, a tag.
ODD = ["%00", "a%00b", "%ED%A0%80", "%C3", "a%E2%80%AEb", "%F3%A0%81%81", "%EF%BF%BF"]
# As a server hands over a header: bytes as if they were Latin-1.
HEADERS = [
    "HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_COOKIE", "HTTP_ORIGIN",
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_SEC_FETCH_SITE", "HTTP_HX_REQUEST",
    "HTTP_RANGE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT", "CONTENT_TYPE",
]  # fmt: skip


def asked(rule: Rule, odd: str, ref: str = "") -> str:
    """An address of the rule with odd letters in each of its parts, and in what is asked."""
    path = str(rule.rule)
    for name in rule.arguments:
        for part in (f"<int:{name}>", f"<path:{name}>", f"<{name}>"):
            path = path.replace(part, ref if ref and name == "ref" else odd)
    return f"{path}?q={odd}&{odd}={odd}&next={odd}&after={odd}&sort={odd}"


def test_no_address_breaks_a_page(app: Flask, world: World, visit: Visit) -> None:
    """Each route with two of them: all routes read what is asked in one way."""
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    client, seen = visit("liaison@telco").client, set()
    for number, rule in enumerate(app.url_map.iter_rules()):
        for method in rule.methods & {"GET", "POST"}:
            for known in {"", ref if rule.rule.startswith("/notices/") else ""}:
                for odd in (ODD[number % len(ODD)], ODD[(number + 3) % len(ODD)]):
                    status = client.open(asked(rule, odd, known), method=method).status_code
                    assert status < 500, (method, rule.rule, odd)
                    seen.add((odd, status))
    assert {odd for odd, status in seen if status == 400} == set(ODD)
    assert {odd for odd, status in seen if status == 404} == {
        odd for odd in ODD if "%00" not in odd
    }


@pytest.mark.parametrize("header", HEADERS)
def test_no_header_breaks_a_page(visit: Visit, header: str) -> None:
    client = visit("liaison@telco").client
    for odd in ("a\x00b", "\xed\xa0\x80", "\xc3", "\u202e".encode().decode("latin-1"), "\x85\x1b"):
        sent: dict[str, Any] = {header: odd}
        for path in ("/", "/notices/", "/auth/sign-in", "/account/", "/static/none.css"):
            assert client.get(path, environ_overrides=sent).status_code < 500, (path, odd)
        answer = client.post("/auth/begin/none", data={"next": "/"}, environ_overrides=sent)
        assert answer.status_code < 500


@pytest.mark.parametrize("sent", [{}, {"content_type": "multipart/form-data"}])
def test_a_form_is_read_without_nul_whatever_holds_it(app: Flask, sent: dict[str, str]) -> None:
    data = {"ti\0tle": "A\0 wiper", "hidden": "\0", "plain": "as typed"}
    with app.test_request_context(method="POST", data=data, **sent):
        assert dict(request.form) == {"title": "A wiper", "hidden": "", "plain": "as typed"}
        assert request.form is request.form, "once read, it is that one"
