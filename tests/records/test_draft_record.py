"""A record is begun from the agenda, once for each dialogue, by whoever organises it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.agenda import ItemState, Sight
from models.dialogues import Dialogue, DialogueState
from models.ledger import AuditEvent
from models.records import Record
from portal import records
from portal.db import reading, writing
from portal.errors import NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.at_once import at_once, by, exactly_one
from tests.dialogues.builders import ORGANISER
from tests.dialogues.later_builders import side_of
from tests.pages import Visitor
from tests.records.builders import CERT, TELCO, begun, item, points, talked


def test_each_item_that_all_saw_begins_a_point(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = talked(session, world)
        telco = side_of(session, world, dialogue, "telco").id
        item(session, world, dialogue, "Ours alone", number=3, sight=Sight.SIDE, side_id=telco)
        item(session, world, dialogue, "Shared aside", number=4, sight=Sight.CAUCUS, side_id=telco)
        item(session, world, dialogue, "Organisers'", number=5, sight=Sight.ORGANISERS)
        item(session, world, dialogue, "Wished for", number=6, state=ItemState.SUGGESTED)
        item(session, world, dialogue, "Left open", number=7, state=ItemState.OPEN)
        item(session, world, dialogue, "Dropped", number=8, state=ItemState.DROPPED)
        item(session, world, dialogue, "Opening", number=0)
        record = records.draft_record(session, world.actors[ORGANISER], dialogue.ref, NOW)
        rows = [(point.number, point.title, point.notes) for point in points(session, record)]
    assert rows == [(1, "Opening", ""), (2, "Restraint", ""), (3, "Next steps", "")]
    assert (record.title, record.tlp, record.state) == (dialogue.title, dialogue.tlp, "draft")
    assert (record.organisation_id, record.source_id) == (dialogue.organisation_id, None)


def test_the_trail_has_it_at_the_dialogue_and_at_the_record(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
    with reading(world.sessions) as session:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.verb == "draft-record"))
        kinds = {(row.resource_type, row.resource_id) for row in rows}
    assert kinds == {("dialogues", record.dialogue_id), ("records", record.id)}


def test_a_dialogue_has_one_record(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        ref = session.get_one(type(record), record.id).ref
        dialogue = records.read(session, world.actors[ORGANISER], ref, NOW).dialogue.ref
    with pytest.raises(TooLate), writing(world.sessions) as session:
        records.draft_record(session, world.actors[ORGANISER], dialogue, NOW)


def test_the_dialogue_leads_its_organisers_to_the_draft(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        page = f"/dialogues/{session.get_one(Dialogue, record.dialogue_id).ref}"
    buttons = visit(ORGANISER).get(page).page.select("#record a.btn-primary")
    assert [str(one["href"]) for one in buttons] == [f"/records/{record.ref}"]
    assert not visit(TELCO).get(page).page.select("#record a.btn-primary")


def test_of_two_who_begin_at_once_one_is_told(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = talked(session, world)
    begin = by(world, ORGANISER, records.draft_record, dialogue.ref)
    exactly_one(at_once(world, begin, begin), TooLate)
    with reading(world.sessions) as session:
        assert len(session.scalars(select(Record)).all()) == 1


@pytest.mark.parametrize(("name", "says"), [(TELCO, Refused), (CERT, Refused)])
def test_who_does_not_organise_begins_none(world: World, name: str, says: type) -> None:
    with writing(world.sessions) as session:
        dialogue = talked(session, world)
    with pytest.raises(says), writing(world.sessions) as session:
        records.draft_record(session, world.actors[name], dialogue.ref, NOW)
    with pytest.raises(NotFound), writing(world.sessions) as session:
        records.draft_record(session, world.actors["liaison@bank"], dialogue.ref, NOW)


def test_before_it_was_held_there_is_nothing_to_record(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = talked(session, world)
        dialogue.state = DialogueState.CONVENED
    with pytest.raises(TooLate), writing(world.sessions) as session:
        records.draft_record(session, world.actors[ORGANISER], dialogue.ref, NOW)
