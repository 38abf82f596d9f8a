"""Attack cases E: headers, forged requests, cookies; and that nothing a person typed is lost."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from config import Settings
from models import Base
from models.notices import Notice
from portal.app import create_app
from portal.db import reading, writing
from portal.headers import KEYED_ADDRESSES
from tests.attacks.walks import LONG
from tests.auth.forged import Forged
from tests.auth.forged import sign_in as come_back
from tests.cast import World
from tests.clauses.samples import FIRST as CLAUSE
from tests.factories import drafted, published
from tests.pages import Visitor, nobody, sign_in

Visit = Callable[[str], Visitor]
Stranger = Callable[[], Visitor]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self' http://127.0.0.1:8001; "
    "base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CHANGING = {"audit_events", "audit_head", "signins", "outbox_emails"}


def all_rows(world: World, leaving_out: set[str]) -> dict[str, list[Any]]:
    """Every row of the database but of those tables."""
    with reading(world.sessions) as session:
        return {
            name: sorted(map(repr, session.execute(select(table)).all()))
            for name, table in Base.metadata.tables.items()
            if name not in leaving_out
        }


def with_arguments(app: Flask, world: World, method: str) -> Iterator[str]:
    """An address for each route of the method, its arguments those of a draft or a home."""
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint != "static":
            values: dict[str, Any] = {
                name: 1 if name in ("key", "number") else "one" if name == "name" else ref
                for name in rule.arguments
            }
            if rule.endpoint == "norms.read":
                values = {"key": "un-gge-2015-f"}
            if rule.endpoint.startswith("clauses.") and rule.arguments:
                values = {"ref": CLAUSE}
            with app.test_request_context():
                yield str(app.url_for(rule.endpoint, **values))


@pytest.mark.own_app
def test_e1_every_answer_carries_its_headers(app: Flask, visit: Visit) -> None:
    def broken() -> str:
        raise RuntimeError("a secret value")

    app.add_url_rule("/broken", "health.broken", broken)
    liaison = visit("liaison@telco")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answers = {
        200: liaison.get("/"),
        302: visit("nobody").get("/"),
        400: liaison.post_bare("/notices/new", {"title": "x"}),
        403: visit("auditor@portal").get("/clauses/new"),
        404: liaison.get("/nothing"),
        405: liaison.post("/search"),
        500: liaison.get("/broken"),
    }
    for status, answer in answers.items():
        assert answer.status == status
        headers = {name: answer.headers.get(name) for name in ALWAYS}
        assert headers == ALWAYS, status
        assert answer.headers["Cache-Control"] == "no-store", status
        assert "Cookie" in answer.headers["Vary"], status
        assert "Server" not in answer.headers
        assert "a secret value" not in answer.text
        assert "Traceback" not in answer.text
    plain = visit("nobody").get("/static/portal.css")
    assert {name: plain.headers.get(name) for name in ALWAYS} == ALWAYS


# Keys of what everybody may read: they name a norm, a unit, a course.
NO_SECRET = ("norms.", "training.")


def test_no_page_carries_the_key_of_its_address_on(app: Flask, visit: Visit) -> None:
    keyed = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "<key>" in rule.rule and not rule.endpoint.startswith(NO_SECRET)
    ]
    assert keyed
    for rule in keyed:
        assert rule.startswith(KEYED_ADDRESSES), f"{rule}: a proxy would log its key"
    for address in KEYED_ADDRESSES:
        answer = visit("nobody").get(f"{address}a-key")
        # A style sheet is asked for with it, and a proxy logs who asks; forms need the origin.
        assert answer.headers["Referrer-Policy"] == "strict-origin", address
    assert visit("nobody").get("/contacts/").headers["Referrer-Policy"] == "same-origin"


def test_only_an_address_that_says_its_content_is_kept_for_long(visit: Visit) -> None:
    visitor = visit("nobody")
    page = visitor.get("/auth/sign-in")
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert len(named) > 5
    for address in named:
        assert "immutable" in visitor.get(unescape(address)).headers["Cache-Control"], address
    for address in ("/static/portal.css", "/static/portal.css?v=other", "/static/none.css?v=1"):
        assert "immutable" not in visitor.get(address).headers.get("Cache-Control", ""), address


def test_e2_no_form_is_taken_without_its_token(app: Flask, world: World, visit: Visit) -> None:
    """Each address without a token and with each forged one, by three people in turn.

    On PostgreSQL by others than on SQLite: it is refused before the address is looked at.
    """
    addresses = list(with_arguments(app, world, "POST"))
    assert len(addresses) > 25
    forged = ({}, {"csrf_token": "forged"}, {"csrf_token": "forged.x.y"})
    first = 1 if world.engine.dialect.name == "postgresql" else 0
    for turn, name in enumerate(("liaison@telco", "steward@portal", "nobody"), first):
        visitor = visit(name)
        before = all_rows(world, set())
        for number, address in enumerate(addresses):
            if "backchannel" in address:
                continue  # has no session: a signed token stands for the form
            for values in forged if LONG else (forged[(number + turn) % 3],):
                answer = visitor.post_bare(address, values)
                assert answer.status in (400, 401, 405), (address, answer.status)
        assert all_rows(world, set()) == before, name


def test_e2_another_sites_form_gets_no_fresh_token(visit: Visit) -> None:
    liaison = visit("liaison@telco")
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        answer = liaison.post_bare("/notices/new", {"title": "planted"}, headers=headers)
        assert answer.status == 400
        assert "planted" not in answer.text
        assert answer.page.select_one("main input[name=csrf_token]") is None


def test_e2_reading_changes_nothing_but_the_trail(app: Flask, world: World, visit: Visit) -> None:
    addresses = list(with_arguments(app, world, "GET"))
    assert len(addresses) > 25
    for name in ("liaison@telco", "steward@portal", "nobody"):
        visitor = visit(name)
        before = all_rows(world, CHANGING)
        # Looked at twice on one engine: what a second look does is done by the same lines.
        for address in addresses * (1 if world.engine.dialect.name == "postgresql" else 2):
            visitor.client.get(address)
        assert all_rows(world, CHANGING) == before, name


def test_e2_a_method_is_not_overridden(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    liaison = visit("liaison@telco")
    liaison.get(f"/notices/{ref}/publish?_method=POST", **{"X-HTTP-Method-Override": "POST"})
    with reading(world.sessions) as session:
        assert session.scalar(select(Notice.state).where(Notice.ref == ref)) == "draft"


def test_e3_the_cookie_is_bound_to_the_host_and_kept_from_scripts(
    database_url: str, world: World, tmp_path: Path
) -> None:
    providers = tmp_path / "providers.toml"
    providers.write_text(
        '[one]\nissuer = "https://id.example"\nclient_id = "x"\nclient_secret = "y"'
    )
    app = create_app(
        Settings(
            env="test",
            oidc_file=providers,
            database_url=database_url,
            base_url="https://portal.example",
            data_dir=tmp_path,
            secret_key="a secret of the tests, long enough",
        )
    )
    answer = nobody(app).client.get("/auth/sign-in", base_url="https://portal.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    app.extensions["engine"].dispose()


@pytest.mark.parametrize("cookie", ["x" * 5000, "..", "eyJ9.x.y", "%00", ""])
def test_e3_a_broken_cookie_is_no_sign_in(visit: Visit, cookie: str) -> None:
    visitor = visit("nobody")
    assert visitor.get("/", Cookie=f"session={cookie}").status == 302
    assert visitor.get("/auth/sign-in", Cookie=f"session={cookie}").status == 200


def test_nothing_is_lost_when_the_sign_in_has_ended(app: Flask, world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    typed = liaison.get("/notices/new").form()
    people = [str(world.actors[n].person_id) for n in ("mediator@peace", "liaison@cloud")]
    typed |= {"title": ["An hour's <work>"], "people": people, "tlp": ["RED"], "keep": ["1"]}
    typed |= {"kind": ["other"], "pap": ["AMBER"]}
    liaison.client.delete_cookie("session")
    again = liaison.post_bare("/notices/new", typed)
    assert again.status == 401
    assert "An hour's <work>" in again.words
    back = sign_in(app, world, "liaison@telco")  # in another tab of the same browser
    cookie = back.client.get_cookie("session")
    assert cookie is not None
    liaison.client.set_cookie("session", cookie.value)
    offered = again.form("/notices/new")
    assert offered["people"] == people
    once_more = liaison.post_bare("/notices/new", offered)
    assert once_more.status == 400, "the old token is of another session: it is offered again"
    made = liaison.post_bare("/notices/new", once_more.form("/notices/new"))
    assert made.status == 302
    with reading(world.sessions) as session:
        notice = session.scalars(select(Notice)).one()
        assert (notice.title, notice.tlp) == ("An hour's <work>", "RED")


def test_what_is_too_large_is_said_so(visit: Visit) -> None:
    answer = visit("liaison@telco").post("/notices/new", {"body": "x" * (7 * 1024 * 1024)})
    assert answer.status == 413
    assert "6 MB" in answer.words


def test_nothing_is_lost_when_the_resource_has_changed(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    visit("liaison@telco").post(f"/notices/{ref}/withdraw", {"why": "Wrong"})
    answer = visit("mediator@peace").post(f"/notices/{ref}/comment", {"text": "An hour's work"})
    assert answer.status == 409
    assert "has changed since you opened it" in answer.words
    assert "An hour's work" in answer.words
    assert answer.form(f"/notices/{ref}/comment")["text"] == ["An hour's work"]


def test_nothing_is_lost_when_the_database_is_busy(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    liaison = visit("liaison@telco")
    chosen = {"kind": ["other"], "tlp": ["AMBER"], "pap": ["AMBER"], "keep": ["1"]}
    typed = liaison.get("/notices/new").form() | chosen | {"title": ["An hour's work"]}

    def busy(*_words: object, **_more: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr("portal.notices.post_notice", busy)
    answer = liaison.post_bare("/notices/new", typed)
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.form("/notices/new")["title"] == ["An hour's work"]
    assert "locked" not in answer.text


def test_a_zero_byte_in_the_way_back_leads_nowhere_else(stranger: Stranger, forged: Forged) -> None:
    answer = come_back(stranger(), forged, goal="/\0/evil.example")
    assert answer.status == 302
    assert answer.to == "/"
