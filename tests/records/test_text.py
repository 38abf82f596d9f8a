"""What a record says: all of it, in order, in plain values; and no name where none is kept."""

import json
from collections.abc import Callable

from models.dialogues import Attendee, Dialogue
from models.records import Record
from portal import records
from portal.db import writing
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.decision_builders import answered, asked, closed
from tests.pages import Visitor
from tests.records.builders import (
    CERT,
    CLOUD,
    TELCO,
    adopted,
    begun,
    everybody_stayed_away,
    points,
    side,
    written,
)
from tests.records.test_action_items import acted

Visit = Callable[[str], Visitor]


def test_points_come_with_all_that_hangs_on_them(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        telco, first = side(session, world, record, "telco"), points(session, record)[0]
        written(session, world, record, 1, notes="Said.", positions={telco: "We hold back."})
        acted(session, world, record)
        on_item = asked(session, world, dialogue, text="Hold back?", item_id=first.item_id)
        answered(session, world, dialogue, on_item, "telco")
        answered(session, world, dialogue, on_item, "cloud", "object", "Too soon")
        closed(session, world, dialogue, on_item, words="We hold back.", carried=True)
        asked(session, world, dialogue, text="Meet again?")
        text = records.record_text(session, record)
    point = text["points"][0]
    assert (text["title"], text["tlp"], text["rule"]) == (record.title, record.tlp, "limited")
    assert [one["number"] for one in text["points"]] == [1, 2]
    assert (point["title"], point["notes"]) == ("Restraint", "Said.")
    assert point["positions"] == [{"delegation": "Telco", "words": "We hold back."}]
    (action,) = point["actions"]
    assert (action["organisation"], action["to"], action["due_on"]) == (
        "Telco", "Cloud", "2026-12-24",
    )  # fmt: skip
    (decision,) = point["decisions"]
    assert (decision["stands"], decision["outcome"]) == ("carried", "We hold back.")
    assert decision["counts"] == {"agree": 1, "stand-aside": 0, "object": 1, "block": 0}
    assert decision["answers"] == [
        {"stance": "agree", "reason": "", "delegation": "Telco"},
        {"stance": "object", "reason": "Too soon", "delegation": "Cloud"},
    ]
    (free,) = text["decisions"]
    assert (free["question"], free["stands"], free["answers"]) == ("Meet again?", "open", [])


def test_who_was_there_is_counted_by_delegation(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        assert records.record_text(session, record)["present"] == [
            {"organisation": "Telco", "people": 1},
            {"organisation": "Cloud", "people": 1},
            {"organisation": "", "people": 2},
        ]
        everybody_stayed_away(session, record)
        assert records.record_text(session, record)["present"] == []


def test_the_dialogue_is_named_with_its_time(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        said = records.record_text(session, record)["dialogue"]
    assert (said["ref"], said["zone"]) == (dialogue.ref, "Europe/Helsinki")
    assert said["starts_at"] == "2026-11-23T07:00:00+00:00"


def test_an_answer_is_told_only_once_it_is_closed(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        for hidden in (True, False):
            decision = asked(session, world, dialogue, hidden=hidden)
            answered(session, world, dialogue, decision, "telco", "block", "Not like this")
        plain = json.dumps(records.record_text(session, record))
    assert "Not like this" not in plain
    assert '"block": 1' not in plain


def test_under_chatham_house_no_name_is_in_the_text(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world, rule="chatham")
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        decision = asked(session, world, dialogue)
        answered(session, world, dialogue, decision, "telco")
        answered(session, world, dialogue, decision, "cloud", "object", "Too soon")
        closed(session, world, dialogue, decision)
        text = records.record_text(session, record)
    assert "present" not in text
    (said,) = text["decisions"]
    assert said["answers"] == [{"stance": "object", "reason": "Too soon"}]
    assert said["counts"]["agree"] == 1
    plain = json.dumps(text)
    for name in ("Telco", "Cloud", "Coordinator", "Response"):
        assert name not in plain.replace(record.title, "")
    page = visit(CERT).get(f"/records/{record.ref}")
    main = page.page.select_one("main")
    assert main is not None
    assert "Attendance" not in page.words
    assert "Telco" not in main.get_text()


def test_the_same_record_has_the_same_digest_and_another_word_another(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        written(session, world, record, 1, notes="Ünïcode ✓")
        first = records.record_text(session, record)
        again = json.loads(json.dumps(first))
        assert records.sha256_of(first) == records.sha256_of(again)
        written(session, world, record, 1, notes="Ünïcode ✗")
        assert records.sha256_of(records.record_text(session, record)) != records.sha256_of(first)
    assert records.sha256_of({"b": "ü", "a": 1}) == (
        "810a43bc0215b9ea42773ffb4fc92c184749b3676b4e3fda524018da652e229f"
    )


def test_of_a_redacted_version_nothing_of_the_dialogue_is_its_own(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        closed(session, world, dialogue, asked(session, world, dialogue))
        adopted(session, record)
        version = Record(
            ref="R-26-REDACT", dialogue_id=dialogue.id, organisation_id=record.organisation_id,
            author_id=record.author_id, source_id=record.id, tlp="GREEN", title="For others",
            created_at=NOW, changed_at=NOW,
        )  # fmt: skip
        session.add(version)
        session.flush()
        text = records.record_text(session, version)
    assert text["redacted"] is True
    assert not {"dialogue", "present"} & set(text)
    assert (text["points"], text["decisions"]) == ([], [])


def test_what_was_sent_round_is_read_as_it_was_then(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        written(session, world, record, 1, notes="As adopted.")
        adopted(session, record)
        asked(session, world, dialogue, text="Put later, when all was sealed?")
    for name in (TELCO, CLOUD, CERT, ORGANISER, "colleague@telco"):
        page = visit(name).get(f"/records/{record.ref}")
        assert "As adopted." in page.words, name
        assert "Put later" not in page.words
        assert "Telco (1), Cloud (1)" in page.words


def test_the_note_taker_of_a_side_is_no_writer(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        seat = session.query(Attendee).filter_by(person_id=world.actors[TELCO].person_id).one()
        seat.role = "note-taker"
    assert visit(TELCO).get(f"/records/{record.ref}/write").status == 404
    assert visit(CERT).get(f"/records/{record.ref}/write").status == 200
