"""Attacks on files: cases D1, D2, D4, B3 and B12 of what such portals got wrong."""

import contextlib
import os
import re
import resource
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import event, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, Heartbeat
from models.notices import Attachment, Notice
from portal import notices
from portal.db import open_session, reading, writing
from portal.errors import Invalid
from portal.notices.attaching import clean_name
from portal.notices.media import ENDINGS, media_type
from portal.store import Damaged, Sealed, Store, Sweep, Unkept, key_from, sweep
from tests.cast import NOW, World
from tests.factories import drafted, published, text, to
from tests.notices.sample_files import (
    GIF,
    JPEG,
    KINDS,
    PDF,
    PNG,
    WEBP,
    archive,
    encoded,
    office,
    send,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
AUTHOR = "liaison@telco"
CANARY = b"canary 5f1c9e: nobody finds this on the disk"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the `app` keeps its files."""
    return tmp_path / "files"


@pytest.fixture
def store(folder: Path) -> Store:
    """The same files as those of the `app`."""
    return Store(folder, key_from("a secret of the tests, long enough"))


def attached(session: Session, world: World, store: Store, ref: str, **values: Any) -> Attachment:
    said = {"name": "note.txt", "data": CANARY, "now": NOW} | values
    return notices.attach(session, world.actors[AUTHOR], ref, store=store, **said)


def shared(world: World, store: Store, *names: str) -> tuple[str, Attachment]:
    """A notice published to these, with a file; its reference and the file."""
    with writing(world.sessions) as session:
        ref = published(session, world, *(names or ("peace",))).ref
        return ref, attached(session, world, store, ref)


def fits(world: World, store: Store) -> bool:
    """Whether files and rows fit in both directions."""
    with reading(world.sessions) as session:
        return sweep(session, store) == Sweep((), ())


# D1: names and paths.


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
        file = attached(session, world, store, ref)
    secret = tmp_path / "bystander"
    secret.write_bytes(b"a file of somebody else")
    with writing(world.sessions) as session:
        session.execute(update(Attachment).values(stored_name="../bystander"))
    author = visit(AUTHOR)
    assert author.get(f"/notices/{ref}/files/{file.ref}").status == 500
    with contextlib.suppress(Damaged):
        author.post(f"/notices/{ref}/files/{file.ref}/remove")
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


# The envelope: swapped, changed, foreign.


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
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    answer = visit("mediator@peace").get(f"/notices/{ref}/files/{file.ref}")
    assert answer.status == 500
    for secret in (CANARY.decode(), file.stored_name, str(folder), "note.txt"):
        assert secret not in answer.text
    with reading(world.sessions) as session:
        assert not session.scalars(select(AuditEvent).where(AuditEvent.verb == "download")).all()


# D2: what is taken, and how it is handed out.

HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
REFUSED = {
    "page.html": HTML,
    "page.txt": HTML,
    "spaces.txt": b"\n\n  \t" + HTML,
    "mark.txt": b"\xef\xbb\xbf" + HTML,
    "page.pdf": HTML,
    "page.png": HTML,
    "picture.svg": SVG,
    "svg.txt": SVG,
    "feed.xml": b'<?xml version="1.0"?><a/>',
    "xml.json": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>',
    "comment.csv": b"<!-- <html> -->",
    "utf16.txt": "<html>".encode("utf-16"),
    "run.exe": b"MZ\x90\0" + bytes(64),
    "run.pdf": b"MZ\x90\0" + bytes(64),
    "run.txt": b"MZ\x90\0" + bytes(64),
    "elf.txt": b"\x7fELF\2\1\1" + bytes(64),
    "script.txt": b"#!/bin/sh\nrm -rf ~\n",
    "script.sh": b"echo hello\n",
    "page.js": b"alert(1)",
    "nul.csv": b"a,b\0c",
    "latin.txt": "é".encode("latin-1"),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "bundle.tar": b"ustar" * 200,
    "tool.jar": archive("META-INF/MANIFEST.MF", "A.class"),
    "jar.zip": archive("meta-inf/manifest.mf", "A.class"),
    "app.zip": archive("AndroidManifest.xml", "classes.dex"),
    "macros.docx": office("word", "word/vbaProject.bin"),
    "two.docx": office("word", "xl/workbook.xml"),
    "none.docx": archive("[Content_Types].xml"),
    "broken.zip": b"PK\3\4" + bytes(60),
    "self-extracting.zip": b"MZ\x90\0" + archive("a.log"),
    "no-ending": b"just text",
    "odd.bin": b"just text",
    "early.pcapng": b"\n\r\r\n" + bytes(20),
}
DISAGREEING = {
    "report.png": PDF,
    "report.txt": PDF,
    "report.pdf.html": PDF,
    "photo.gif": JPEG,
    "plan.zip": office("word"),
    "plan.xlsx": office("word"),
    "logs.docx": archive("a.log"),
    "screen.png.exe": PNG,
    "lan.txt": KINDS["lan.pcap"][0],
    "lan.pcap": KINDS["lan.pcapng"][0],
}
POLYGLOTS = {
    "pdf-and-zip.pdf": PDF + archive("a.log"),
    "pdf-and-page.pdf": PDF + HTML,
    "gif-and-jar.gif": GIF + archive("META-INF/MANIFEST.MF"),
    "gif-and-script.gif": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//",
    "png-and-page.png": PNG + HTML,
    "png-and-zip.png": PNG + archive("a.log"),
    "jpeg-and-zip.jpg": JPEG + archive("a.log"),
    "jpeg-and-page.jpg": JPEG + HTML,
    "webp-and-page.webp": WEBP + HTML,
    "zip-that-ends-as-png.png": PNG[:-12] + archive("a.log") + PNG[-12:],
    "cut.png": PNG[:-5],
    "cut.pdf": PDF[:30],
    "cut.jpg": JPEG[:-2],
}


@pytest.mark.parametrize("name", REFUSED)
def test_d2_active_and_unknown_content_is_refused_and_the_message_lists_what_is_taken(
    name: str,
) -> None:
    with pytest.raises(Invalid) as refused:
        media_type(name, REFUSED[name])
    assert refused.value.problems["file"].startswith("This kind of file is not taken. Taken are")


@pytest.mark.parametrize("name", DISAGREEING)
def test_d2_the_ending_must_agree_with_the_content(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        media_type(name, DISAGREEING[name])
    assert "ending" in refused.value.problems["file"]


@pytest.mark.parametrize("name", POLYGLOTS)
def test_d2_nothing_rides_behind_the_end_of_a_file(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        media_type(name, POLYGLOTS[name])
    assert "cut off" in refused.value.problems["file"]


ENDS = sorted(ending for endings in ENDINGS.values() for ending in endings)
STARTS = [b"", b"PK\3\4", b"%PDF-", b"GIF89a", b"RIFF", b"\xff\xd8\xff", b"\n\r\r\n"]


@given(
    st.sampled_from(ENDS),
    st.sampled_from([*STARTS, *(content for content, _ in KINDS.values())]),
    st.binary(max_size=400),
)
def test_d2_whatever_comes_is_taken_as_its_kind_or_refused(
    ending: str, start: bytes, rest: bytes
) -> None:
    with contextlib.suppress(Invalid):
        assert ending in ENDINGS[media_type(f"a.{ending}", start + rest)]


@given(st.binary(max_size=60), st.integers(0, 300))
def test_d2_an_archive_with_a_wound_is_taken_or_refused_but_breaks_nothing(
    wound: bytes, at: int
) -> None:
    whole = office("word")
    with contextlib.suppress(Invalid):
        media_type("a.docx", whole[:at] + wound + whole[at + len(wound) :])
        media_type("a.docx", whole[: -at - 1] + wound)


def test_d2_a_file_is_only_ever_saved_never_shown(world: World, store: Store, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        file = attached(session, world, store, ref, name='Gr\u00fc\u00dfe "x"; \u043d.json')
    address = f"/notices/{ref}/files/{file.ref}"
    answer = visit("mediator@peace").get(address)
    assert answer.body == CANARY
    expected = {
        "Content-Type": "application/json",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Accept-Ranges": "none",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: answer.headers[name] for name in expected} == expected
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; ")
    assert said.isascii()
    encoded_name = said.partition("filename*=UTF-8''")[2]
    assert unquote(encoded_name) == file.name, "RFC 6266: the whole name, encoded"
    assert "ETag" not in answer.headers
    assert "Last-Modified" not in answer.headers


def test_d2_no_name_breaks_out_of_its_header(world: World, store: Store, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        names = [
            "a\r\nSet-Cookie: x=1.txt",
            'a"; filename="b.exe.txt',
            "a;b=c%0d%0a.txt",
            "<b>.txt",
        ]
        files = [attached(session, world, store, ref, name=name).ref for name in names]
    reader = visit("mediator@peace")
    for file in files:
        answer = reader.get(f"/notices/{ref}/files/{file}")
        assert answer.status == 200
        assert "Set-Cookie" not in answer.headers or "x=1" not in answer.headers["Set-Cookie"]
        said = answer.headers["Content-Disposition"]
        assert said.startswith("attachment; ")
        assert not re.search(r'(?<!\\)"; filename="b', said)
    assert not reader.get(f"/notices/{ref}").page.select(".go-rows b")


# D4: half uploads, full disks, orphans in both directions.


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
    assert list(folder.iterdir()) == []
    assert fits(world, store)
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    author = visit(AUTHOR)
    answer = send(author, ref, "note.txt", CANARY)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "Nothing was half-written" in answer.words
    folder.unlink()
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
    def refuse(_connection: Any) -> None:
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
    after = run(args=[*check, "--remove-orphans"])
    assert "removed: 1" in after.output
    assert store.names() == {file.stored_name, young, stranger}, "what may be under way stays"
    (folder / young).unlink()
    (folder / stranger).unlink()
    (folder / file.stored_name).unlink()
    lost = run(args=[*check, "--remove-orphans"])
    assert lost.exit_code == 1
    assert f"row without a file: {file.ref}" in lost.output


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


# B3, B12: a file is for whoever may read its notice, on every way to it, at every request anew.

EVERY_WAY = (
    ("GET", {}),
    ("HEAD", {}),
    ("GET", {"Range": "bytes=0-3"}),
    ("GET", {"If-None-Match": "*"}),
    ("GET", {"If-Modified-Since": "Tue, 24 Nov 2026 00:00:00 GMT"}),
)


def tries(visitor: Visitor, address: str) -> set[int]:
    """What each way to ask for a file answers."""
    found = set()
    for method, headers in EVERY_WAY:
        answer = visitor.client.open(address, method=method, headers=headers)
        assert CANARY not in answer.data or answer.status_code == 200
        found.add(answer.status_code)
    return found


def test_b12_hidden_is_like_absent_on_every_way(world: World, store: Store, visit: Visit) -> None:
    ref, file = shared(world, store)
    hidden, absent = f"/notices/{ref}/files/{file.ref}", f"/notices/{ref}/files/F-26-000000"
    outsider = visit("liaison@bank")
    assert tries(outsider, hidden) == tries(outsider, absent) == {404}
    assert outsider.get(hidden).body == outsider.get(absent).body
    assert visit("steward@portal").get(hidden).status == 404, "nobody has a master key"
    assert visit("auditor@portal").get(hidden).status == 404
    assert visit("nobody").get(hidden).status == 302
    for guess in (file.sha256, file.stored_name, "note.txt", str(file.id), "..", "%2e%2e"):
        assert visit("mediator@peace").get(f"/notices/{ref}/files/{guess}").status == 404
    assert visit("nobody").get(f"/static/{file.stored_name}").status == 404


def test_b12_there_are_no_ranges_and_no_copies_to_be_asked_about(
    world: World, store: Store, visit: Visit
) -> None:
    ref, file = shared(world, store)
    reader, address = visit("mediator@peace"), f"/notices/{ref}/files/{file.ref}"
    assert tries(reader, address) == {200}
    part = reader.get(address, Range="bytes=0-3")
    assert (part.body, part.headers.get("Content-Range")) == (CANARY, None)
    head = reader.client.head(address)
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(CANARY))
    assert head.headers["Content-Disposition"] == part.headers["Content-Disposition"]


def test_b12_whoever_is_taken_off_the_list_loses_the_file_with_the_next_request(
    world: World, store: Store, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", "cloud")
        ref, file = notice.ref, attached(session, world, store, notice.ref)
    address = f"/notices/{ref}/files/{file.ref}"
    reader = visit("liaison@cloud")
    assert tries(reader, address) == {200}
    with writing(world.sessions) as session:
        version = session.scalars(select(Notice.version).where(Notice.ref == ref)).one()
        notices.correct(
            session,
            world.actors[AUTHOR],
            ref,
            text=text(),
            to=to(world, "peace"),
            why="not for the cloud",
            version=version,
            now=NOW,
        )
    assert tries(reader, address) == {404}
    assert tries(visit("mediator@peace"), address) == {200}


def test_b12_a_withdrawn_notice_keeps_its_files_from_readers(
    world: World, store: Store, visit: Visit
) -> None:
    ref, file = shared(world, store)
    address = f"/notices/{ref}/files/{file.ref}"
    with writing(world.sessions) as session:
        notices.withdraw(session, world.actors[AUTHOR], ref, why="wrong", now=NOW)
    reader = visit("mediator@peace")
    assert tries(reader, address) == tries(reader, f"/notices/{ref}/files/F-26-000000") == {409}
    page = reader.get(f"/notices/{ref}")
    assert page.status == 200
    assert "note.txt" not in page.text
    assert tries(visit(AUTHOR), address) == {200}


def test_b12_a_draft_shows_its_files_to_its_own_side_alone(
    world: World, store: Store, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
        file = attached(session, world, store, ref)
    address = f"/notices/{ref}/files/{file.ref}"
    assert tries(visit("mediator@peace"), address) == {404}
    assert tries(visit("colleague@telco"), address) == {200}


def test_b3_a_file_answers_only_at_its_own_notice(world: World, store: Store, visit: Visit) -> None:
    with writing(world.sessions) as session:
        mine = drafted(session, world).ref
        file = attached(session, world, store, mine)
        other = drafted(session, world).ref
        theirs = published(session, world, "telco", by="liaison@bank").ref
    author = visit(AUTHOR)
    for ref in (other, theirs):
        assert tries(author, f"/notices/{ref}/files/{file.ref}") == {404}
    assert author.post(f"/notices/{other}/files/{file.ref}/remove").status == 404
    assert author.post(f"/notices/{theirs}/files/{file.ref}/remove").status == 403
    assert visit("liaison@bank").post(f"/notices/{theirs}/files/{file.ref}/remove").status == 409
    assert author.get(f"/notices/{mine}/files/{file.ref}").body == CANARY
    assert fits(world, store)


def test_b1_who_may_not_attach_does_not(world: World, store: Store, visit: Visit) -> None:
    ref, file = shared(world, store)
    for name, status in (
        ("mediator@peace", 403),
        ("liaison@bank", 404),
        ("steward@portal", 404),
        ("nobody", 401),
    ):
        visitor = visit(name)
        assert send(visitor, ref, "x.txt", b"x").status == status, name
        removal = visitor.post(f"/notices/{ref}/files/{file.ref}/remove")
        assert removal.status == status, name
    bare = visit(AUTHOR).client.post(
        f"/notices/{ref}/attach", data={"file": (BytesIO(b"x"), "x.txt")}
    )
    assert bare.status_code == 400, "no token"
    assert store.names() == {file.stored_name}
