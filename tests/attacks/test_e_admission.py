"""Attack cases E: what is refused before it costs anything, and what is said of limits."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request_finished
from sqlalchemy import Engine

from config import Settings
from portal import web
from portal.admission import LARGEST_OF_STRANGERS, MOST_FIELDS, is_our_host
from portal.app import create_app
from portal.clock import now
from portal.db import make_sessions
from tests.pages import Visitor, nobody

Visit = Callable[[str], Visitor]


ENDLESS = {
    "urlencoded": ("a=1&" * 200_000, "application/x-www-form-urlencoded"),
    "no values": ("&" * 200_000, "application/x-www-form-urlencoded"),
    "multipart": (
        '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 14_000 + "--b--\r\n",
        "multipart/form-data; boundary=b",
    ),
    "a file": (
        '--b\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
        + "x" * LARGEST_OF_STRANGERS
        + "\r\n--b--\r\n",
        "multipart/form-data; boundary=b",
    ),
    "one field": ("a=" + "x" * (LARGEST_OF_STRANGERS + 1), "application/x-www-form-urlencoded"),
}


@pytest.mark.parametrize("shape", ENDLESS)
@pytest.mark.parametrize("name", ["nobody", "liaison@telco"])
def test_a_form_of_endless_fields_costs_next_to_nothing(
    visit: Visit, name: str, shape: str
) -> None:
    body, content_type = ENDLESS[shape]
    visitor = visit(name)
    began = time.process_time()
    answers = [
        visitor.client.post(path, data=body, content_type=content_type)
        for path in ("/notices/new", "/auth/demo/begin", "/search", "/no")
    ]
    assert time.process_time() - began < 4, "four requests, a second each at the very most"
    for answer in answers:
        assert answer.status_code in ((400, 404, 405, 413) if name != "nobody" else (413,))
        assert len(answer.data) < 20_000


def test_an_endless_address_is_refused(visit: Visit) -> None:
    liaison = visit("liaison@telco")
    for query in ("q=" + "x" * 20_000, "&".join("a=1" for _n in range(MOST_FIELDS + 1))):
        assert liaison.get(f"/search?{query}").status == 400
    assert liaison.get("/" + "x" * 20_000).status == 400


OURS = ["portal.example", "PORTAL.example", "portal.example:443"]
FOREIGN = [
    "evil.example",
    "portal.example.evil.example",
    "xportal.example",
    "portal.example:8443",
    "portal.example@evil.example",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "portal.example/x",
    "portal.example:99999",
    "",
]


@pytest.fixture
def far(database_url: str, engine: Engine, tmp_path: Path) -> Callable[[int], Flask]:
    """Makes a portal that is reached as https://portal.example behind so many proxies."""

    def make(proxies: int) -> Flask:
        app = create_app(
            Settings(
                env="test",
                database_url=database_url,
                base_url="https://portal.example",
                data_dir=tmp_path,
                secret_key="a secret of the tests, long enough",
                trusted_proxies=proxies,
            )
        )
        app.extensions["engine"].dispose()
        app.extensions["engine"], app.extensions["sessions"] = engine, make_sessions(engine)
        return app

    return make


