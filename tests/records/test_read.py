"""The list of records, and one record: who sees which, in which order, with which doors."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.audience import Recipient
from models.dialogues import Dialogue
from models.records import Record, RecordState
from portal import paging, records
from portal.db import reading, writing
from portal.errors import NotFound, Refused
from portal.rules import EXPORT
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.later_builders import recorded
from tests.pages import Visitor
from tests.records.builders import CERT, TELCO, adopted, begun, talked

Visit = Callable[[str], Visitor]
BANK = "liaison@bank"


def test_from_the_dialogue_to_the_record_and_back(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = talked(session, world)
    organiser, place = visit(ORGANISER), f"/dialogues/{dialogue.ref}"
    assert "Not written yet." in organiser.get(place).words
    editor = organiser.follow(organiser.post(f"{place}/draft-record"))
    assert "Write the minutes" in editor.words
    assert [tag.get_text() for tag in editor.page.select("main form[data-hx-post] button")] == [
        "Save point 1",
        "Save point 2",
    ]
    page = organiser.get(place)
    assert "draft-record" not in page.text, "they are begun"
    link, button = page.page.select_one("#record ul a"), page.page.select_one("#record a.btn")
    assert link is not None
    assert button is not None
    assert (button.text, button["href"]) == ("Write the minutes", link["href"])
    record = organiser.get(str(link["href"]))
    assert place in record.text
    assert "No text yet." in record.words
    assert organiser.post(f"{place}/draft-record").status == 409


def test_only_whoever_organises_is_offered_to_write(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = talked(session, world)
    for name in (TELCO, CERT):
        page = visit(name).get(f"/dialogues/{dialogue.ref}")
        assert "draft-record" not in page.text
        assert "/call-decision" not in page.text


def test_what_waits_comes_first_then_the_newest(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        refs = []
        for days, state in enumerate((RecordState.ADOPTED, RecordState.DRAFT, RecordState.ADOPTED)):
            dialogue = talked(session, world, title=f"Round {days}")
            at = NOW + timedelta(days=days)
            refs.append(recorded(session, world, dialogue, state, at=at).ref)
        for days in (2, 1):
            dialogue = talked(session, world, title=f"Waits {days}")
            row = recorded(session, world, dialogue, at=NOW - timedelta(days=9), days=400 + days)
            refs.append(row.ref)
    page = visit(ORGANISER).get("/records/")
    shown = [link.get_text() for link in page.page.select("main a[href^='/records/R']")]
    assert shown == ["Waits 1", "Waits 2", "Round 2", "Round 1", "Round 0"]
    telco = visit(TELCO).get("/records/")
    assert "Round 1" not in telco.words, "a draft is its writers'"
    assert "Waits 1" in telco.words
    colleague = visit("colleague@telco").get("/records/")
    assert "Waits 1" not in colleague.words, "those who were there adopt it"
    assert "Round 2" in colleague.words
    bank = visit(BANK).get("/records/")
    assert not [ref for ref in refs if ref in bank.text]
    assert "no minutes that you can read" in bank.words


def test_a_long_list_comes_in_pages_without_gap_or_double(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    with writing(world.sessions) as session:
        refs = []
        for _n in range(5):
            dialogue = talked(session, world)
            refs.append(recorded(session, world, dialogue, RecordState.ADOPTED).ref)
    with reading(world.sessions) as session:
        seen: list[str] = []
        after = ""
        for _page in range(3):
            page = records.latest(session, world.actors[TELCO], NOW, after)
            seen += [row.ref for row in page.rows]
            after = page.after
    assert seen == refs[::-1]
    assert after == ""


@pytest.mark.parametrize("mark", ["x", "2026-11-23_1", "2026-11-23T09:00:00+00:00_x", "_", "é_é"])
def test_a_garbled_mark_begins_at_the_beginning(world: World, visit: Visit, mark: str) -> None:
    with writing(world.sessions) as session:
        ref = recorded(session, world, talked(session, world), RecordState.ADOPTED).ref
    assert ref in visit(TELCO).get(f"/records/?after={mark}").text


def test_an_open_record_is_everybodys_and_a_listed_version_its_readers(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world, rule="open", tlp="GREEN", title="Talks in the open")
        adopted(session, record)
        closed = begun(session, world, title="Talks indoors")
        adopted(session, closed)
        version = Record(
            ref="R-26-REDACT", dialogue_id=closed.dialogue_id, source_id=closed.id,
            organisation_id=closed.organisation_id, author_id=closed.author_id, tlp="AMBER+STRICT",
            title="For the bank", created_at=NOW, changed_at=NOW,
        )  # fmt: skip
        session.add(version)
        session.flush()
        adopted(session, version)
        listed = {"record_id": version.id, "organisation_id": world.organisations["bank"].id}
        session.add(Recipient(**listed))
    bank = visit(BANK)
    words = bank.get("/records/").words
    assert "Talks in the open" in words
    assert "For the bank" in words
    assert "Talks indoors" not in words
    page = bank.get(f"/records/{version.ref}")
    assert page.status == 200
    assert "redacted version" in page.words
    with reading(world.sessions) as session:
        dialogue = session.get_one(Dialogue, closed.dialogue_id).ref
    assert dialogue not in page.text
    assert "For the bank" not in visit("observer@un").get("/records/").words


def test_reading_is_asked_by_verb(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        adopted(session, record)
        assert records.read(session, world.actors[TELCO], record.ref, NOW, verb=EXPORT).text
        with pytest.raises(Refused):
            records.read(session, world.actors[TELCO], record.ref, NOW, verb="redact")
        for name in (BANK, "steward@portal"):
            with pytest.raises(NotFound):
                records.read(session, world.actors[name], record.ref, NOW)
