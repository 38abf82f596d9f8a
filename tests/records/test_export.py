"""Exporting records as PDF, each page marked; it says whether a record is adopted."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from models.agenda import Sight
from models.dialogues import Dialogue
from models.ledger import AuditEvent
from models.records import Record
from portal import pdf, records, web
from portal.clock import now
from portal.days import day_of
from portal.db import reading, writing
from tests.cast import World
from tests.commitments.exported import name_of, pdf_of
from tests.dialogues.seat_builders import sat, side
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO, item, written
from tests.records.circulated_builders import SAID, adopted, again, circulated, ready, sent

Visit = Callable[[str], Visitor]
BANK = "liaison@bank"
ARABIC, HEBREW = "تم الوفاء بالتعهد", "ההתחייבות קוימה"
# One engine is enough for what is laid out.
pytestmark = [pytest.mark.laid_out, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]


def words(pages: list[str]) -> str:
    return " ".join(" ".join(pages).split())


def exported(world: World, kind: str) -> list[str]:
    with reading(world.sessions) as session:
        rows = select(AuditEvent.ref).where(
            AuditEvent.verb == "export", AuditEvent.resource_type == kind
        )
        return list(session.scalars(rows.order_by(AuditEvent.id)))


def test_an_adopted_record_is_printed_with_its_digest_and_marked_on_each_page(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        record = ready(session, world, title=f"Restraint {ARABIC}")
        written(session, world, record, 2, title=HEBREW, notes="Show changes word by word. " * 900)
        sealed = sent(session, world, record)
        assert sealed.silence_until_at is not None
        records.adopt(session, sealed.ref, sealed.silence_until_at)
    answer = visit(TELCO).get(f"/records/{sealed.ref}/export")
    pages = pdf_of(answer)
    assert len(pages) > 1
    for n, page in enumerate(pages, start=1):
        assert page.count("TLP:AMBER+STRICT") >= 2
        assert f"Page {n} of {len(pages)}" in page
        assert sealed.ref in page
    text = words(pages)
    assert sealed.sha256 is not None
    assert sealed.sha256 in text.replace(" ", "")
    assert SAID in text
    assert "not adopted" not in text
    assert set(ARABIC.split()) | set(HEBREW.split()) <= set(text.split())
    today = day_of(now(), "Europe/Helsinki").isoformat()
    assert name_of(answer) == f"{sealed.ref}-TLP-AMBER-STRICT-{today}.pdf"
    assert exported(world, "records") == [sealed.ref]


def test_what_is_not_adopted_says_so(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        draft = ready(session, world)
        round_ = circulated(session, world, at=now())
    text = words(pdf_of(visit(CERT).get(f"/records/{draft.ref}/export")))
    assert "Draft: not adopted" in text
    text = words(pdf_of(visit(CLOUD).get(f"/records/{round_.ref}/export")))
    assert "Circulated, not adopted." in text
    assert "SHA-256" not in text
    assert visit(TELCO).get(f"/records/{draft.ref}/export").status == 404
    assert visit(BANK).get(f"/records/{round_.ref}/export").status == 404
    assert exported(world, "records") == [draft.ref, round_.ref]


def test_whoever_prints_it_first_after_the_silence_prints_it_adopted(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = circulated(session, world).ref
    with writing(world.sessions) as session:
        over = update(Record).where(Record.ref == ref).values(silence_until_at=now())
        session.execute(over)
    text = words(pdf_of(visit(TELCO).get(f"/records/{ref}/export")))
    sealed = again(world, ref)
    assert sealed.sha256 is not None
    assert sealed.sha256 in text.replace(" ", "")


def talk(world: World) -> Dialogue:
    """A dialogue with items for all, for one side, and for the organisers alone."""
    with writing(world.sessions) as session:
        dialogue = sat(session, world, title=f"Spring talk {ARABIC}", place="Room 4")
        item(session, world, dialogue, "Item for all", number=1, minutes=30, body="Read **this**.")
        telco = side(session, world, dialogue, "telco")
        hidden = {"sight": Sight.SIDE, "side_id": telco}
        item(session, world, dialogue, "Item of Telco", number=2, **hidden)
        item(session, world, dialogue, "Item of organisers", number=3, sight=Sight.ORGANISERS)
        return dialogue


def test_the_pages_lead_to_the_papers(world: World, visit: Visit) -> None:
    ref = talk(world).ref
    page = visit(TELCO).get(f"/dialogues/{ref}")
    for path in ("export/agenda", "export/invited"):
        assert page.page.select_one(f"a[href='/dialogues/{ref}/{path}']") is not None
    with writing(world.sessions) as session:
        record = adopted(session, world)
    assert f"/records/{record.ref}/export" in visit(TELCO).get(f"/records/{record.ref}").text


def test_without_the_libraries_nothing_is_noted(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = talk(world).ref
    with writing(world.sessions) as session:
        record = adopted(session, world).ref
    monkeypatch.setattr(pdf, "AVAILABLE", False)
    for path in (f"/dialogues/{ref}/export/agenda", f"/records/{record}/export"):
        assert visit(TELCO).get(path).status == 503
    assert exported(world, "dialogues") == exported(world, "records") == []


def test_the_database_is_free_while_paper_is_laid_out(
    app: Flask, world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = talk(world).ref
    with writing(world.sessions) as session:
        record = adopted(session, world).ref
    free: list[bool] = []

    def slow(*_page: Any, **_told: Any) -> bytes:
        free.append("session" not in web.g)
        return b"%PDF"

    monkeypatch.setattr(pdf, "as_pdf", slow)
    for path in (f"/dialogues/{ref}/export/agenda", f"/records/{record}/export"):
        assert visit(TELCO).get(path).body == b"%PDF"
    assert free == [True, True]
    assert len(exported(world, "dialogues") + exported(world, "records")) == 2
