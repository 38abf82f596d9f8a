"""Attack cases E: an answer to an error asks nothing of what has just failed, and costs little."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, event, select, text
from sqlalchemy.exc import TimeoutError as PoolTimeout

from models.notices import Notice
from portal import error_handlers
from portal.admission import LARGEST_ECHO
from portal.db import make_engine, make_sessions, reading
from tests import postgres
from tests.cast import World
from tests.pages import Answer, Visitor, sign_in

Visit = Callable[[str], Visitor]
WORK = "An hour's <work>"


def typed_by(visitor: Visitor) -> dict[str, list[str]]:
    chosen = {"kind": ["other"], "tlp": ["AMBER+STRICT"], "pap": ["AMBER"], "keep": ["1"]}
    written = {"title": [WORK], "summary": [" "]}
    return visitor.get("/notices/new").form() | chosen | written


def is_offered_again(answer: Answer, status: int) -> None:
    """A page of that status with all that was typed, ready to be sent again."""
    assert answer.status == status
    offered = answer.form("/notices/new")
    assert offered["title"] == [WORK]
    assert offered["summary"] == [" "], "a field that was emptied stays empty"
    assert offered["csrf_token"][0]
    assert WORK in answer.words
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)


def put_on(app: Flask, engine: Engine) -> None:
    app.extensions["engine"], app.extensions["sessions"] = engine, make_sessions(engine)


def test_a_database_that_cannot_be_reached_costs_no_word(app: Flask, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    typed = typed_by(liaison)
    there = app.extensions["engine"]
    for url in ("sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:1/none"):
        gone = make_engine(url)
        put_on(app, gone)
        is_offered_again(liaison.post_bare("/notices/new", typed), 503)
        plain = liaison.get("/notices/")
        assert (plain.status, plain.headers["Retry-After"]) == (503, "5")
        assert liaison.get("/healthz").status == 200
        gone.dispose()
    put_on(app, there)
    assert liaison.post_bare("/notices/new", typed).status == 302


def test_a_server_that_stops_between_two_requests_costs_no_word(
    app: Flask, world: World, postgres_seed: str
) -> None:
    own = make_engine(postgres.fresh(postgres_seed, "seed"))
    name = own.url.database
    there = app.extensions["engine"]
    put_on(app, own)
    liaison = sign_in(app, World.on(own), "liaison@telco")
    typed = typed_by(liaison)
    admin = make_engine(postgres_seed % "postgres").execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        gone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(gone), {"name": name})
    is_offered_again(liaison.post_bare("/notices/new", typed), 503)
    assert liaison.get("/notices/").status == 503
    with admin.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    assert liaison.post_bare("/notices/new", typed).status == 302
    admin.dispose()
    own.dispose()
    put_on(app, there)


def test_an_exhausted_pool_costs_no_word(app: Flask, database_url: str, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    typed = typed_by(liaison)
    there = app.extensions["engine"]
    narrow = create_engine(database_url, pool_size=1, max_overflow=0, pool_timeout=0.01)
    put_on(app, narrow)
    with narrow.connect():
        is_offered_again(liaison.post_bare("/notices/new", typed), 503)
    narrow.dispose()
    put_on(app, there)


@pytest.mark.parametrize(
    ("fault", "status"),
    [("OperationalError", 503), ("InterfaceError", 503), ("pool", 503), ("ours", 500)],
)
@pytest.mark.parametrize("stage", ["load", "view", "commit", "close"])
def test_whatever_fails_wherever_costs_no_word(
    world: World,
    visit: Visit,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    fault: str,
    status: int,
) -> None:
    liaison = visit("liaison@telco")
    typed = typed_by(liaison)

    def fail(*words: Any) -> None:
        if stage == "view" and not words[2].startswith("INSERT INTO notices"):
            return
        if fault == "pool":
            raise PoolTimeout("QueuePool limit of size 5 overflow 10 reached")
        if fault == "ours":
            raise RuntimeError("a fault of ours")
        raise getattr(engine.dialect.dbapi, fault)("server closed the connection unexpectedly")

    with monkeypatch.context() as broken:
        if stage in ("load", "view"):
            event.listen(engine, "before_cursor_execute", fail)
        else:
            broken.setattr(engine.dialect, "do_commit", fail)
        if stage == "close":  # and the connection cannot be given back in order either
            broken.setattr(engine.dialect, "do_rollback", fail)
        try:
            answer = liaison.post_bare("/notices/new", typed)
        finally:
            if stage in ("load", "view"):
                event.remove(engine, "before_cursor_execute", fail)
    is_offered_again(answer, status)
    with reading(world.sessions) as session:
        assert session.scalars(select(Notice)).all() == []


def test_where_even_the_page_fails_a_plain_one_stands_in(app: Flask, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    app.jinja_env.globals.pop("asset")
    answer = liaison.get("/notices/nothing")
    assert answer.status == 404
    assert answer.text == error_handlers.LAST


def test_only_a_genuine_token_gets_its_form_back(visit: Visit) -> None:
    liaison = visit("liaison@telco")
    token = liaison.get("/notices/new").form()["csrf_token"]
    for visitor in (liaison, visit("nobody")):
        for forged in ("", "x", "a.b.c", token[0][:-2], token[0] + "x", "é"):
            answer = visitor.post_bare("/notices/new", {"csrf_token": forged, "title": WORK})
            assert answer.status in (400, 401)
            assert WORK not in answer.words
    again = visit("nobody").post_bare("/notices/new", {"csrf_token": token, "title": WORK})
    assert again.status == 401
    assert WORK in again.words


def test_what_is_too_much_to_show_is_answered_small(visit: Visit) -> None:
    stranger = visit("nobody")
    token = stranger.token()
    for much, shown in ((LARGEST_ECHO - 4000, True), (LARGEST_ECHO + 1, False)):
        answer = stranger.post_bare("/notices/new", {"csrf_token": token, "body": "x" * much})
        assert answer.status == 401
        assert (len(answer.body) > much) is shown
        assert shown or len(answer.body) < 20_000
