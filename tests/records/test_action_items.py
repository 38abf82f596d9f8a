"""What somebody is to do is written on a point: by whom, for whom, by when."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Action, Record
from portal import records
from portal.db import writing
from portal.errors import Invalid
from portal.records import ActionText
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import TELCO, adopted, begun, points

Visit = Callable[[str], Visitor]
DUE = date(2026, 12, 24)


def acted(session: Session, world: World, record: Record, **said: Any) -> Action:
    """An action on the first point: Telco promises Cloud a rota, unless said otherwise."""
    homes = world.organisations
    who, whom = said.pop("who", "telco"), said.pop("whom", "cloud")
    text = {"text": "Send the rota", "due_on": DUE} | said
    return records.add_action(
        session,
        world.actors[ORGANISER],
        record.ref,
        points(session, record)[0].id,
        text=ActionText(homes[who].id, homes[whom].id, **text),
        now=NOW,
    )


def test_an_action_stands_on_the_record_and_on_the_dialogue(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        first = points(session, record)[0].id
    organiser, address = visit(ORGANISER), f"/records/{record.ref}/add-action"
    form = organiser.get(f"/records/{record.ref}/write").form(address)
    homes = world.organisations
    form |= {"organisation": [str(homes["telco"].id)], "addressee": [str(homes["cloud"].id)]}
    form |= {"point": [str(first)]}
    form |= {"text": ["Send the rota"], "due_on": ["2026-12-24"]}
    page = organiser.follow(organiser.post(address, form))
    assert "Send the rota" in page.words
    with writing(world.sessions) as session:
        action = session.scalars(select(Action)).one()
        dialogue = records.read(session, world.actors[ORGANISER], record.ref, NOW).dialogue.ref
    # The day ends in the zone of the dialogue, Europe/Helsinki.
    assert action.due_at == datetime(2026, 12, 24, 22, tzinfo=UTC)
    for place in (f"/records/{record.ref}", f"/dialogues/{dialogue}"):
        words = organiser.get(place).words
        assert "Send the rota" in words
        assert "24 Dec 2026" in words


def test_whoever_cannot_read_the_record_sees_no_action_at_the_dialogue(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        acted(session, world, record)
        dialogue = records.read(session, world.actors[ORGANISER], record.ref, NOW).dialogue.ref
    telco = visit(TELCO)
    assert "Send the rota" not in telco.get(f"/dialogues/{dialogue}").words
    with writing(world.sessions) as session:
        adopted(session, session.get_one(Record, record.id))
    assert "Send the rota" in telco.get(f"/dialogues/{dialogue}").words


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"who": "bank"}, "organisation"),
        ({"whom": "bank"}, "addressee"),
        ({"whom": "telco"}, "addressee"),
        ({"text": " "}, "text"),
        ({"text": "x" * 201}, "text"),
    ],
)
def test_what_cannot_be_taken_is_said(world: World, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        acted(session, world, begun(session, world), **said)
    assert set(refused.value.problems) == {field}


def test_the_body_that_convened_may_have_something_to_do(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        action = acted(session, world, record, who="peace", whom="telco", due_on=None)
        assert (action.due_on, action.due_at) == (None, None)


def test_a_point_of_another_record_is_none_of_this_one(world: World) -> None:
    with writing(world.sessions) as session:
        record, other = begun(session, world), begun(session, world)
        key = points(session, other)[0].id
        homes = world.organisations
        text = ActionText(homes["telco"].id, homes["cloud"].id, "Send the rota")
        who = world.actors[ORGANISER]
        with pytest.raises(Invalid, match="point"):
            records.add_action(session, who, record.ref, key, text=text, now=NOW)


def test_an_action_is_taken_out_of_a_draft(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        action = acted(session, world, record)
    organiser = visit(ORGANISER)
    address = f"/records/{record.ref}/actions/{action.id}/remove"
    assert "Send the rota" not in organiser.follow(organiser.post(address)).words
    assert organiser.post(address).status == 409
