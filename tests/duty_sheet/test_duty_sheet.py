"""A duty sheet has the people and days that its reader may know and take along, and is recorded."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from models.processes import Process
from portal.clock import now
from portal.db import reading, writing
from portal.duty_sheet import DutySheet, duty_sheet
from portal.ledger import keep_readings
from tests.cast import NOW, World
from tests.contacts.builders import PHONE
from tests.contacts.builders import published as contact
from tests.dialogues.later_builders import DAY, comes, convened
from tests.factories import opened_process, published
from tests.pages import Visitor

pytestmark = pytest.mark.laid_out

Visit = Callable[[str], Visitor]
TELCO, CLOUD, OUTSIDER = "liaison@telco", "liaison@cloud", "liaison@bank"


def sheet(world: World, name: str) -> DutySheet:
    with reading(world.sessions) as session:
        keep_readings(session, [])
        return duty_sheet(session, world.actors[name], NOW, made_as="print")


def titles(world: World, name: str) -> list[str]:
    return [row.title for rows in sheet(world, name).days.values() for row in rows]


def test_it_has_what_comes_in_two_weeks_and_is_marked_by_the_strictest(world: World) -> None:
    with writing(world.sessions) as session:
        published(session, world, "cloud", title="Soon", acknowledge_by_at=NOW + 2 * DAY)
        published(session, world, "cloud", title="Later", acknowledge_by_at=NOW + 20 * DAY)
        published(session, world, CLOUD, title="Red", tlp="RED", acknowledge_by_at=NOW + 3 * DAY)
        talk = convened(session, world, "telco", title="Talk", starts_at=NOW + 4 * DAY)
        comes(session, world, talk, TELCO)
    assert titles(world, CLOUD) == ["Soon", "Red"]
    assert sheet(world, CLOUD).tlp == "RED"
    assert titles(world, TELCO) == ["Soon", "Red", "Talk"]
    assert titles(world, OUTSIDER) == []
    assert sheet(world, OUTSIDER).tlp == "CLEAR"


def test_people_are_those_of_open_notices_and_of_seats_that_one_may_see(world: World) -> None:
    assert sheet(world, CLOUD).homes == {}
    with writing(world.sessions) as session:
        published(session, world, "cloud")
        process = opened_process(session, world, "cloud", "bank")
        session.get_one(Process, process.id).open_seats = False
    found = sheet(world, CLOUD).homes
    assert set(found) == {"Telco"}, "seats that are not shown lead to nobody"
    assert {row.email for row in found["Telco"]} == {""}, "addresses are for colleagues"
    with writing(world.sessions) as session:
        session.get_one(Process, process.id).open_seats = True
    assert set(sheet(world, CLOUD).homes) == {"Telco", "Bank", "Peace Mediation"}
    assert sheet(world, "observer@un").homes == {}


def test_page_and_pdf_are_in_the_trail_and_marked(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "cloud", acknowledge_by_at=now() + 2 * DAY)
        key = f"|{notice.id}:{notice.edition}|"
    cloud = visit(CLOUD)
    page = cloud.get("/duty-sheet/")
    assert page.status == 200
    assert "Contacts" in page.words
    paper = cloud.get("/duty-sheet/export")
    assert paper.body.startswith(b"%PDF")
    assert "duty-sheet-TLP-" in paper.headers["Content-Disposition"]
    with reading(world.sessions) as session:
        taken = session.scalars(select(AuditEvent).where(AuditEvent.verb == "export")).all()
    assert {event.detail["format"] for event in taken if event.detail["taken"] == key} == {
        "print",
        "pdf",
    }


def test_it_names_whom_to_call_takes_their_marking_and_is_recorded(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        shown = contact(session, world, "peace", tlp="AMBER", phone_any_hour="+358 9 5550 0999")
        contact(session, world, "peace", purpose="legal", label="Counsel")
        contact(session, world, "peace", label="Always", round_the_clock=True, hours=(), phones=())
        key = shown.id
    page = visit("mediator@peace").get("/duty-sheet/")
    for words in (PHONE, "+358 9 5550 0999", "Mon-Fri 08:00-16:00", "TLP:AMBER", "any hour"):
        assert words in page.words
    assert "Counsel" not in page.words
    for who in (OUTSIDER, "steward@portal"):
        assert PHONE not in visit(who).get("/duty-sheet/").words
        assert sheet(world, who).on_call == []
    found = sheet(world, "mediator@peace")
    assert [row.label for row in found.on_call] == ["Duty officer", "Always"]
    assert found.tlp == "AMBER+STRICT", "of what is not stated the stricter"
    with reading(world.sessions) as session:
        verb = {"verb": "export", "resource_type": "contacts"}
        events = session.query(AuditEvent).filter_by(**verb).all()
    assert events
    assert f"|{key}:" in events[0].detail["taken"]
