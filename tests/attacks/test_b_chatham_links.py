"""The Chatham House Rule and what came of a dialogue: no page leads from one to the other.

A commitment made from an action of the minutes is a resource of its own: its readers see who made
it. Whoever was not at the table must not learn from it who was there, nor from the minutes whose it
is. Every address of both is visited, and every page that lists them.
"""

import csv
import io
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.stakeholders import Organisation, Person
from portal import commitments, records
from portal.db import writing
from tests.attacks.test_b_commitments import filled
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, terms
from tests.dialogues.builders import ORGANISER
from tests.factories import opened_process
from tests.pages import Answer, Visitor
from tests.records.builders import CERT, CLOUD, TELCO, adopted, begun, written
from tests.records.test_action_items import acted

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

Visit = Callable[[str], Visitor]
# At the table, and in no way part of the commitment: nobody outside learns of them anywhere.
SEATED = {CERT: "Cy Sitting", "observer@un": "Di Sitting"}
PARTIES = {TELCO: "Ada Parting", CLOUD: "Bo Parting"}
HOMES = {"telco": "Kestrel Parting", "cloud": "Osprey Parting", "un": "Heron Sitting"}
TITLE, ACTION = "Rota of the harbour", "Watch the pilots"
OUTSIDERS = ("liaison@bank", "steward@portal")
ROOMS = {"dialogues.": "dialogue", "records.": "record", "processes.": "process"}
LISTS = (
    "/", "/dialogues/", "/records/", "/processes/", "/notices/", "/commitments/",
    "/commitments/?q=pilots", "/norms/", "/norms/un-gge-2015-f", "/search?q=harbour",
    "/search?q=pilots", "/steward/read-trail", "/steward/read-emails",
)  # fmt: skip


class Laid(NamedTuple):
    """References of what there is, by noun."""

    dialogue: str
    record: str
    commitment: str
    process: str


def renamed(session: Session, world: World) -> None:
    for who, name in (SEATED | PARTIES).items():
        mine = Person.id == world.actors[who].person_id
        session.execute(update(Person).where(mine).values(name=name))
    for home, name in HOMES.items():
        mine = Organisation.id == world.organisations[home].id
        session.execute(update(Organisation).where(mine).values(name=name))


def laid(world: World, rule: str = "chatham") -> Laid:
    """A dialogue open to all, its adopted minutes, and an accepted commitment from an action."""
    with writing(world.sessions) as session:
        renamed(session, world)
        by = world.actors[TELCO]
        talks = {"by": ORGANISER, "cover_name": "Open sea"}
        process = opened_process(session, world, "bank", "telco", **talks)
        sides = ("telco", "cloud", "un")
        record = begun(session, world, *sides, rule=rule, tlp="GREEN", title=TITLE)
        dialogue = session.get_one(Dialogue, record.dialogue_id)
        dialogue.process_id = process.id
        written(session, world, record, 1, notes="Ports were left alone.")
        action = acted(session, world, record, text=ACTION)
        adopted(session, record)
        task = records.task(session, by, record.ref, action.id, NOW)
        homes = world.organisations
        commitment = commitments.draft_commitment(
            session, by, homes["telco"].ref,
            text=terms(title=task.text, tlp=task.tlp, due_on=task.due_on),
            with_whom=commitments.Between(homes["cloud"].id, 0, process.id),
            to=task.to, now=NOW,
        )  # fmt: skip
        records.take_up(session, by, record.ref, action.id, commitment, NOW)
        commitments.propose(session, by, commitment.ref, answer_by_on=ANSWER_BY, now=NOW)
        commitments.accept(session, world.actors[CLOUD], commitment.ref, NOW)
        return Laid(dialogue.ref, record.ref, commitment.ref, process.ref)


def said(answer: Answer) -> str:
    """All that an answer says, printed and in sheets as well."""
    sort = answer.headers.get("Content-Type", "")
    if "spreadsheet" in sort:
        book = load_workbook(io.BytesIO(answer.body))
        return repr([[cell.value for cell in row] for sheet in book for row in sheet])
    if "csv" in sort:
        return repr(list(csv.reader(io.StringIO(answer.text))))
    return answer.text


def addresses(app: Flask, laid: Laid, noun: str, room: str) -> list[str]:
    """Every address of one resource that can be read."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(room) and "GET" in (rule.methods or ()):
            values = {"ref": getattr(laid, noun), "number": "1", "key": "1", "file_ref": "F-1"}
            if "ref" in rule.arguments and rule.arguments <= values.keys():
                found.append(filled(rule.rule, values))
    assert len(found) > 4, room
    return found


def opened(visitor: Visitor, paths: list[str]) -> dict[str, str]:
    """What those of the addresses say that this person may open."""
    answers = {path: visitor.client.get(path) for path in paths}
    held = {p: Answer(a.status_code, a.headers, a.data) for p, a in answers.items()}
    return {path: said(answer) for path, answer in held.items() if answer.status == 200}


def notified(pages: dict[str, str], *words: str) -> list[Any]:
    return [(path, word) for path, text in pages.items() for word in words if word in text]


@pytest.mark.parametrize("name", OUTSIDERS)
@pytest.mark.walk
def test_outside_the_table_neither_leads_to_the_other(
    app: Flask, world: World, visit: Visit, name: str
) -> None:
    one, visitor = laid(world), visit(name)
    people, homes = [*SEATED.values(), *PARTIES.values()], [*HOMES.values()]
    for room, noun in ROOMS.items():
        if noun != "process":
            pages = opened(visitor, addresses(app, one, noun, room))
            assert f"/{noun}s/{getattr(one, noun)}" in pages
            assert notified(pages, *people, *homes, one.commitment) == []
    pages = opened(visitor, addresses(app, one, "commitment", "commitments."))
    assert "Kestrel Parting" in pages[f"/commitments/{one.commitment}"]
    assert notified(pages, *SEATED.values(), "Heron Sitting", one.record, one.dialogue, TITLE) == []
    # Where both stand in one list, only the commitment's own line names its parties.
    lists = opened(visitor, [*LISTS, f"/search?q={one.record}", f"/search?q={one.commitment}"])
    lists |= opened(visitor, addresses(app, one, "process", "processes."))
    lists |= opened(visitor, ["/commitments/csv", "/commitments/xlsx", "/commitments/pdf"])
    directory = {"/stakeholders/"}
    assert notified({p: t for p, t in lists.items() if p not in directory}, *SEATED.values()) == []


def test_at_the_table_each_names_the_other(world: World, visit: Visit) -> None:
    one = laid(world)
    for name in (TELCO, CLOUD, ORGANISER, CERT):
        visitor = visit(name)
        assert one.commitment in visitor.get(f"/records/{one.record}").text, name
        assert one.record in visitor.get(f"/commitments/{one.commitment}").text, name


def test_without_the_rule_every_reader_sees_what_came_of_it(world: World, visit: Visit) -> None:
    one, visitor = laid(world, "open"), visit("liaison@bank")
    assert one.commitment in visitor.get(f"/records/{one.record}").text
    assert one.record in visitor.get(f"/commitments/{one.commitment}").text
