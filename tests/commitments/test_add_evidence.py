"""Evidence: a sealed file or a link with its digest; replaced by its own side alone."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState, ConditionType, Evidence, Step
from models.ledger import AuditEvent
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Shown
from portal.db import open_session, reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from portal.store import Damaged, Store, Sweep, key_from, sweep
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found, proposed
from tests.commitments.scenes import answered, on_which
from tests.commitments.trail import acts, again, notified
from tests.notices.sample_files import KINDS, PDF

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
LINK, DIGEST = "https://telco.example/rota", "a" * 64
FILE = Shown("The rota", "rota.txt", b"Mon to Sun")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of its own."""
    return Store(tmp_path / "kept", key_from("a secret of the tests, long enough"))


def show(
    session: Session, world: World, one: Commitment, store: Store, what: Shown, by: str = TELCO
) -> Evidence:
    """Add a piece of evidence."""
    actor = world.actors[by]
    return commitments.add_evidence(session, actor, one.ref, shown=what, store=store, now=NOW)


def pieces(session: Session, one: Commitment) -> list[Evidence]:
    """All that was ever shown."""
    rows = session.query(Evidence).filter_by(commitment_id=one.id)
    return rows.order_by(Evidence.id).all()


def test_a_file_lies_sealed_and_comes_back_as_it_was(
    world: World, store: Store, tmp_path: Path
) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, "peace")
        piece = show(session, world, one, store, FILE)
        assert (piece.file_name, piece.media_type, piece.size) == ("rota.txt", "text/plain", 10)
        assert piece.sha256 == hashlib.sha256(FILE.content).hexdigest()
        assert (piece.organisation_id, piece.link) == (one.organisation_id, None)
        assert acts(session, one)[-1] == "add-evidence"
        assert notified(session, one, "add-evidence") == set()
    (name,) = store.names()
    assert name == piece.stored_name
    assert FILE.content not in (tmp_path / "kept" / name).read_bytes()
    with writing(world.sessions) as session:
        for reader in (CLOUD, CERT, "mediator@peace"):
            actor = world.actors[reader]
            got = commitments.open_evidence(session, actor, one.ref, piece.ref, store, NOW)
            assert got[1] == FILE.content
        with pytest.raises(NotFound):
            commitments.open_evidence(
                session, world.actors["liaison@bank"], one.ref, piece.ref, store, NOW
            )
        assert acts(session, one).count("download") == 3
        events = session.query(AuditEvent).filter(AuditEvent.verb.in_(("add-evidence", "download")))
        assert {str(event.detail) for event in events} == {str({"evidence": piece.ref})}


def test_the_sweep_finds_a_file_without_its_row_and_a_row_without_its_file(
    world: World, store: Store, tmp_path: Path
) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        kept, lost = (show(session, world, one, store, FILE) for _ in range(2))
        linked = show(session, world, one, store, Shown("It", link=LINK, sha256=DIGEST))
        assert sweep(session, store) == Sweep((), (), ()), "a link has no file to be missed"
    (tmp_path / "kept" / str(lost.stored_name)).rename(tmp_path / "kept" / ("f" * 48))
    with writing(world.sessions) as session:
        assert sweep(session, store) == Sweep(("f" * 48,), (lost.ref,), ())
        telco = world.actors[TELCO]
        with pytest.raises(Damaged):
            commitments.open_evidence(session, telco, one.ref, lost.ref, store, NOW)
        with pytest.raises(NotFound):
            commitments.open_evidence(session, telco, one.ref, linked.ref, store, NOW)
        commitments.open_evidence(session, telco, one.ref, kept.ref, store, NOW)


def test_without_a_commit_neither_row_nor_file_is_left(world: World, store: Store) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
    with open_session(world.sessions, writes=True) as session:
        show(session, world, one, store, FILE)
        assert len(store.names()) == 1
    assert store.names() == frozenset()
    with pytest.raises(Invalid), writing(world.sessions) as session:
        show(session, world, one, store, Shown("It", "a.txt", b"x", replaces="E-26-ZZZZZZ"))
    assert store.names() == frozenset()
    with reading(world.sessions) as session:
        assert pieces(session, one) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "t" * 201}, "title"),
        ({}, "file"),
        ({"file_name": "a.txt", "content": b"x", "link": LINK, "sha256": DIGEST}, "file"),
        ({"file_name": "a.txt", "content": b""}, "file"),
        ({"file_name": "a.txt", "content": b"a" * 5_000_001}, "file"),
        ({"file_name": "tool.exe", "content": b"MZ\x90\0" + bytes(99)}, "file"),
        ({"file_name": "picture.png", "content": PDF}, "file"),
        ({"file_name": "page.txt", "content": b"<script>"}, "file"),
        ({"link": LINK}, "sha256"),
        ({"link": LINK, "sha256": "a" * 63}, "sha256"),
        ({"link": LINK, "sha256": "g" * 64}, "sha256"),
        ({"link": "telco.example/rota", "sha256": DIGEST}, "link"),
        ({"link": "javascript:alert(1)", "sha256": DIGEST}, "link"),
        ({"link": "https://", "sha256": DIGEST}, "link"),
    ],
)
def test_what_is_not_taken_is_named_by_its_field_and_leaves_nothing(
    world: World, store: Store, wrong: dict[str, Any], field: str
) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
    said = {"title": "It"} | ({"link": LINK, "sha256": DIGEST} if "title" in wrong else {}) | wrong
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        show(session, world, one, store, Shown(**said))
    assert set(refused.value.problems) == {field}
    assert store.names() == frozenset()
    with reading(world.sessions) as session:
        assert (pieces(session, one), "add-evidence" in acts(session, one)) == ([], False)


