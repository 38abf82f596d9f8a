"""Drafting a dialogue: from a blank form to a table."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.dialogues import Dialogue
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, said
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def row(world: World, ref: str) -> Dialogue:
    with reading(world.sessions) as session:
        return session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()


def test_from_a_blank_form_to_a_table(world: World, visit: Visit) -> None:
    coordinator = visit(ORGANISER)
    form = coordinator.get("/dialogues/new").form()
    form |= {"title": ["Talks on restraint"], "rule": ["chatham"], "minutes": ["45"]}
    form |= {"format": ["online"]}
    answer = coordinator.post("/dialogues/new", form)
    assert answer.to.endswith("/seat"), answer.errors()
    ref = answer.to.split("/")[-2]
    page = coordinator.get(answer.to)
    form = page.form()
    cloud = str(world.organisations["cloud"].id)
    form |= {"delegations-0-organisation": [cloud], "delegations-0-seats": ["2"]}
    form |= {"guests-0-person": [str(world.actors["analyst@cert"].person_id)]}
    form |= {"guests-0-role": ["interpreter"]}
    read = coordinator.follow(coordinator.post(answer.to, form))
    assert "Cloud" in read.words
    assert "2 seats." in read.words
    assert "Response analyst , Interpreter" in read.words
    kept = row(world, ref)
    assert (kept.rule, kept.tlp, kept.attributed, kept.minutes) == (
        "chatham", "AMBER+STRICT", False, 45,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"rule": "secret"}, "rule"),
        ({"rule": "closed"}, "tlp"),
        ({"rule": "open", "tlp": "RED"}, "tlp"),
        ({"rule": "limited", "tlp": "GREEN"}, "tlp"),
        ({"format": "by-carrier-pigeon"}, "format"),
        ({"link": "http://plain.example/room"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://[oops"}, "link"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 1441}, "minutes"),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field(values: dict[str, object], field: str) -> None:
    assert set(said(**values).problems()) == {field}


def test_a_process_is_named_only_by_who_sits_in_it(world: World) -> None:
    with pytest.raises(Invalid, match="part_of"), writing(world.sessions) as session:
        dialogues.draft_dialogue(
            session, world.actors[ORGANISER], world.organisations["peace"].ref,
            text=said(), process_ref="S-26-ZZZZZZ", now=NOW,
        )  # fmt: skip


def test_whoever_does_not_mediate_is_told_so(visit: Visit) -> None:
    answer = visit("liaison@telco").get("/dialogues/new")
    assert answer.status == 403
    assert "Mediation bodies organise dialogues" in answer.words
