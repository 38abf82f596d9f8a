"""An organisation says how often a contact point is checked: on its form, in files, on its page."""

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import pytest
from sqlalchemy import select

from models.contacts import ContactPoint
from models.stakeholders import Membership, Organisation, Role
from portal import contacts
from portal.contacts import as_vcards, read_file
from portal.contacts.exporting import export
from portal.contacts.importing import Missing
from portal.contacts.planning import next_days
from portal.db import reading, writing
from portal.errors import Refused, TooLate
from tests.cast import BEGINNING, NOW, World
from tests.contacts.builders import (
    COLLEAGUE,
    MEDIATOR,
    OFFICE_HOURS,
    TELCO,
    drafted,
    published,
    said,
    typed,
)
from tests.contacts.test_import import CEREBRATE
from tests.factories import to
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TABLE = (
    "label,email,purpose,zone,hours,languages{}\n"
    "Desk,d@telco.example,duty,UTC,Mon 08:00-16:00,en{}\n"
)


def chosen(visitor: Visitor, page: str) -> list[str]:
    listed = visitor.get(page).page.find("select", {"name": "check_every"})
    return [one["value"] for one in listed.find_all("option", selected=True)]


def kept(world: World) -> ContactPoint:
    with reading(world.sessions) as session:
        return session.scalars(select(ContactPoint)).one()


def test_the_form_has_a_label_a_hint_and_a_quarter_to_begin_with(
    world: World, visit: Visit
) -> None:
    liaison = visit(TELCO)
    page = liaison.get("/contacts/new").page
    listed = page.find("select", {"name": "check_every"})
    assert [one["value"] for one in listed.find_all("option")] == [
        "month", "quarter", "half-year", "year",
    ]  # fmt: skip
    assert page.find("label", {"for": listed["id"]}).get_text(strip=True) == "Liveness check"
    assert "90 days" in page.find(id=listed["aria-describedby"]).get_text()
    assert chosen(liaison, "/contacts/new") == ["quarter"]
    liaison.post("/contacts/new", typed(world))
    assert kept(world).check_every == "quarter"


def test_what_is_chosen_is_kept_and_stays_where_it_is_not_sent(world: World, visit: Visit) -> None:
    liaison = visit(TELCO)
    ref = liaison.post("/contacts/new", typed(world, check_every="half-year")).to.rpartition("/")[2]
    assert chosen(liaison, f"/contacts/{ref}/edit") == ["half-year"]
    version = str(kept(world).version)
    liaison.post(f"/contacts/{ref}/edit", typed(world, organisation="", version=version, label="B"))
    assert (kept(world).label, kept(world).check_every) == ("B", "half-year")


def test_one_that_there_is_not_is_said_beside_it_and_nothing_typed_is_lost(
    world: World, visit: Visit
) -> None:
    answer = visit(TELCO).post("/contacts/new", typed(world, check_every="never", label="Mine"))
    assert answer.status == 422
    listed = answer.page.find("select", {"name": "check_every"})
    assert listed["aria-invalid"] == "true"
    ids = [one for one in listed["aria-describedby"].split() if one.endswith("-error")]
    assert answer.page.find(id=ids[0]).get_text(strip=True)
    assert answer.page.find("input", {"name": "label"})["value"] == "Mine"
    with reading(world.sessions) as session:
        assert session.query(ContactPoint).count() == 0
    wrong = visit(TELCO).post("/contacts/new", typed(world, check_every="year", phones="1"))
    left = wrong.page.find("select", {"name": "check_every"}).find_all("option", selected=True)
    assert [one["value"] for one in left] == ["year"], "a fault elsewhere leaves it as chosen"


def test_its_organisation_sees_how_often_and_between_which_days(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", check_every="month").ref
    section = visit(TELCO).get(f"/contacts/{ref}").page.find(id="checks")
    days = next_days(kept(world))
    assert days is not None
    assert [one["datetime"] for one in section.find_all("time")] == [str(day) for day in days]
    words = " ".join(section.get_text(" ").split())
    assert "How often Every month Next check between" in words
    other = visit(MEDIATOR).get(f"/contacts/{ref}").words
    for hidden in ("How often", "Every month", "Next check"):
        assert hidden not in other
    with writing(world.sessions) as session:
        session.scalars(select(ContactPoint)).one().check_at = NOW
    assert "as soon as somebody is on duty" in visit(TELCO).get(f"/contacts/{ref}").words


def test_of_a_draft_it_says_how_often_and_plans_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, check_every="year").ref
    words = visit(TELCO).get(f"/contacts/{ref}").words
    assert "How often Every year" in words
    assert "Next check" not in words


