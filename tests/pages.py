"""A visitor for tests: the test client, signed in as one of the cast, that checks each page.

Every page is held to what a reader needs: one heading, a label for every field, no id twice, a
token in every form that changes something, every marking in words, no unfilled template text.
"""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from selectolax.lexbor import LexborHTMLParser, LexborNode
from sqlalchemy import insert

from models.signins import SignIn
from portal import forms, web
from portal.clock import now
from portal.db import begun_for
from portal.presence import key_hash
from tests.cast import World
from tests.soup import parsed

UNLABELLED = {"hidden", "submit", "button"}
SIGNED_IN = insert(SignIn)  # each test begins with some: no object is made of one
NOT_LAID_OUT = b"%PDF of\n"  # then the page of which a PDF would be made


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers, bytes, and the parsed page where it is one."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The bytes as text."""
        return self.body.decode(errors="replace")

    @cached_property
    def page(self) -> BeautifulSoup:
        """The page, parsed, for tests that walk about in it."""
        return parsed(self.body)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page, parsed: what each page is checked on. It has no more than selectors."""
        return LexborHTMLParser(self.body)

    @cached_property
    def words(self) -> str:
        """All that a reader sees, spaces folded."""
        return " ".join(self.tree.root.text(separator=" ").split()) if self.tree.root else ""

    @property
    def to(self) -> str:
        """Where a redirect leads."""
        return self.headers.get("Location", "")

    def form(self, action: str = "") -> dict[str, list[str]]:
        """What a browser would send of the form with that action (or the page's own)."""
        forms = self.page.select("main form")
        chosen = [f for f in forms if str(f.get("action", "")) == action]
        return fields_of(chosen[0])

    def errors(self) -> dict[str, str]:
        """The message next to each field."""
        found = {}
        for tag in self.page.select(".go-error[id]"):
            found[str(tag["id"]).removesuffix("-error")] = " ".join(tag.get_text(" ").split())
        return found


def fields_of(form: Tag) -> dict[str, list[str]]:
    """The values a browser would send of a form, without its buttons."""
    values: dict[str, list[str]] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(tag["name"]), str(tag.get("type", "text"))
        if tag.name == "select":
            chosen = tag.select("option[selected]")
            first = [] if tag.has_attr("multiple") else tag.select("option")[:1]
            for option in chosen or first:
                values.setdefault(name, []).append(str(option.get("value", "")))
        elif tag.name == "textarea":
            values.setdefault(name, []).append(tag.get_text().removeprefix("\n"))
        elif kind in ("checkbox", "radio"):
            if tag.has_attr("checked"):
                values.setdefault(name, []).append(str(tag.get("value", "on")))
        elif kind not in ("submit", "file", "button"):
            values.setdefault(name, []).append(str(tag.get("value", "")))
    return values


class Visitor:
    """Somebody at the portal's door, signed in or not."""

    def __init__(self, app: Flask, client: FlaskClient, person_id: int | None = None) -> None:
        self.app, self.client, self.person_id = app, client, person_id

    def get(self, path: str, **headers: str) -> Answer:
        """Fetch a page and check it."""
        return self._answer(self.client.get(path, headers=headers))

    def post(self, path: str, values: Mapping[str, Any] | None = None) -> Answer:
        """Send a form with a good token, and with a fresh key as if the page was just opened."""
        hidden, values = self.hidden(), dict(values or {})
        if "form_key" in hidden:
            values["form_key"] = hidden["form_key"]
        return self._answer(self.client.post(path, data={**hidden, **values}))

    def post_bare(self, path: str, values: Mapping[str, Any] | None = None, **kw: Any) -> Answer:
        """Send exactly these values: no token is added."""
        return self._answer(self.client.post(path, data=values or {}, **kw))

    def follow(self, answer: Answer) -> Answer:
        """Go where a redirect leads."""
        assert answer.status in (302, 303), (answer.status, answer.words[:300])
        return self.get(answer.to)

    def token(self) -> str:
        """A token for forms, taken from a page of this session."""
        return self.hidden()["csrf_token"]

    def hidden(self) -> dict[str, str]:
        """What every form carries unseen: the token of this session and a fresh key."""
        raw = self._own_token()
        tokens = URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token")
        values = {"csrf_token": str(tokens.dumps(raw))}
        if self.person_id is not None:
            with self.app.app_context():
                values["form_key"] = forms.key_for(self.person_id, web.read_clock())
        return values

    def _own_token(self) -> str:
        # The context of a request is made for a session that has no token yet, not to read one.
        kept = self.client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        good, said = cookies_of(self.app).loads_unsafe(kept.value) if kept else (False, None)
        if good and "csrf_token" in said:
            return str(said["csrf_token"])
        with self.client.session_transaction() as cookie:
            return str(cookie.setdefault("csrf_token", secrets.token_hex(20)))

    def _answer(self, response: Any) -> Answer:
        answer = Answer(response.status_code, dict(response.headers), response.data)
        response.close()
        redirected = 300 <= response.status_code < 400
        if response.mimetype == "text/html" and response.data and not redirected:
            check(answer)
        return answer


def cookies_of(app: Flask) -> URLSafeTimedSerializer:
    """What writes and reads the cookie of a session."""
    found = SecureCookieSessionInterface().get_signing_serializer(app)
    assert found is not None, "the application has a secret"
    return found


def sign_in(app: Flask, world: World, name: str, at: datetime | None = None) -> Visitor:
    """Somebody of the cast with a live sign-in (the way through the provider is tests/auth)."""
    key, at = secrets.token_urlsafe(16), at or now()
    row = {
        "key_hash": key_hash(key),
        "person_id": world.actors[name].person_id,
        "provider": "demo",
        "issuer": "http://127.0.0.1:8001",
        "subject": f"{name}.example",
        "id_token": "",
        "began_at": at,
        "seen_at": at,
    }
    with world.engine.connect().execution_options(**begun_for(writes=True)) as connection:
        connection.execute(SIGNED_IN, row)
        connection.commit()
    client = app.test_client()
    said = cookies_of(app).dumps({"_user_id": key, "_fresh": True})
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], str(said))
    return Visitor(app, client, world.actors[name].person_id)


