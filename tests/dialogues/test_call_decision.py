"""A question is put to the delegations: on an item that all see, with answers hidden or not."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.agenda import ItemState, Sight
from models.ledger import OutboxEmail
from models.records import Decision
from models.stakeholders import Person
from portal.db import reading, writing
from portal.errors import Invalid
from tests.cast import World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.decision_builders import BANK, CLOUD, QUESTION, TELCO, asked, seated
from tests.dialogues.later_builders import side_of
from tests.pages import Visitor
from tests.records.builders import item

Visit = Callable[[str], Visitor]


def test_whoever_answers_for_a_delegation_is_told_and_sees_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        key = item(session, world, dialogue, "Next steps")
    organiser, address = visit(ORGANISER), f"/dialogues/{dialogue.ref}/call-decision"
    form = organiser.get(address).form()
    form |= {"text": [QUESTION], "item": [str(key)], "hidden": ["y"]}
    page = organiser.follow(organiser.post(address, form))
    assert QUESTION in page.words
    assert "0 of 2 delegations have responded." in page.words
    assert "Responses are hidden until the question is closed." in page.words
    with reading(world.sessions) as session:
        decision = session.scalars(select(Decision)).one()
        emails = select(Person.email).join(OutboxEmail, OutboxEmail.person_id == Person.id)
        notified = set(session.scalars(emails.where(OutboxEmail.template == "call-decision")))
    assert (decision.item_id, decision.hidden, decision.carried) == (key, True, None)
    assert notified == {f"{name}.example" for name in (TELCO, CLOUD, "colleague@telco")}
    assert QUESTION in visit(TELCO).get(f"/dialogues/{dialogue.ref}").words


def test_answers_are_open_unless_said_otherwise(world: World) -> None:
    with writing(world.sessions) as session:
        assert asked(session, world, seated(session, world)).hidden is False


def test_under_chatham_house_answers_are_always_hidden(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world, rule="chatham")
        assert asked(session, world, dialogue, hidden=False).hidden is True
    page = visit(ORGANISER).get(f"/dialogues/{dialogue.ref}/call-decision")
    assert "saved without a name" in page.words
    assert "hidden" not in page.form()
    assert not page.page.select("input[name=hidden]")


@pytest.mark.parametrize(
    ("said", "field"), [({"text": " "}, "text"), ({"text": "x" * 5_001}, "text")]
)
def test_a_question_that_says_nothing_is_refused(
    world: World, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        asked(session, world, seated(session, world), **said)
    assert set(refused.value.problems) == {field}


def test_no_question_gives_away_an_item_that_only_some_see(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue, other = seated(session, world), seated(session, world)
        telco = side_of(session, world, dialogue, "telco").id
        keys = [
            item(session, world, dialogue, "Ours", sight=Sight.SIDE, side_id=telco),
            item(session, world, dialogue, "Theirs too", sight=Sight.ORGANISERS),
            item(session, world, dialogue, "Wished", state=ItemState.SUGGESTED),
            item(session, world, dialogue, "Dropped", state=ItemState.DROPPED),
            item(session, world, other, "Elsewhere"),
        ]
        for key in keys:
            with pytest.raises(Invalid, match="item"):
                asked(session, world, dialogue, item_id=key)


@pytest.mark.parametrize(("name", "says"), [(TELCO, 403), (BANK, 404)])
def test_who_does_not_organise_puts_none(world: World, visit: Visit, name: str, says: int) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
    assert (
        visit(name).post(f"/dialogues/{dialogue.ref}/call-decision", {"text": "x"}).status == says
    )
