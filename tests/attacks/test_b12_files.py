"""Cases B1, B3, B12: a file is for whoever may read its notice, on every way, at every request."""

import re
from io import BytesIO

from sqlalchemy import select

from models.notices import Notice
from portal import notices
from portal.db import writing
from portal.store import Store
from tests.attacks.files import AUTHOR, CANARY, Visit, fits, shared
from tests.cast import NOW, World
from tests.factories import attached, drafted, published, text, to
from tests.notices.sample_files import (
    send,
)
from tests.pages import Answer, Visitor

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


def untokened(answer: Answer) -> str:
    """A page without the token of its forms, which is another one every second."""
    return re.sub(r'(name="(?:csrf_token|form_key)" value=")[^"]*', r"\1", answer.text)


def test_b12_hidden_is_like_absent_on_every_way(world: World, store: Store, visit: Visit) -> None:
    ref, file = shared(world, store)
    hidden, absent = f"/notices/{ref}/files/{file.ref}", f"/notices/{ref}/files/F-26-000000"
    outsider = visit("liaison@bank")
    assert tries(outsider, hidden) == tries(outsider, absent) == {404}
    assert untokened(outsider.get(hidden)) == untokened(outsider.get(absent))
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
        ref, file = notice.ref, attached(session, world, store, notice.ref, data=CANARY)
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
        file = attached(session, world, store, ref, data=CANARY)
    address = f"/notices/{ref}/files/{file.ref}"
    assert tries(visit("mediator@peace"), address) == {404}
    assert tries(visit("colleague@telco"), address) == {200}


def test_b3_a_file_answers_only_at_its_own_notice(world: World, store: Store, visit: Visit) -> None:
    with writing(world.sessions) as session:
        mine = drafted(session, world).ref
        file = attached(session, world, store, mine, data=CANARY)
        other = drafted(session, world).ref
        theirs = published(session, world, "telco", by="liaison@bank").ref
    author = visit(AUTHOR)
    for ref in (other, theirs):
        assert tries(author, f"/notices/{ref}/files/{file.ref}") == {404}
    assert author.post(f"/notices/{other}/detach/{file.ref}").status == 404
    assert author.post(f"/notices/{theirs}/detach/{file.ref}").status == 403
    assert visit("liaison@bank").post(f"/notices/{theirs}/detach/{file.ref}").status == 409
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
        removal = visitor.post(f"/notices/{ref}/detach/{file.ref}")
        assert removal.status == status, name
    bare = visit(AUTHOR).client.post(
        f"/notices/{ref}/attach", data={"file": (BytesIO(b"x"), "x.txt")}
    )
    assert bare.status_code == 400, "no token"
    assert store.names() == {file.stored_name}