def test_where_changes_are_reviewed_so_is_the_interval(world: World) -> None:
    liaison, colleague = world.actors[TELCO], world.actors[COLLEAGUE]
    telco = world.organisations["telco"].id
    with writing(world.sessions) as session:
        contact = published(session, world, "peace")
        session.get_one(Organisation, telco).reviews_contacts = True
        at = {"organisation_id": telco, "person_id": colleague.person_id}
        session.add(Membership(role=Role.ADMIN, begins_at=BEGINNING, **at))
        draft = drafted(session, world, "peace", check_every="year")
        session.flush()
        new: dict[str, Any] = {"text": said(check_every="month"), "to": to(world, "peace")}
        new |= {"now": NOW}
        with pytest.raises((Refused, TooLate)):
            contacts.edit(session, liaison, contact.ref, version=contact.version, **new)
        with pytest.raises((Refused, TooLate)):
            contacts.publish(session, liaison, draft.ref, NOW)
        assert contact.check_every == "quarter"
        contacts.edit(session, colleague, contact.ref, version=contact.version, **new)
        assert contact.check_every == "month"


@pytest.mark.both_engines
def test_a_table_says_it_to_its_organisation_alone_and_a_card_to_nobody(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", check_every="month").ref
    for who, says in ((TELCO, "month"), (COLLEAGUE, "month"), (MEDIATOR, "")):
        text = visit(who).get("/contacts/export?format=csv").body.decode("utf-8-sig")
        (row,) = csv.DictReader(StringIO(text))
        assert row["check_every"] == says, who
    with writing(world.sessions) as session:
        actor = world.actors[TELCO]
        card = as_vcards(export(session, actor, ref, NOW), "")
        session.scalars(select(ContactPoint)).one().check_every = "year"
        session.flush()
        assert as_vcards(export(session, actor, ref, NOW), "") == card


@pytest.mark.parametrize(
    ("head", "cell", "read"),
    [
        (",check_every", ",month", "month"),
        (",check_every", ",Half-Year", "half-year"),
        (",check_every", ",", "quarter"),
        ("", "", "quarter"),
    ],
)
def test_a_table_is_read_and_what_it_does_not_say_is_a_quarter(
    head: str, cell: str, read: str
) -> None:
    (line,) = read_file(TABLE.format(head, cell).encode(), Missing())
    assert (line.text.check_every, line.problems) == (read, {})


@pytest.mark.parametrize("cell", ["never", "week", "91", "0", "month, year"])
def test_one_that_is_not_known_is_said_in_its_row(world: World, visit: Visit, cell: str) -> None:
    data = TABLE.format(",check_every", f',"{cell}"').encode() + TABLE.format("", "").encode()
    sent = {"organisation": world.organisations["telco"].ref, "zone": ""}
    liaison = visit(TELCO)
    liaison.get("/contacts/import")
    page = liaison.post("/contacts/import", sent | {"file": (BytesIO(data), "a.csv")})
    row = page.page.find("tbody").find("tr").get_text(" ")
    assert "Say how often it is checked: month, quarter, half-year or year." in row
    with reading(world.sessions) as session:
        assert session.query(ContactPoint).count() == 0


def test_cerebrate_says_nothing_of_it_so_whoever_imports_does(world: World, visit: Visit) -> None:
    (line, *_others) = read_file(json.dumps(CEREBRATE).encode(), Missing())
    assert line.text.check_every == "quarter"
    liaison, data = visit(TELCO), json.dumps(CEREBRATE[:1]).encode()
    assert chosen(liaison, "/contacts/import") == ["quarter"]
    sent = {"organisation": world.organisations["telco"].ref, "zone": "", "purpose": "technical"}
    sent |= {"languages": "en", "hours": "Mon-Fri 08:00-16:00", "check_every": "year"}
    page = liaison.post("/contacts/import", sent | {"file": (BytesIO(data), "a.json")})
    carried = page.page.find("input", {"name": "carried"})["value"]
    liaison.post("/contacts/import", sent | {"carried": carried, "keep": "1"})
    assert kept(world).check_every == "year"
    assert kept(world).hours == [list(shift) for shift in OFFICE_HOURS]


def test_a_second_file_leaves_what_is_there_as_it_is(world: World) -> None:
    with writing(world.sessions) as session:
        telco = world.organisations["telco"]
        drafted(session, world, label="Desk", email="d@telco.example", check_every="month")
        lines = read_file(TABLE.format("", "").encode(), Missing())
        asked = (session, world.actors[TELCO])
        found = contacts.with_those_there(*asked, telco.id, lines, NOW)
        assert contacts.import_all(*asked, telco.ref, found, NOW) == 0
    assert kept(world).check_every == "month"
