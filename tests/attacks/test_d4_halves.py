"""Case D4: no file without a row, no row without a file, whatever stops half-way."""

import contextlib
import os
import resource
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from models.ledger import Heartbeat
from portal.db import open_session, reading, writing
from portal.store import MARKER, Store, Unkept, key_from
from tests.attacks.files import AUTHOR, CANARY, Visit, fits, shared
from tests.cast import NOW, World
from tests.factories import attached, published
from tests.notices.sample_files import (
    encoded,
    send,
)


def test_d4_an_upload_that_stops_before_its_end_leaves_nothing(
    world: World, store: Store, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    author = visit(AUTHOR)
    body, content_type = encoded(author, "big.txt", b"a" * 800_000)
    for sent, claimed in ((len(body) * 99 // 100, len(body)), (len(body) - 3, len(body) - 3)):
        answer = author.client.post(
            f"/notices/{ref}/attach",
            input_stream=BytesIO(body[:sent]),
            content_type=content_type,
            environ_overrides={"CONTENT_LENGTH": str(claimed)},
        )
        assert answer.status_code == 400
    assert not store.names()
    assert fits(world, store)
    assert send(author, ref, "big.txt", b"a" * 800_000).status == 302


@contextlib.contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """A disk that is full after so many bytes of a file: the system itself refuses more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_d4_a_full_disk_leaves_neither_row_nor_file_and_is_said_as_busy(
    world: World, store: Store, visit: Visit, folder: Path
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    with (
        no_file_longer_than(3_000_000),
        open_session(world.sessions, writes=True) as session,
        pytest.raises(Unkept),
    ):
        attached(session, world, store, ref, data=b"a" * 4_000_000)
    assert [path.name for path in folder.iterdir()] == [MARKER]
    assert fits(world, store)
    away = folder.rename(folder.with_name("away"))
    folder.write_text("a file where the folder should be")
    author = visit(AUTHOR)
    answer = send(author, ref, "note.txt", CANARY)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "No change was saved" in answer.words
    folder.unlink()
    assert send(author, ref, "note.txt", CANARY).status == 503, "not into a folder made anew"
    away.rename(folder)
    assert send(author, ref, "note.txt", CANARY).status == 302
    assert fits(world, store)


def test_d4_a_commit_that_fails_takes_the_file_with_it(
    world: World, store: Store, app: Flask, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    author = visit(AUTHOR)
    body, content_type = encoded(author, "note.txt", CANARY)

    @event.listens_for(app.extensions["engine"], "commit")
    def refuse(connection: Any) -> None:
        if not connection.get_execution_options()["writes"]:
            return
        connection.connection.rollback()
        raise OperationalError("COMMIT", {}, Exception("the database went away"))

    try:
        answer = author.client.post(f"/notices/{ref}/attach", data=body, content_type=content_type)
    finally:
        event.remove(app.extensions["engine"], "commit", refuse)
    assert answer.status_code == 503
    assert not store.names()
    assert fits(world, store)


def test_d4_two_files_of_one_name_are_two_files_and_count_twice(
    world: World, store: Store, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    author = visit(AUTHOR)
    for content in (b"first", b"second"):
        assert send(author, ref, "same.txt", content).status == 302
    links = author.get(f"/notices/{ref}").page.find_all("a", string="same.txt")
    assert {author.get(str(link["href"])).body for link in links} == {b"first", b"second"}
    assert len(store.names()) == 2


def test_d4_the_check_finds_what_does_not_fit_in_both_directions(
    world: World, store: Store, app: Flask, folder: Path
) -> None:
    _ref, file = shared(world, store)
    check = ("files", "check")
    run = app.test_cli_runner().invoke
    fine = run(args=check)
    assert (fine.exit_code, fine.output) == (0, "files and rows fit\n")
    old, young, stranger = store.put("F-26-AAAAAA", b"x").name, "1" * 48 + ".part", "README"
    (folder / young).write_bytes(b"half")
    (folder / stranger).write_text("not ours")
    os.utime(folder / old, (0, 0))
    os.utime(folder / stranger, (0, 0))
    found = run(args=check)
    assert found.exit_code == 1
    assert [f"file without a row: {name}" in found.output for name in (old, young, stranger)]
    asked = run(args=[*check, "--remove-orphans"])
    assert asked.exit_code == 1, "a script has to say --yes"
    assert "3 × files without a row" in asked.output
    assert (folder / old).exists()
    after = run(args=[*check, "--remove-orphans", "--yes"])
    assert "removed: 1" in after.output
    assert store.names() == {file.stored_name, young, stranger}, "what may be under way stays"
    (folder / young).unlink()
    (folder / stranger).unlink()
    (folder / file.stored_name).unlink()
    lost = run(args=[*check, "--remove-orphans"])
    assert lost.exit_code == 1
    assert f"row without a file: {file.ref}" in lost.output


def test_d4_the_check_tells_a_wrong_key_from_a_lost_file(
    world: World, store: Store, app: Flask, folder: Path
) -> None:
    _ref, file = shared(world, store)
    app.extensions["store"] = Store(folder, key_from("another secret of the portal, long enough"))
    found = app.test_cli_runner().invoke(args=("files", "check"))
    assert found.exit_code == 1
    assert f"does not open: {file.ref}" in found.output
    assert "PORTAL_FILE_KEY is not the key" in found.output
    assert "without a file" not in found.output


def test_d4_a_slow_upload_does_not_hold_up_the_other_writers(
    world: World, visit: Visit, store: Store
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    author = visit(AUTHOR)
    body, content_type = encoded(author, "note.txt", CANARY)

    class Slow(BytesIO):
        """A body; while it arrives, somebody else writes."""

        def readinto(self, buffer: Any) -> int:
            with writing(world.sessions) as session:
                session.merge(Heartbeat(name="meanwhile", at=NOW))
            return super().readinto(buffer)

    answer = author.client.post(
        f"/notices/{ref}/attach",
        input_stream=Slow(body),
        content_type=content_type,
        environ_overrides={"CONTENT_LENGTH": str(len(body))},
    )
    assert answer.status_code == 302
    with reading(world.sessions) as session:
        assert session.get(Heartbeat, "meanwhile") is not None
