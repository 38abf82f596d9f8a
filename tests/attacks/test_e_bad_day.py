"""On a day when nothing can be written, reading goes on and no reading is forgotten (0019)."""

import json
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select, update

from models.ledger import AuditEvent, AuditHead
from models.signins import SignIn
from models.vocabulary import Tlp
from portal import readings
from portal.clock import now
from portal.db import reading, writing
from portal.ledger import first_fault
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
READER, CANARY = "mediator@peace", "canary-7f3a"


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    """Somebody else writes, and does not come to an end."""
    begun, ended = threading.Event(), threading.Event()

    def write() -> None:
        with engine.execution_options(writes=True).connect() as connection:
            connection.execute(select(AuditHead).with_for_update())
            begun.set()
            ended.wait(300)
            connection.rollback()

    other = threading.Thread(target=write)
    other.start()
    assert begun.wait(300)
    try:
        yield
    finally:
        ended.set()
        other.join()


@contextmanager
def read_only(engine: Engine) -> Iterator[None]:
    """The database takes no writes: a file system, or a server, that only reads."""

    def refuse(_connection: object, _cursor: object, sentence: str, *_more: object) -> None:
        if sentence.startswith(("INSERT", "UPDATE")):
            raise engine.dialect.loaded_dbapi.OperationalError(
                "attempt to write a readonly database"
            )

    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


@contextmanager
def set_to_read(engine: Engine) -> Iterator[None]:
    """The server is told to take no writes, as a standby is by itself."""
    if engine.dialect.name == "sqlite":
        with read_only(engine):
            yield
        return
    _set_to_read(engine, "on")
    try:
        yield
    finally:
        _set_to_read(engine, "off")


def _set_to_read(engine: Engine, how: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ WRITE")
        told = f"SET default_transaction_read_only = {how}"
        connection.exec_driver_sql(f"ALTER DATABASE {engine.url.database} {told}")
    engine.dispose()


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "PATIENCE", 50)
    monkeypatch.setattr("portal.web.PATIENCE", 50)


@pytest.fixture
def ref(world: World) -> str:
    with writing(world.sessions) as session:
        return published(session, world, READER, tlp=Tlp.RED, title=CANARY).ref


def read_by(world: World, ref: str) -> list[AuditEvent]:
    with reading(world.sessions) as session:
        mine = AuditEvent.person_id == world.actors[READER].person_id
        asked = select(AuditEvent).where(AuditEvent.ref == ref, mine).order_by(AuditEvent.id)
        assert first_fault(session) is None
        return list(session.scalars(asked))


BAD_DAYS = [locked, read_only, set_to_read]


@pytest.mark.parametrize("day", BAD_DAYS)
def test_a12_reading_goes_on_and_its_trace_is_kept(
    app: Flask, world: World, visit: Visit, ref: str, tmp_path: Path, day: Callable[[Engine], Any]
) -> None:
    mediator = visit(READER)
    began = now()
    with day(world.engine):
        for path in (f"/notices/{ref}", f"/notices/{ref}/export"):
            assert mediator.client.get(path).status_code == 200, path
    spool = tmp_path / "readings.jsonl"
    assert stat.S_IMODE(spool.stat().st_mode) == 0o600
    assert spool.read_text().count("\n") == 2
    assert CANARY not in spool.read_text()
    assert read_by(world, ref) == []
    ended = now()
    assert mediator.get(f"/notices/{ref}").status == 200, "the next one takes them along"
    assert spool.read_text() == ""
    found = read_by(world, ref)
    assert sorted(entry.verb for entry in found) == ["export", "read", "read"]
    kept = [entry for entry in found if began <= entry.at <= ended]
    assert len(kept) == 2, "with the time at which it was read"


