"""No question holds a connection for ever: limits of PostgreSQL for pages, none for commands."""

from pathlib import Path
from typing import cast

import click
import pytest
from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine, QueuePool, text, update
from werkzeug.test import TestResponse

from models.stakeholders import Organisation
from portal import cli, web
from portal.db import LIMITS, UNHURRIED, make_sessions, writing
from tests.cast import World
from tests.pages import sign_in

ON_POSTGRESQL = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


def shortly(limit: str) -> None:
    """Let a limit be reached soon in this page alone."""
    web.session().execute(text(f"SET LOCAL {limit} = 150"))


def sleeps() -> ResponseReturnValue:
    """A page whose statement takes too long."""
    shortly("statement_timeout")
    return str(web.session().scalar(text("SELECT pg_sleep(60)")))


def dawdles() -> ResponseReturnValue:
    """A page that does something else for too long while its transaction is open."""
    shortly("idle_in_transaction_session_timeout")
    other: Engine = web.current_app.extensions["idle"]
    with other.execution_options(isolation_level="AUTOCOMMIT").connect() as watching:
        # Until the server has ended this page's session, which is what the page waits for.
        asked = text(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE state = 'idle in transaction' AND datname = current_database()"
        )
        while watching.scalar(asked):
            pass
    return str(web.session().scalar(text("SELECT 1")))


def locks() -> ResponseReturnValue:
    """A page that waits for a lock."""
    shortly("lock_timeout")
    web.session().execute(update(Organisation).values(name=Organisation.name))
    return "done"


@pytest.fixture
def slow(app: Flask, engine: Engine) -> Flask:
    """The portal with three pages that reach the limits."""
    app.extensions["idle"] = engine
    for view in (sleeps, dawdles):
        app.add_url_rule(f"/{view.__name__}", view.__name__, view)
    app.add_url_rule("/locks", "locks", locks, methods=["POST"])
    return app


def said(answer: TestResponse) -> tuple[int, str | None]:
    return answer.status_code, answer.headers.get("Retry-After")


@ON_POSTGRESQL
@pytest.mark.own_app
def test_a_page_that_takes_too_long_says_when_to_try_again(slow: Flask, world: World) -> None:
    reader = sign_in(slow, world, "mediator@peace").client
    late = reader.get("/sleeps")
    assert said(late) == (503, "30")
    assert "pg_sleep" not in late.get_data(as_text=True)
    assert said(reader.get("/dawdles")) == (503, "30"), "the server ended an idle transaction"
    page = reader.get("/notices/new")
    token = page.get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1]
    form = {"csrf_token": token.split('"')[0], "title": "typed by somebody"}
    with writing(world.sessions) as session:
        session.execute(update(Organisation).values(name=Organisation.name))
        waited = reader.post("/locks", data=form)
    assert said(waited) == (503, "30")
    assert "typed by somebody" in waited.get_data(as_text=True)
    assert reader.post("/locks", data=form).status_code == 200
    assert reader.get("/notices/").status_code == 200
    assert cast(QueuePool, world.engine.pool).checkedout() == 0


def shown(engine: Engine) -> dict[str, str]:
    with make_sessions(engine)() as session:
        return {
            name: session.scalar(
                text("SELECT setting FROM pg_settings WHERE name = :name"), {"name": name}
            )
            or ""
            for name in LIMITS
        }


@ON_POSTGRESQL
def test_pages_have_limits_and_commands_take_their_time(app: Flask, engine: Engine) -> None:
    assert shown(engine) == {name: str(value) for name, value in LIMITS.items()}
    seen: list[dict[str, str]] = []

    @click.command("look")
    def look() -> None:
        seen.append(shown(web.current_app.extensions["engine"]))

    cli.db.add_command(look)
    try:
        done = app.test_cli_runner().invoke(args=["db", "look"])
    finally:
        cli.db.commands.pop("look")
    assert done.exit_code == 0, done.output
    assert seen == [{name: str(value) for name, value in UNHURRIED.items()}]
    assert shown(engine) == {name: str(value) for name, value in LIMITS.items()}, "by itself alone"


def test_every_group_of_commands_takes_its_time(app: Flask, tmp_path: Path) -> None:
    ours = ("portal.cli", "portal.cli_files", "portal.cli_operations")
    for name in ("db", "audit", "demo", "people", "files", "jobs", "mail", "providers"):
        callback = app.cli.commands[name].callback
        assert callback is not None, name
        assert callback.__module__ in ours
    app.test_cli_runner().invoke(args=["backup", str(tmp_path / "copy")])
    assert app.extensions["engine"].get_execution_options()["unhurried"]
