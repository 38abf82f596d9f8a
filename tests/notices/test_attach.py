"""Attaching: who may, what is taken, what readers and the author's side see of it."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from models.ledger import AuditEvent
from models.notices import Attachment
from portal import notices
from portal.db import open_session, reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from portal.media import media_type
from portal.store import Store, Sweep, sweep
from tests.cast import NOW, World
from tests.factories import attached, drafted, published
from tests.notices.sample_files import KINDS, PDF, send
from tests.pages import Visitor


def test_a_reader_finds_the_file_and_gets_the_very_bytes(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    author = visit("liaison@telco")
    assert "No files yet." in author.get(f"/notices/{ref}").words
    page = author.follow(send(author, ref, "report.pdf", PDF))
    assert "report.pdf" in page.words
    reader = visit("mediator@peace")
    page = reader.get(f"/notices/{ref}")
    for word in ("PDF document", "1 kB", "added by Telco liaison", "SHA-256"):
        assert word in page.words
    assert not page.page.select("form[enctype]"), "a reader adds nothing"
    link = page.page.find("a", string="report.pdf")
    assert link is not None
    answer = reader.get(str(link["href"]))
    assert (answer.status, answer.body) == (200, PDF)
    assert answer.headers["Content-Type"] == "application/pdf"


def test_the_authors_side_sees_who_downloaded_what(
    world: World, store: Store, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        file = attached(session, world, store, ref)
    before = visit("liaison@telco").get(f"/notices/{ref}/read-ledger")
    assert "No downloads or exports yet" in before.words
    assert visit("mediator@peace").get(f"/notices/{ref}/files/{file.ref}").status == 200
    page = visit("colleague@telco").get(f"/notices/{ref}/read-ledger").page
    table = next(t for t in page.select("table") if "note.txt" in t.get_text())
    assert "Mediator" in table.get_text()
    assert visit("mediator@peace").get(f"/notices/{ref}/read-ledger").status == 403


def test_every_download_goes_into_the_trail_and_the_trail_holds_no_name(
    world: World, store: Store, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        file = attached(session, world, store, ref)
    for _ in range(2):
        visit("mediator@peace").get(f"/notices/{ref}/files/{file.ref}")
    with reading(world.sessions) as session:
        events = session.scalars(
            select(AuditEvent)
            .where(AuditEvent.verb.in_(("attach", "download")))
            .order_by(AuditEvent.id)
        ).all()
    assert [event.verb for event in events] == ["attach", "download", "download"]
    assert {str(event.detail) for event in events} == {str({"file": file.ref})}


def test_only_the_authors_hand_attaches_and_not_to_what_is_over(world: World, store: Store) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        for name, refusal in (("mediator@peace", Refused), ("liaison@bank", NotFound)):
            with pytest.raises(refusal):
                attached(session, world, store, ref, by=name)
        notices.close(session, world.actors["liaison@telco"], ref, why="over", now=NOW)
        with pytest.raises(TooLate):
            attached(session, world, store, ref)
    assert not store.names()


@pytest.mark.parametrize("name", KINDS)
def test_the_kinds_that_are_taken(name: str) -> None:
    content, expected = KINDS[name]
    assert media_type(name, content) == expected


def test_a_refused_file_is_explained_next_to_the_field(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    author = visit("liaison@telco")
    answer = send(author, ref, "tool.exe", b"MZ\x90\0" + bytes(100))
    assert answer.status == 422
    for word in ("not accepted", "PDF", "pcapng"):
        assert word in answer.errors()["file"]
    assert "does not match" in send(author, ref, "picture.png", PDF).errors()["file"]
    assert "empty" in send(author, ref, "empty.txt", b"").errors()["file"]
    nothing = author.post(f"/notices/{ref}/attach")
    assert (nothing.status, nothing.errors()["file"]) == (422, "Choose a file first.")
    assert "No files yet." in author.get(f"/notices/{ref}").words


def test_a_file_of_five_megabytes_is_taken_and_a_larger_one_explained(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    author = visit("liaison@telco")
    assert send(author, ref, "full.txt", b"a" * 5_000_000).status == 302
    assert "5.0 MB" in author.get(f"/notices/{ref}").words
    assert "larger than 5 MB" in send(author, ref, "a.txt", b"a" * 5_000_001).errors()["file"]
    huge = send(author, ref, "huge.txt", b"a" * 7_000_000)
    assert huge.status == 413
    assert "Send a smaller file" in huge.words


def test_a_notice_holds_so_many_files_and_so_many_bytes(world: World, store: Store) -> None:
    with open_session(world.sessions, writes=True) as session:
        many, heavy = (drafted(session, world).ref for _ in range(2))
        for _ in range(20):
            attached(session, world, store, many)
        with pytest.raises(Invalid, match="file") as one_too_many:
            attached(session, world, store, many)
        assert "20 files" in one_too_many.value.problems["file"]
        for _ in range(8):
            attached(session, world, store, heavy, data=b"a" * 5_000_000)
        with pytest.raises(Invalid, match="file") as too_heavy:
            attached(session, world, store, heavy, data=b"a")
        assert "40 MB" in too_heavy.value.problems["file"]
        assert session.scalar(select(func.count()).select_from(Attachment)) == 28


def test_when_the_transaction_fails_neither_row_nor_file_is_left(
    world: World, store: Store
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
    with open_session(world.sessions, writes=True) as session:
        attached(session, world, store, ref)
        assert len(store.names()) == 1, "the file is there before its row is safe"
        with session.begin_nested():
            session.execute(select(func.count()).select_from(Attachment))
    assert not store.names(), "closed without a commit, as after an error"
    with writing(world.sessions) as session:
        file = attached(session, world, store, ref)
        with session.begin_nested():
            session.execute(select(func.count()).select_from(Attachment))
    assert store.names() == {file.stored_name}


def test_of_two_at_once_the_second_is_asked_anew(world: World, store: Store) -> None:
    me = world.actors["liaison@telco"]
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
        file = attached(session, world, store, ref)
        for _ in range(18):
            attached(session, world, store, ref)

    def meanwhile(first: Callable[[Session], Any], second: Callable[[Session], Any]) -> Any:
        with ThreadPoolExecutor(1) as other, writing(world.sessions) as session:
            first(session)
            outcome = other.submit(_in_its_own, world, second)
            time.sleep(0.3)
            session.commit()
            return outcome.exception(300)

    add = partial(attached, world=world, store=store, ref=ref)
    one_too_many = meanwhile(add, add)
    assert isinstance(one_too_many, Invalid)
    off = partial(notices.detach, actor=me, ref=ref, attachment_ref=file.ref, store=store, now=NOW)
    publish = partial(notices.publish, actor=me, ref=ref, now=NOW)
    assert isinstance(meanwhile(publish, off), TooLate)
    with reading(world.sessions) as session:
        assert sweep(session, store) == Sweep((), (), ())
    assert len(store.names()) == 20


def _in_its_own(world: World, act: Callable[[Session], Any]) -> None:
    with writing(world.sessions) as session:
        act(session)


def test_files_cost_the_notice_page_no_statement(world: World, store: Store) -> None:
    with writing(world.sessions) as session:
        bare, full = (published(session, world, "peace").ref for _ in range(2))
        for _ in range(5):
            attached(session, world, store, full)
    me, seen = world.actors["mediator@peace"], Counter[str]()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen[ref] += 1

    event.listen(world.engine, "before_cursor_execute", note)
    for ref in (bare, full):
        with open_session(world.sessions, writes=True) as session:
            assert notices.read(session, me, ref, NOW).text
    event.remove(world.engine, "before_cursor_execute", note)
    assert seen[bare] == seen[full] > 0