def test_a12_what_was_kept_is_collected_by_a_command_and_by_an_act(
    app: Flask, world: World, visit: Visit, ref: str
) -> None:
    mediator = visit(READER)
    with read_only(world.engine):
        assert mediator.get(f"/notices/{ref}").status == 200
    done = app.test_cli_runner().invoke(args=["audit", "collect"])
    assert "readings appended: 1" in done.output
    with read_only(world.engine):
        assert mediator.get(f"/notices/{ref}").status == 200
    assert mediator.post(f"/notices/{ref}/acknowledge").status == 302
    assert [entry.verb for entry in read_by(world, ref)].count("read") == 2


def test_a12_where_not_even_that_can_be_kept_nothing_is_shown(
    app: Flask, world: World, visit: Visit, ref: str, tmp_path: Path
) -> None:
    mediator = visit(READER)
    (tmp_path / "readings.jsonl").mkdir()
    with read_only(world.engine):
        answer = mediator.get(f"/notices/{ref}")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert CANARY not in answer.text


def test_a12_a_sign_in_that_cannot_be_marked_as_seen_reads_on(
    world: World, visit: Visit, ref: str
) -> None:
    mediator = visit(READER)
    with writing(world.sessions) as session:
        session.execute(update(SignIn).values(seen_at=now() - timedelta(minutes=20)))
    with read_only(world.engine):
        assert mediator.get("/notices/").status == 200
        assert mediator.get(f"/notices/{ref}").status == 200


def test_a12_what_is_not_shown_leaves_no_trace(
    world: World, visit: Visit, ref: str, tmp_path: Path
) -> None:
    outsider = visit("liaison@telco")
    with read_only(world.engine):
        assert outsider.get("/notices/N-26-AAAAAA").status == 404
    assert not (tmp_path / "readings.jsonl").exists()


def kept_line(ref: str, person_id: int, **more: Any) -> str:
    """A reading as it is kept while nothing can be written."""
    said = {
        "at": now().isoformat(), "person_id": person_id, "verb": "read",
        "resource_type": "notices", "resource_id": 1, "ref": ref, "edition": 1, "signin_id": 1,
        "detail": {},
    }  # fmt: skip
    return json.dumps(said | more) + "\n"


def test_a12_what_the_trail_cannot_take_keeps_nobody_from_anything(
    app: Flask, world: World, visit: Visit, ref: str, tmp_path: Path
) -> None:
    """As of a person invited after the backup that was restored, or a line that a power cut cut."""
    mine = world.actors[READER].person_id
    halved = '{"at": "2026-11-'
    stranger, other = kept_line(ref, 999_999), kept_line(ref, mine, of_another_version=True)
    spool = tmp_path / "readings.jsonl"
    lines = [kept_line(ref, mine), stranger, "[]\n", kept_line(ref, mine), other, halved]
    spool.write_text("".join(lines))
    mediator = visit(READER)
    assert mediator.get(f"/notices/{ref}").status == 200
    assert spool.read_text() == ""
    aside = tmp_path / "readings.jsonl.refused"
    assert sorted(aside.read_text().splitlines(keepends=True)) == sorted(
        [stranger, "[]\n", other, f"{halved}\n"]
    )
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert [entry.verb for entry in read_by(world, ref)] == ["read"] * 3
    spool.write_text(stranger)
    assert mediator.post(f"/notices/{ref}/acknowledge").status == 302
    spool.write_text(stranger)
    done = app.test_cli_runner().invoke(args=["audit", "collect"])
    assert "appended: 0" in done.output
    assert "put aside: 1" in done.output


def test_a12_half_a_line_does_not_spoil_the_next(
    world: World, visit: Visit, ref: str, tmp_path: Path
) -> None:
    (tmp_path / "readings.jsonl").write_text('{"at": "2026-11-')
    mediator = visit(READER)
    with read_only(world.engine):
        assert mediator.get(f"/notices/{ref}").status == 200
    assert mediator.get(f"/notices/{ref}").status == 200
    assert len(read_by(world, ref)) == 2