@pytest.mark.parametrize("name", ["report.pdf", "screen.png", "plan.docx"])
def test_files_are_of_the_kinds_that_notices_take(world: World, store: Store, name: str) -> None:
    content, kind = KINDS[name]
    with writing(world.sessions) as session:
        one = agreed(session, world)
        piece = show(session, world, one, store, Shown("It", f"../{name}", content))
        assert (piece.file_name, piece.media_type) == (name, kind)


def test_a_link_is_kept_with_the_digest_of_what_it_showed(world: World, store: Store) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        what = Shown(" The rota ", link=LINK, sha256=f" {DIGEST.upper()} ")
        piece = show(session, world, one, store, what, CERT)
        assert (piece.title, piece.link, piece.sha256) == ("The rota", LINK, DIGEST)
        assert (piece.stored_name, piece.organisation_id) == (None, one.verifier_id)
    assert store.names() == frozenset()


def test_a_newer_piece_takes_the_place_and_the_older_one_stays(world: World, store: Store) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        old = show(session, world, one, store, FILE)
        newer = Shown("The rota", "rota.txt", b"Mon to Fri", replaces=old.ref)
        new = show(session, world, one, store, newer, COLLEAGUE)
        first, second = pieces(session, again(session, one))
        assert (first.replaced_by_id, second.replaced_by_id) == (new.id, None)
        telco = world.actors[TELCO]
        for piece, content in ((old, b"Mon to Sun"), (new, b"Mon to Fri")):
            got = commitments.open_evidence(session, telco, one.ref, piece.ref, store, NOW)
            assert got[1] == content
        choice = commitments.own_evidence(session, telco, again(session, one), NOW)
        assert choice == [(new.ref, "The rota")]
    assert len(store.names()) == 2


def test_only_the_own_sides_present_pieces_of_this_commitment_are_replaced(
    world: World, store: Store
) -> None:
    with writing(world.sessions) as session:
        one, another = agreed(session, world), agreed(session, world)
        ours, theirs = (show(session, world, one, store, FILE, by) for by in (TELCO, CERT))
        elsewhere = show(session, world, another, store, FILE)
        show(session, world, one, store, Shown("Newer", "a.txt", b"x", replaces=ours.ref))
    for ref in (theirs.ref, elsewhere.ref, ours.ref, "E-26-ZZZZZZ"):
        with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
            show(session, world, one, store, Shown("It", "a.txt", b"x", replaces=ref))
        assert set(wrong.value.problems) == {"replaces"}
    with reading(world.sessions) as session:
        assert len(pieces(session, one)) == 3
        assert sweep(session, store) == Sweep((), (), ())


def test_it_expires_at_the_end_of_a_day_where_the_promisor_lives(
    world: World, store: Store
) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        what = Shown("It", link=LINK, sha256=DIGEST, expires_on=date(2026, 12, 10))
        for by in (TELCO, CERT):
            piece = show(session, world, one, store, what, by)
            assert piece.expires_at == datetime(2026, 12, 10, 22, tzinfo=UTC), "as in Helsinki"


def test_who_reports_and_who_finds_show_while_it_lives(world: World, store: Store) -> None:
    with writing(world.sessions) as session:
        one, plain = agreed(session, world, "peace"), agreed(session, world, verifier="")
        for name, error in (
            (CLOUD, Refused), ("mediator@peace", Refused), ("liaison@bank", NotFound),
        ):  # fmt: skip
            with pytest.raises(error):
                show(session, world, one, store, FILE, name)
        assert show(session, world, plain, store, FILE, CLOUD).organisation_id == plain.addressee_id
        with pytest.raises(TooLate):
            show(session, world, proposed(session, world), store, FILE)
        found(session, world, one.ref)
        with pytest.raises(TooLate):
            show(session, world, one, store, FILE)
        held = answered(session, world, ConditionType.WHILE, Tlp.AMBER_STRICT)
        found(session, world, on_which(session, held).ref, Step.NONE, stopped=True)
        assert again(session, held).state == CommitmentState.SUSPENDED
        show(session, world, held, store, FILE, CLOUD)
        assert len(pieces(session, held)) == 1


def test_a_hundred_pieces_are_enough(world: World, store: Store) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        session.add_all(
            Evidence(
                ref=f"E-26-{n:06}", commitment_id=one.id, title="It", link=LINK, sha256=DIGEST,
                organisation_id=one.organisation_id, added_by_id=world.actors[TELCO].person_id,
                added_at=NOW + timedelta(seconds=n),
            )
            for n in range(99)
        )  # fmt: skip
        session.flush()
        show(session, world, one, store, FILE)
    with pytest.raises(Invalid) as full, writing(world.sessions) as session:
        show(session, world, one, store, FILE)
    assert "100" in full.value.problems["file"]
    assert len(store.names()) == 1
