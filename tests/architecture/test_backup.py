"""Case G8: a backup under writing, taken back into an empty place; a changed one is refused."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, inspect, select, text

from models.ledger import OutboxEmail
from models.notices import Attachment, Notice
from portal.backup import RESTORED, Unfit, backup, restore
from portal.db import make_engine, make_sessions, reading, writing
from portal.ledger import first_fault
from portal.store import Sealed, Store, key_from
from tests import postgres
from tests.cast import NOW, World
from tests.factories import attached, published

KEY = key_from("a secret of the tests, long enough")


@pytest.fixture
def empty(
    world: World, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], Engine]]:
    """Makes an empty database of the same engine."""
    made: list[Engine] = []

    def make() -> Engine:
        if world.engine.dialect.name == "sqlite":
            made.append(make_engine(f"sqlite:///{tmp_path}/restored{len(made)}.db"))
            return made[-1]
        server = request.getfixturevalue("postgres_seed")
        made.append(make_engine(postgres.fresh(server)))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


def test_g8_a_backup_under_writing_is_whole(
    world: World, empty: Callable[[], Engine], tmp_path: Path
) -> None:
    store = Store(tmp_path / "files", KEY)
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", title="Kept").ref
        attached(session, world, store, ref, data=b"what we saw")
    stop = threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            with writing(world.sessions) as session:
                published(session, world, "peace")

    writer = threading.Thread(target=write_on)
    writer.start()
    made = backup(world.engine, tmp_path / "files", tmp_path / "backup", NOW)
    stop.set()
    writer.join()
    target, files = empty(), tmp_path / "there" / "files"
    assert restore(target, files, tmp_path / "backup", NOW) == made
    with reading(make_sessions(target)) as session:
        assert first_fault(session) is None
        assert session.scalar(select(Notice.title).where(Notice.ref == ref)) == "Kept"
        file = session.scalars(select(Attachment)).one()
        sealed = Sealed(file.stored_name, file.wrapped_key)
        assert Store(files, KEY).get(file.ref, sealed) == b"what we saw"
        emails = select(func.count()).where(OutboxEmail.closed_at.is_(None))
        assert session.scalar(emails) == 0, "no old mail goes out again"
        why = select(OutboxEmail.reason).where(OutboxEmail.outcome == "dead").distinct()
        assert session.scalars(why).all() == [RESTORED]


def test_a_backup_that_was_changed_is_refused(
    world: World, empty: Callable[[], Engine], tmp_path: Path
) -> None:
    store = Store(tmp_path / "files", KEY)
    with writing(world.sessions) as session:
        attached(session, world, store, published(session, world, "peace").ref)
    folder = tmp_path / "backup"
    backup(world.engine, tmp_path / "files", folder, NOW)
    file = next((folder / "files").iterdir())
    kept = file.read_bytes()

    def refused(word: str, target: Engine) -> bool:
        with pytest.raises(Unfit) as why:
            restore(target, tmp_path / "there", folder, NOW)
        return word in str(why.value)

    target = empty()
    file.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert refused("changed since", target)
    file.unlink()
    assert refused("missing", target)
    file.write_bytes(kept)
    (folder / "stranger").touch()
    assert refused("new", target)
    (folder / "stranger").unlink()
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "engine": "other"}))
    assert refused("backup of other", target)
    (folder / "manifest.json").write_text(json.dumps({**manifest, "head": "f" * 64}))
    assert refused("is not in the trail", target)
    shutil.rmtree(folder)
    assert refused("no readable manifest", empty())


def test_nobody_else_reads_a_file_of_a_backup(world: World, tmp_path: Path) -> None:
    store = Store(tmp_path / "files", KEY)
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        attached(session, world, store, ref, data=b"what we saw")
    backup(world.engine, tmp_path / "files", tmp_path / "copy", NOW)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "copy").rglob("*")}
    assert modes == {0o600, 0o700}
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o700


def test_nothing_is_overwritten(world: World, empty: Callable[[], Engine], tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    backup(world.engine, tmp_path / "files", folder, NOW)
    with pytest.raises(Unfit, match="is not empty"):
        backup(world.engine, tmp_path / "files", folder, NOW)
    with pytest.raises(Unfit, match="database is not empty"):
        restore(world.engine, tmp_path / "there", folder, NOW)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a").touch()
    with pytest.raises(Unfit, match="is not empty"):
        restore(empty(), tmp_path / "there", folder, NOW)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_rights_and_extensions_of_one_server_are_not_asked_of_the_next(
    world: World, empty: Callable[[], Engine], tmp_path: Path
) -> None:
    """What an operator gave to a program that watches, or made for themselves, is not ours."""
    with writing(world.sessions) as session:
        published(session, world, "peace", title="Kept")
    theirs = ("ROLE watching", "SCHEMA theirs", "EXTENSION pageinspect")
    with world.engine.begin() as connection:
        for what in theirs:
            connection.exec_driver_sql(f"CREATE {what}")
        connection.exec_driver_sql("GRANT SELECT ON audit_head TO watching")
    backup(world.engine, tmp_path / "files", tmp_path / "copy", NOW)
    with world.engine.begin() as connection:
        connection.exec_driver_sql("DROP OWNED BY watching")
        for what in theirs:
            connection.exec_driver_sql(f"DROP {what}")
    target = empty()
    restore(target, tmp_path / "there", tmp_path / "copy", NOW)
    assert inspect(target).get_schema_names() == ["information_schema", "public"]
    with reading(make_sessions(target)) as session:
        assert session.scalars(text("SELECT extname FROM pg_extension")).all() == ["plpgsql"]
        assert session.scalars(select(Notice.title)).all() == ["Kept"]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_what_cannot_be_restored_leaves_the_database_empty(
    world: World, empty: Callable[[], Engine], tmp_path: Path
) -> None:
    backup(world.engine, tmp_path / "files", tmp_path / "copy", NOW)
    target = empty()
    with target.begin() as connection:  # in the way of an index, which comes after all rows
        connection.exec_driver_sql("CREATE VIEW ix_notice_words_words AS SELECT 1")
    with pytest.raises(Unfit, match="pg_restore"):
        restore(target, tmp_path / "there", tmp_path / "copy", NOW)
    assert inspect(target).get_table_names() == []


def test_a_file_that_is_taken_away_meanwhile_costs_no_backup(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, plain = tmp_path / "files", shutil.copyfile
    with writing(world.sessions) as session:
        for _ in range(2):
            ref = published(session, world, "peace").ref
            attached(session, world, Store(files, KEY), ref)

    def copyfile(source: str | Path, to: str | Path, **how: bool) -> object:
        for other in files.iterdir():
            if other != Path(source):
                other.unlink()
        return plain(source, to, **how)

    monkeypatch.setattr(shutil, "copyfile", copyfile)
    made = backup(world.engine, files, tmp_path / "copy", NOW)
    assert len([name for name in made.digests if name.startswith("files/")]) == 1
