"""Commands that delete say what, and ask; a script has to say --yes itself."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine, func, inspect, select

from models.notices import Notice
from portal.cli import db
from portal.cli_files import files
from portal.db import reading, writing
from portal.schema import downgrade, losses
from tests.cast import World
from tests.factories import published

assert downgrade  # this module changes tables: it gets a database of its own

# Every command, and why it needs no consent; those that delete are tried below.
HARMLESS = {
    "audit collect": "adds to the trail",
    "audit verify": "only reads",
    "backup": "writes a new folder alone",
    "db migrate": "writes a file",
    "db upgrade": "keeps data",
    "db move": "copies into an empty database alone",
    "demo seed": "adds to an empty portal",
    "explain": "only reads",
    "files adopt": "writes a marker, and asks where files are missing",
    "jobs once": "does what is due",
    "jobs run": "does what is due",
    "mail test": "sends one e-mail",
    "pages check": "only reads",
    "people invite": "adds a person",
    "providers check": "only reads",
    "version": "only reads",
    "restore": "refuses a database or folder that is not empty",
}
DELETING = {"db downgrade", "files check"}


def test_a11_every_command_is_looked_at(app: Flask) -> None:
    own = {
        f"{name} {sub}".strip()
        for name, group in app.cli.commands.items()
        for sub in getattr(group, "commands", {"": None})
        if not (group.callback and (group.callback.__module__ or "").startswith("flask"))
    }
    unknown = {name for name in own if name not in HARMLESS | dict.fromkeys(DELETING, "")}
    assert not {name for name in unknown if name not in ("routes", "shell", "run")} - FOREIGN, (
        "say here whether it deletes; where it does, it counts and asks"
    )
    for command in (db.commands["downgrade"], files.commands["check"]):
        assert "yes" in {parameter.name for parameter in command.params}


FOREIGN = {"limiter", "limiter clear", "limiter config", "limiter limits"}


@pytest.mark.parametrize("to", ["base", "0007", "-1"])
def test_a11_going_down_counts_and_asks(app: Flask, world: World, to: str) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", "liaison@cloud")
    run = app.test_cli_runner().invoke
    before = set(inspect(world.engine).get_table_names())
    lost = losses(world.engine, to)
    assert set(inspect(world.engine).get_table_names()) == before, "the try left nothing"
    refused = run(args=["db", "downgrade", "--", to])
    with reading(world.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 1
    if lost:
        assert set(inspect(world.engine).get_table_names()) == before
        assert refused.exit_code == 1
        assert "nothing was done" in refused.output
        for name, count in lost.items():
            assert f"{count} × {name}" in refused.output
    if to == "base":
        assert lost["notices"] == 1
        assert {"people", "organisations", "audit_events"} <= set(lost)
        assert not [name for name in lost if re.match("notice_words|audience$|alembic", name)]
        done = run(args=["db", "downgrade", to, "--yes"])
        assert done.exit_code == 0
        assert "notices" not in inspect(world.engine).get_table_names()


def test_a11_a_column_that_goes_counts_its_values(engine: Engine) -> None:
    lost = losses(engine, "0007")
    assert all(count > 0 for count in lost.values())
    assert losses(engine, "head") == {}
