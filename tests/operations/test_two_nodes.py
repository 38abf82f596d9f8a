"""Finding A9: a web server that does not see the attachments of the others says so."""

import logging
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine, delete

from models.office import FileStore
from portal.app import create_app
from portal.backup import Unfit, backup, restore
from portal.db import make_engine, make_sessions, reading, writing
from portal.schema import losses
from portal.store import MARKER, Folder, Store, Unseen, key_from
from portal.store_identity import (
    FOREIGN,
    SEEN,
    UNCLAIMED,
    UNSEEN,
    WrongStore,
    identity,
    settle,
    standing,
)
from tests import postgres
from tests.cast import NOW, World
from tests.factories import attached, published
from tests.pages import sign_in

KEY = key_from("a secret of the tests, long enough")
Node = Callable[..., Flask]


@pytest.fixture
def node(app: Flask, tmp_path: Path) -> Node:
    """Makes one more web server on the database of `app`, with a data folder of its own."""

    def make(name: str, env: str = "test") -> Flask:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        made = create_app(replace(app.config["SETTINGS"], env=env, data_dir=folder))
        made.extensions["engine"] = app.extensions["engine"]
        made.extensions["sessions"] = app.extensions["sessions"]
        return made

    return make


def store_seen_by(app: Flask, **options: str) -> str:
    """What the web server says about the folder of attachments."""
    seen: dict[str, str] = app.test_client().get("/readyz", **options).get_json()
    return seen["store"]


def metric(app: Flask) -> float:
    text = app.test_client().get("/metrics").get_data(as_text=True)
    return next(
        one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
        if one.name == "good_offices_store_seen"
    )


def test_a9_two_nodes_with_two_folders_are_noticed(
    app: Flask,
    node: Node,
    world: World,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first: Store = app.extensions["store"]
    with reading(world.sessions) as session:
        assert first.marker() == first.identity == identity(session)
        assert len(first.identity) == 32
    assert store_seen_by(app) == SEEN
    assert metric(app) == 1
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        file = attached(session, world, first, ref).ref
    page = f"/notices/{ref}/files/{file}"
    assert sign_in(app, world, "mediator@peace").get(page).status == 200

    with caplog.at_level(logging.ERROR):
        other = node("other")
    assert UNSEEN in caplog.text
    ready = other.test_client().get("/readyz")
    assert ready.status_code == 200, "pages work: only database and schema take a server out"
    assert ready.get_json()["store"] == UNSEEN
    assert metric(other) == 0
    assert other.test_client().get("/healthz").status_code == 200
    read = sign_in(other, world, "mediator@peace").get(page)
    assert read.status == 503, "what is there, but not from here"
    with writing(world.sessions) as session, pytest.raises(Unseen):
        attached(session, world, other.extensions["store"], ref, name="lost.txt")
    assert not (tmp_path / "other" / "files").exists(), "nothing is written where nobody looks"
    with pytest.raises(WrongStore, match="flask files adopt"):
        node("third", env="production")
    assert "flask files adopt" in capsys.readouterr().err, "the log shows no exception's message"

    shutil.copytree(tmp_path / "files", tmp_path / "moved" / "files")  # as when it is mounted
    moved = node("moved", env="production")
    assert store_seen_by(moved, base_url="http://127.0.0.1") == SEEN


def test_a9_a_mount_that_goes_away_is_said(app: Flask, world: World, tmp_path: Path) -> None:
    (tmp_path / "files").rename(tmp_path / "away")
    assert store_seen_by(app) == UNSEEN
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        with pytest.raises(Unseen):
            attached(session, world, app.extensions["store"], ref)
    (tmp_path / "away").rename(tmp_path / "files")
    assert store_seen_by(app) == SEEN


def test_a9_commands_say_it_and_mend_it(
    app: Flask, node: Node, world: World, tmp_path: Path
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        attached(session, world, app.extensions["store"], ref)
    assert app.test_cli_runner().invoke(args=["files", "check"]).exit_code == 0
    other = node("other")
    run = other.test_cli_runner().invoke
    checked = run(args=["files", "check", "--remove-orphans", "--yes"])
    assert checked.exit_code == 1
    assert UNSEEN in checked.output
    refused = run(args=["files", "adopt"])
    assert refused.exit_code == 1
    assert "attachments that are not here: 1" in refused.output
    assert not (tmp_path / "other" / "files" / MARKER).exists()
    with pytest.raises(Unfit, match="does not see"):
        backup(world.engine, tmp_path / "other" / "files", tmp_path / "copy", NOW)
    assert run(args=["files", "adopt", "--yes"]).exit_code == 0
    assert store_seen_by(other) == SEEN
    Folder(tmp_path / "other" / "files").write_marker("f" * 32)
    assert store_seen_by(other) == FOREIGN


def test_a9_a_portal_from_before_markers_takes_the_folder_that_has_its_files(
    app: Flask, world: World, tmp_path: Path
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        attached(session, world, app.extensions["store"], ref)
        session.execute(delete(FileStore))
    (tmp_path / "files" / MARKER).unlink()
    empty, full = Store(tmp_path / "empty", KEY), Store(tmp_path / "files", KEY)
    assert settle(world.sessions, empty, claim=True) == UNSEEN
    assert not (tmp_path / "empty").exists()
    assert settle(world.sessions, full, claim=False) == UNCLAIMED
    assert settle(world.sessions, full, claim=True) == SEEN
    assert settle(world.sessions, empty, claim=True) == UNSEEN
    assert "file_store" not in losses(world.engine, "base"), "the marker makes it anew"


def test_a9_a_start_that_died_halfway_goes_on(world: World, tmp_path: Path) -> None:
    store = Store(tmp_path / "files", KEY)
    store.write_marker("a" * 32)
    assert settle(world.sessions, store, claim=True) == SEEN
    assert store.identity == "a" * 32


@pytest.mark.parametrize("together", [True, False])
def test_a9_processes_that_start_at_once_agree(
    world: World, tmp_path: Path, together: bool
) -> None:
    folders = [tmp_path / ("files" if together else f"files{one}") for one in range(6)]
    found: dict[int, str] = {}
    gate = threading.Barrier(len(folders))

    def start(number: int) -> None:
        gate.wait()
        found[number] = settle(world.sessions, Store(folders[number], KEY), claim=True)

    threads = [threading.Thread(target=start, args=(number,)) for number in range(len(folders))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen = [what for what in found.values() if what == SEEN]
    assert len(seen) == (6 if together else 1)
    assert set(found.values()) <= {SEEN, UNSEEN}
    with reading(world.sessions) as session:
        marked = {Folder(path).marker() for path in folders} - {""}
        assert marked == {identity(session)}


def test_a9_a_restore_brings_the_marker_along(
    app: Flask, world: World, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with writing(world.sessions) as session:
        attached(session, world, app.extensions["store"], published(session, world, "peace").ref)
    backup(world.engine, tmp_path / "files", tmp_path / "copy", NOW)
    if world.engine.dialect.name == "sqlite":
        target: Engine = make_engine(f"sqlite:///{tmp_path}/restored.db")
    else:
        target = make_engine(postgres.fresh(request.getfixturevalue("postgres_seed")))
    there = Folder(tmp_path / "there" / "files")
    there.write_marker("b" * 32)  # a web server was started too early
    restore(target, there.folder, tmp_path / "copy", NOW)
    with reading(make_sessions(target)) as session:
        assert standing(session, there) == SEEN
        assert there.marker() == app.extensions["store"].identity
    target.dispose()
