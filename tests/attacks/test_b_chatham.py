"""The Chatham House Rule beside any marking: who took part stays at the table on every surface."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from models.dialogues import Dialogue, DialogueState, Slot
from models.records import Record
from models.stakeholders import Organisation, Person
from portal.calendars import Meeting
from portal.db import writing
from portal.email_contexts import meeting_of
from portal.ledger import audit
from portal.rules import DIALOGUES, READ
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.later_builders import DAY
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO, adopted, begun, written
from tests.records.test_action_items import acted

Visit = Callable[[str], Visitor]
CANARIES = ("Kestrel Telecom", "Osprey Cloud", "Ada Kestrel", "Bo Osprey", "Cy Notes", "Di Chair")
PEOPLE = {TELCO: "Ada Kestrel", CLOUD: "Bo Osprey", CERT: "Cy Notes", ORGANISER: "Di Chair"}
TITLE = "Rota of the harbour"
OUTSIDER, BEHIND = "liaison@bank", "observer@un"


def laid(world: World, tlp: str) -> tuple[str, str]:
    """A dialogue and its adopted record, with an action, whose people and sides are canaries."""
    with writing(world.sessions) as session:
        for who, name in PEOPLE.items():
            mine = Person.id == world.actors[who].person_id
            session.execute(update(Person).where(mine).values(name=name))
        for home, name in (("telco", "Kestrel Telecom"), ("cloud", "Osprey Cloud")):
            mine = Organisation.id == world.organisations[home].id
            session.execute(update(Organisation).where(mine).values(name=name))
        record = begun(session, world, "telco", "cloud", "un", rule="chatham", tlp=tlp, title=TITLE)
        written(session, world, record, 1, notes="Ports were left alone.")
        acted(session, world, record)
        adopted(session, record)
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        return dialogue.ref, record.ref


@pytest.mark.parametrize(
    ("tlp", "reader"),
    [("CLEAR", OUTSIDER), ("GREEN", OUTSIDER), ("GREEN", BEHIND), ("AMBER", BEHIND)],
)
def test_wider_readers_read_what_was_said_and_nobody_s_name(
    world: World, visit: Visit, tlp: str, reader: str
) -> None:
    ref, minutes = laid(world, tlp)
    person = visit(reader)
    pages = [f"/dialogues/{ref}", f"/records/{minutes}", "/dialogues/", "/records/", "/"]
    pages += ["/search?q=harbour", f"/search?q={ref}", "/processes/"]
    for path in pages:
        page = person.get(path)
        assert page.status == 200, path
        found = [one for one in CANARIES if one in page.text]
        assert not found, (path, found)
    assert "Ports were left alone." in person.get(f"/records/{minutes}").words
    assert "Send the rota" in person.get(f"/records/{minutes}").words
    assert "by a participant" in person.get(f"/records/{minutes}").words
    said = person.get(f"/records/{minutes}/export").text
    assert "Ports were left alone." in said
    assert not [one for one in CANARIES if one in said]
    for path in ("export/agenda", "export/invited"):
        assert person.get(f"/dialogues/{ref}/{path}").status == 403


def test_at_the_table_names_are_known(world: World, visit: Visit) -> None:
    ref, minutes = laid(world, "GREEN")
    person = visit(TELCO)
    assert "Osprey Cloud" in person.get(f"/dialogues/{ref}").words
    assert "Osprey Cloud" in person.get(f"/records/{minutes}").words


@pytest.mark.parametrize("state", ["polling", "convened", "cancelled"])
def test_ahead_of_it_and_called_off_it_is_the_same(world: World, visit: Visit, state: str) -> None:
    ref, _minutes = laid(world, "GREEN")
    with writing(world.sessions) as session:
        row = Dialogue.ref == ref
        later = {"state": DialogueState(state), "poll_until_at": NOW + DAY}
        session.execute(update(Dialogue).where(row).values(**later))
        key = session.query(Dialogue.id).filter(row).scalar()
        session.add(Slot(dialogue_id=key, starts_at=NOW + 30 * DAY))
    page = visit(OUTSIDER).get(f"/dialogues/{ref}")
    assert page.status == 200
    assert not [one for one in CANARIES if one in page.text]


def test_a_steward_sees_that_it_was_read_and_not_by_whom(world: World, visit: Visit) -> None:
    ref, _minutes = laid(world, "GREEN")
    with writing(world.sessions) as session:
        dialogue = session.query(Dialogue).filter(Dialogue.ref == ref).one()
        audit(session, world.actors[TELCO], READ, DIALOGUES, dialogue, NOW)
    steward = visit("steward@portal")
    page = steward.get(f"/steward/read-trail?ref={ref}")
    assert ref in page.words
    assert "not shown (Chatham House Rule)" in page.words
    assert not [one for one in CANARIES if one in page.text]
    page = steward.get("/steward/read-trail?person=Ada")
    assert ref not in page.words


def test_an_entry_for_calendars_names_nobody(world: World) -> None:
    ref, _minutes = laid(world, "GREEN")
    with writing(world.sessions) as session:
        dialogue = session.query(Dialogue).filter(Dialogue.ref == ref).one()
        meeting: Meeting = meeting_of(dialogue, "https://portal.example", shown=True)
    assert not [one for one in CANARIES if one in repr(meeting)]
    assert Record.__tablename__