def asked(app: Flask, path: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = nobody(app).client.get(path, base_url="https://portal.example", headers=named)
    # What is refused costs little; a style sheet is what was asked for.
    assert answer.status_code == 200 or len(answer.data) < 20_000
    answer.close()
    return int(answer.status_code)


def test_b9_a_foreign_host_is_refused(far: Callable[[int], Flask]) -> None:
    app = far(0)
    for path in ("/", "/auth/sign-in", "/nothing", "/static/portal.css"):
        assert {asked(app, path, Host=host) for host in FOREIGN} == {400}, path
        assert 400 not in {asked(app, path, Host=host) for host in OURS}, path
    forwarded = [*FOREIGN[:5], "portal.example, evil.example", "evil.example, portal.example"]
    for host in forwarded:
        assert asked(app, "/auth/sign-in", X_Forwarded_Host=host) == 400, host
    assert asked(app, "/auth/sign-in", X_Forwarded_Host="portal.example") == 200


def test_b9_behind_a_proxy_the_forwarded_host_counts(far: Callable[[int], Flask]) -> None:
    app = far(1)
    for host in FOREIGN[:-1]:
        assert asked(app, "/auth/sign-in", X_Forwarded_Host=host) == 400, host
    inner = {"Host": "127.0.0.1:8000", "X_Forwarded_Host": "portal.example"}
    assert asked(app, "/auth/sign-in", **inner) == 200
    assert asked(app, "/auth/sign-in", Host="127.0.0.1:8000") == 400


def test_b9_health_is_asked_by_address_and_by_no_foreign_name(far: Callable[[int], Flask]) -> None:
    app = far(0)
    for host in ("127.0.0.1:8000", "localhost:8000", "10.0.0.7:8000", "[::1]:8000", *OURS):
        assert asked(app, "/healthz", Host=host) == 200, host
    assert asked(app, "/healthz", Host="evil.example") == 400


def test_b9_a_portal_on_loopback_is_reached_by_its_names(app: Flask) -> None:
    with app.test_request_context("/"):
        for base in ("http://127.0.0.1:8000", "http://localhost:9000", "http://[::1]:8000"):
            for host in ("127.0.0.1:8000", "localhost:7777", "[::1]:8000", "localhost"):
                assert is_our_host(host, base)
            assert not is_our_host("evil.example:8000", base)
        assert is_our_host("[2001:db8::1]", "https://[2001:db8::1]")
        assert is_our_host("xn--bcher-kva.example", "https://bücher.example")
        assert is_our_host("portal.example:8443", "https://portal.example:8443")
        assert not is_our_host("portal.example:443", "https://portal.example:8443")


@pytest.mark.own_app
def test_a13_retry_after_is_true_and_on_no_other_answer(app: Flask, visit: Visit) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    web.limiter.init_app(app)
    liaison = visit("liaison@telco")
    limited = {
        str(rule)
        for rule in app.url_map.iter_rules()
        if app.view_functions[rule.endpoint].__name__ and not rule.arguments
    }
    for path in sorted(limited):
        answer = liaison.client.get(path)
        if answer.status_code not in (429, 503):
            assert "Retry-After" not in answer.headers, path
            assert not [name for name, _value in answer.headers if "RateLimit" in name], path
    statuses = []
    for _n in range(70):
        answer = liaison.client.get("/search?q=telco")
        statuses.append(answer.status_code)
        left = int(answer.headers["Retry-After"]) if answer.status_code == 429 else 1
        assert ("Retry-After" in answer.headers) is (answer.status_code == 429)
        assert 1 <= left <= 60
    assert 429 in statuses
    web.limiter.reset()


@pytest.mark.own_app
@pytest.mark.wall_clock
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a13_every_limited_route_tells_the_true_time(app: Flask, visit: Visit) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    web.limiter.init_app(app)
    limited: set[str] = set()
    for rule in app.url_map.iter_rules():
        liaison = visit("liaison@telco")  # some routes end a sign-in
        token = {"csrf_token": liaison.token()}
        path = re.sub(r"<[^>]*>", "1", rule.rule)
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            asked = {"method": method, "data": token if method == "POST" else None}
            met: list[tuple[Any, Any]] = []

            def keep(_app: Flask, met: list[tuple[Any, Any]] = met, **_more: object) -> None:
                counted = web.limiter.current_limits
                met.extend((one.limit, one.request_args) for one in counted)

            with request_finished.connected_to(keep, app):
                first = liaison.client.open(path, **asked)
            where = f"{method} {path} {first.status_code}"
            assert first.status_code in (429, 503) or "Retry-After" not in first.headers, where
            assert not [name for name in first.headers.keys() if "RateLimit" in name], where  # noqa: SIM118
            if not met:
                continue
            limited.add(rule.endpoint)
            for limit, counted in met:
                web.limiter.limiter.hit(limit, *counted, cost=limit.amount)
            over = liaison.client.open(path, **asked)
            until = max(limiter_reset(limit, counted) for limit, counted in met)
            left = int(over.headers["Retry-After"])
            assert over.status_code == 429, where
            assert 1 <= left <= max(limit.get_expiry() for limit, _counted in met), where
            assert abs(left - (until - now().timestamp())) < 30, where
    web.limiter.reset()
    assert len(limited) > 40
    assert {"auth.callback", "auth.begin", "search.index", "feeds.calendar"} <= limited


def limiter_reset(limit: Any, counted: Any) -> float:
    """When a window of the limiter ends, in seconds since 1970."""
    return float(web.limiter.limiter.get_window_stats(limit, *counted).reset_time)


@pytest.mark.own_app
def test_a13_a_form_that_met_the_limit_is_offered_again(app: Flask, visit: Visit) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    web.limiter.init_app(app)
    liaison = visit("liaison@telco")
    typed = {"csrf_token": liaison.token(), "next": "/an hour of work"}
    answers = [liaison.post_bare("/offers/V-1/invite-again", typed) for _n in range(21)]
    last = answers[-1]
    assert last.status == 429
    assert 60 < int(last.headers["Retry-After"]) <= 3600
    assert "minutes" in last.words
    assert last.form("/offers/V-1/invite-again")["next"] == [typed["next"]]
    assert all("Retry-After" not in answer.headers for answer in answers[:-1])
    web.limiter.reset()


def test_a_counter_of_limits_that_is_away_costs_nothing_but_the_counts(
    database_url: str, engine: Engine, tmp_path: Path
) -> None:
    pytest.importorskip("redis")
    app = create_app(
        Settings(
            env="demo",
            database_url=database_url,
            base_url="http://localhost",
            data_dir=tmp_path,
            secret_key="a secret of the tests, long enough",
            redis_url="redis://127.0.0.1:1",
        )
    )
    assert nobody(app).client.get("/auth/invitation/none").status_code == 404
    app.extensions["engine"].dispose()
