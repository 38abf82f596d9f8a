"""Case D1: no name, link or changed row leads out of the store, and nothing in it is legible."""

import contextlib
import os
import re
import tempfile
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select, update

from models.ledger import AuditEvent
from models.notices import Attachment
from portal.db import reading, writing
from portal.errors import Invalid
from portal.media import clean_name
from portal.store import Damaged, Sealed, Store, key_from
from tests.attacks.files import AUTHOR, CANARY, Visit, shared
from tests.cast import World
from tests.factories import attached, drafted, published
from tests.notices.sample_files import (
    send,
)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../../etc/passwd", "/etc/passwd", "a" * 48 + "/../x", "A" * 48, "0" * 47],
)
def test_d1_a_stored_name_that_is_not_ours_leads_nowhere(
    store: Store, tmp_path: Path, name: str
) -> None:
    sealed = store.put("F-26-AAAAAA", b"x")
    bystander = tmp_path / "bystander"
    bystander.write_text("still here")
    with pytest.raises(Damaged):
        store.get("F-26-AAAAAA", replace(sealed, name=name))
    with pytest.raises(Damaged):
        store.remove(name)
    assert not store.holds(name)
    assert store.remove_older([name], datetime.now(UTC) + timedelta(days=1)) == []
    assert bystander.exists()


def test_d1_a_stored_path_changed_in_the_database_opens_nothing_and_deletes_nothing(
    world: World, store: Store, visit: Visit, tmp_path: Path
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
        file = attached(session, world, store, ref, data=CANARY)
    secret = tmp_path / "bystander"
    secret.write_bytes(b"a file of somebody else")
    with writing(world.sessions) as session:
        session.execute(update(Attachment).values(stored_name="../bystander"))
    author = visit(AUTHOR)
    assert author.get(f"/notices/{ref}/files/{file.ref}").status == 500
    with contextlib.suppress(Damaged):
        author.post(f"/notices/{ref}/detach/{file.ref}")
    assert secret.read_bytes() == b"a file of somebody else"


def test_d1_links_pipes_and_folders_are_not_files(store: Store, folder: Path) -> None:
    ref, name = "F-26-AAAAAA", "0" * 48
    sealed = store.put(ref, CANARY)
    path = folder / name
    for make in (
        lambda: path.symlink_to(folder / sealed.name),
        lambda: os.mkfifo(path),
        path.mkdir,
    ):
        make()
        with pytest.raises(Damaged):
            store.get(ref, replace(sealed, name=name))
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    path.symlink_to(folder / sealed.name)
    store.remove(name)
    assert store.get(ref, sealed) == CANARY, "the link goes, what it pointed at stays"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\report.txt", "report.txt"),
        ("/etc/cron.d/x.txt", "x.txt"),
        ("in\r\nvoice\0.txt", "invoice.txt"),
        ("evil\u202etxt.exe.txt", "eviltxt.exe.txt"),
        ("zero\u200bwidth\ufeff.txt", "zerowidth.txt"),
        ("line\u2028end.txt", "lineend.txt"),
        (" .hidden. ", "hidden"),
        ("e\u0301te\u0301.txt", "\u00e9t\u00e9.txt"),
        ("CON.txt", "CON.txt"),
        ("a  b\t.txt", "a b.txt"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
        ("y" * 300, "y" * 200),
    ],
)
def test_d1_a_name_is_cleaned_and_only_shown(sent: str, shown: str) -> None:
    assert clean_name(sent) == shown


@given(st.text())
@example("\ud800.txt")
def test_d1_no_name_brings_a_path_a_control_or_too_much(sent: str) -> None:
    try:
        name = clean_name(sent)
    except Invalid:
        return
    assert 0 < len(name) <= 200
    assert not re.search(r"[/\\]", name)
    assert not [c for c in name if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    name.encode()


def test_d1_nothing_of_a_file_is_to_be_read_on_the_disk(
    world: World, store: Store, folder: Path
) -> None:
    shared(world, store)
    (path,) = folder.iterdir()
    assert re.fullmatch(r"[0-9a-f]{48}", path.name)
    assert CANARY not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o077 == 0


def test_d1_while_it_arrives_a_file_is_not_laid_on_the_disk_in_clear(
    world: World, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    author = visit(AUTHOR)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    assert send(author, ref, "large.txt", b"a" * 2_000_000).status == 302


def test_swapped_files_do_not_open(store: Store) -> None:
    one, two = store.put("F-26-AAAAAA", b"one"), store.put("F-26-BBBBBB", b"two")
    for swapped in (
        Sealed(two.name, one.wrapped_key),
        Sealed(one.name, two.wrapped_key),
        Sealed(two.name, two.wrapped_key),
    ):
        with pytest.raises(Damaged):
            store.get("F-26-AAAAAA", swapped)
    assert store.get("F-26-AAAAAA", one) == b"one"


def test_each_changed_byte_is_noticed(store: Store, folder: Path) -> None:
    ref = "F-26-AAAAAA"
    sealed = store.put(ref, b"six by")
    path = folder / sealed.name
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Damaged):
            store.get(ref, sealed)
    for part in (b"", whole[:11], whole[:-1], whole + b"\0"):
        path.write_bytes(part)
        with pytest.raises(Damaged):
            store.get(ref, sealed)
    path.write_bytes(whole)
    for at in range(len(sealed.wrapped_key)):
        key = bytearray(sealed.wrapped_key)
        key[at] ^= 1
        with pytest.raises(Damaged):
            store.get(ref, Sealed(sealed.name, bytes(key)))
    assert store.get(ref, sealed) == b"six by"


def test_the_same_file_twice_looks_different_and_another_key_opens_neither(
    store: Store, folder: Path
) -> None:
    one, two = (store.put("F-26-AAAAAA", CANARY) for _ in range(2))
    assert (folder / one.name).read_bytes()[12:] != (folder / two.name).read_bytes()[12:]
    stranger = Store(folder, key_from("a secret of another portal, quite long"))
    with pytest.raises(Damaged):
        stranger.get("F-26-AAAAAA", one)


def test_a_changed_file_is_an_error_page_that_says_nothing_of_it(
    world: World, store: Store, folder: Path, visit: Visit
) -> None:
    ref, file = shared(world, store)
    path = folder / file.stored_name
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    answer = visit("mediator@peace").get(f"/notices/{ref}/files/{file.ref}")
    assert answer.status == 500
    for secret in (CANARY.decode(), file.stored_name, str(folder), "note.txt"):
        assert secret not in answer.text
    with reading(world.sessions) as session:
        assert not session.scalars(select(AuditEvent).where(AuditEvent.verb == "download")).all()
