"""A unit required before a seat: coming waits for it; reading, declining and being named do not."""

from collections.abc import Callable

import pytest

from models.replies import CalendarReply
from models.training import Act
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Untrained
from tests.cast import NOW, World
from tests.dialogues.invitation_builders import TELCO, invited, line, reply, take
from tests.pages import Visitor
from tests.training.builders import learned, required

Visit = Callable[[str], Visitor]


def answer(world: World, ref: str, said: str) -> None:
    with writing(world.sessions) as session:
        dialogues.answer(session, world.actors[TELCO], ref, said=said, sequence=0, now=NOW)


def test_accepting_waits_for_the_unit_and_declining_does_not(world: World) -> None:
    required(world, Act.TAKE_SEAT, "telco")
    ref = invited(world)
    answer(world, ref, "declined")
    for said in ("accepted", "tentative"):
        with pytest.raises(Untrained):
            answer(world, ref, said)
    assert line(world, ref, TELCO).answer == "declined"
    learned(world, TELCO)
    answer(world, ref, "accepted")
    assert line(world, ref, TELCO).answer == "accepted"


def test_the_page_is_read_and_the_answer_can_be_sent_again(world: World, visit: Visit) -> None:
    required(world, Act.TAKE_SEAT)
    ref, liaison = invited(world), visit(TELCO)
    assert liaison.get(f"/dialogues/{ref}/answer").status == 200
    typed = {"answer": "accepted", "sequence": "0"}
    refused = liaison.post(f"/dialogues/{ref}/answer", typed)
    assert refused.status == 403
    assert refused.page.find("a", href=f"/training/required/dialogues/{ref}?act=take-seat")
    again = refused.page.find("form", action=f"/dialogues/{ref}/answer")
    assert {
        field["name"]: field["value"] for field in again.select("input")
    }.items() >= typed.items()


def test_a_reply_by_mail_does_not_go_around_it(world: World) -> None:
    required(world, Act.TAKE_SEAT)
    ref = invited(world)
    assert not take(world, reply(world, ref, TELCO))
    assert line(world, ref, TELCO).answer == ""
    with reading(world.sessions) as session:
        assert session.query(CalendarReply).one().reason == "untrained"
    assert take(world, reply(world, ref, TELCO, "declined"))
    learned(world, TELCO)
    assert take(world, reply(world, ref, TELCO))
