"""A form of the editor keeps itself while one types; what it gets back is a part of a page."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from models.ledger import AuditEvent
from models.records import Record, RecordState
from portal import records
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, begun, points, written
from tests.records.test_write import point_form, rows
from tests.soup import parsed

Visit = Callable[[str], Visitor]


def keep_live(visitor: Visitor, ref: str, form: dict[str, Any]) -> tuple[int, BeautifulSoup]:
    """What the form that keeps itself gets back: the status, and a part of a page."""
    answer = visitor.client.post(f"/records/{ref}/write", data=form, headers={"HX-Request": "true"})
    return answer.status_code, parsed(answer.text)


def test_the_form_keeps_itself_and_gets_its_next_version(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
    organiser = visit(ORGANISER)
    form = point_form(organiser.get(f"/records/{record.ref}/write"))
    status, part = keep_live(organiser, record.ref, form | {"notes": ["Half a sen"]})
    assert status == 200
    assert "Saved:" in part.get_text()
    assert part.select_one("h1") is None
    version = part.select_one("input[name=version]")
    assert version is not None
    assert version["data-hx-swap-oob"] == "true"
    assert version["id"] == f"version-{form['point'][0]}"
    form |= {"version": [str(version["value"])], "notes": ["Half a sentence, now whole."]}
    assert keep_live(organiser, record.ref, form)[0] == 200
    assert rows(world, record)[0][2] == "Half a sentence, now whole."


def test_a_form_that_says_what_is_kept_writes_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        written(session, world, record, 1, notes="One\nTwo")
    organiser = visit(ORGANISER)
    form = point_form(organiser.get(f"/records/{record.ref}/write")) | {"notes": ["One\r\nTwo"]}
    status, part = keep_live(organiser, record.ref, form)
    assert (status, "Saved:" in part.get_text()) == (200, True)
    with reading(world.sessions) as session:
        acts = session.scalars(select(AuditEvent).where(AuditEvent.verb == "write")).all()
        assert len(acts) == 1


def test_a_lost_race_while_typing_shows_both_and_keeps_the_version(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
    second = visit(CERT)
    form = point_form(second.get(f"/records/{record.ref}/write"))
    with writing(world.sessions) as session:
        written(session, world, record, 1, notes="Theirs was first")
    for _again in range(2):
        status, part = keep_live(second, record.ref, form | {"notes": ["Mine came later"]})
        assert status == 409
        assert "Mine" in " ".join(tag.get_text() for tag in part.select("del"))
        assert "Theirs" in " ".join(tag.get_text() for tag in part.select("ins"))
        assert part.select_one("input[name=version]") is None
    assert rows(world, record)[0][2] == "Theirs was first"


def test_on_a_slow_line_ones_own_next_words_are_taken(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
    organiser = visit(ORGANISER)
    form = point_form(organiser.get(f"/records/{record.ref}/write"))
    keep_live(organiser, record.ref, form | {"notes": ["We met."]})
    assert keep_live(organiser, record.ref, form | {"notes": ["We met. We spoke."]})[0] == 200
    assert rows(world, record)[0][2] == "We met. We spoke."
    status, _part = keep_live(organiser, record.ref, form | {"notes": ["We met. We spoke. Now."]})
    assert status == 409, "two versions behind is no slow line"


def test_ones_own_other_window_loses_no_word(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
    organiser = visit(ORGANISER)
    form = point_form(organiser.get(f"/records/{record.ref}/write"))
    keep_live(organiser, record.ref, form | {"notes": ["In one window."]})
    status, _part = keep_live(organiser, record.ref, form | {"notes": ["In the other."]})
    assert status == 409
    assert rows(world, record)[0][2] == "In one window."


def test_what_is_wrong_while_typing_is_said_in_a_line(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
    organiser = visit(ORGANISER)
    form = point_form(organiser.get(f"/records/{record.ref}/write"))
    status, part = keep_live(organiser, record.ref, form | {"title": [" "]})
    assert status == 422
    assert "Give the point a title." in part.get_text()


@pytest.mark.parametrize("gone", ["circulated", "removed"])
def test_what_can_no_longer_be_written_says_so_and_loses_nothing(
    world: World, visit: Visit, gone: str
) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
    second = visit(CERT)
    form = point_form(second.get(f"/records/{record.ref}/write")) | {"notes": ["Late words"]}
    with writing(world.sessions) as session:
        if gone == "circulated":
            session.get_one(Record, record.id).state = RecordState.CIRCULATED
        else:
            point, who = points(session, record)[0], world.actors[ORGANISER]
            said = {"version": point.version, "now": NOW}
            records.remove_point(session, who, record.ref, point.id, **said)
    status, part = keep_live(second, record.ref, form)
    assert status == 409
    assert "Not saved" in part.get_text()
    answer = second.post(f"/records/{record.ref}/write", form)
    assert answer.status == 409
    assert "Late words" in answer.text