def nobody(app: Flask) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(app, app.test_client())


def check(answer: Answer) -> None:
    """What every page owes its reader."""
    tree = answer.tree
    assert len(tree.css("h1")) == 1, "one heading of the first level"
    assert tree.root is not None
    assert tree.root.attributes.get("lang"), "the language is named"
    assert tree.root.attributes.get("dir") in ("ltr", "rtl"), "the direction is named"
    title = tree.css_first("title")
    assert title is not None
    assert title.text(strip=True), "the page has a title"
    ids = Counter(node.id for node in tree.css("[id]"))
    assert not [name for name, times in ids.items() if times > 1], f"ids twice: {ids}"
    labelled = {label.attributes["for"] for label in tree.css("label[for]")}
    for field in tree.css("input, select, textarea"):
        _labelled(field, labelled, ids)
    for form in tree.css("form[method=post]"):
        action = form.attributes.get("action")
        assert form.css_first("input[name=csrf_token]"), f"no token: {action}"
    for link in tree.css("a[href^='#']"):
        there = (link.attributes["href"] or "")[1:]
        assert there in ids, f"a link to nowhere: #{there}"
    for tag in tree.css(".go-tlp"):
        assert tag.text(strip=True).startswith("TLP:"), "a marking says its name"
    assert "{{" not in answer.words, "unfilled template text"
    assert "%(" not in answer.words, "unfilled message"
    assert not tree.css("script:not([src]), style, [style], [onclick]"), "inline code"


def _labelled(field: LexborNode, labelled: set[str | None], ids: Mapping[str | None, int]) -> None:
    said = field.attributes
    if said.get("type") in UNLABELLED:
        return
    named = said.get("aria-label") or (field.id and field.id in labelled)
    assert named or _within_label(field), f"a field without a label: {said.get('name')}"
    for name in (said.get("aria-describedby") or "").split():
        assert name in ids, f"described by nothing: {name}"


def _within_label(field: LexborNode) -> bool:
    node = field.parent
    while node is not None and node.tag != "label":
        node = node.parent
    return node is not None
