"""Concluding a dialogue: with an adopted record, or a reason why there is none."""

from collections.abc import Callable

import pytest

from models.dialogues import Dialogue
from models.records import RecordState
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.seat_builders import TELCO, sat
from tests.dialogues.test_hold import recorded
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_without_an_adopted_record_a_reason_is_given(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world, state="held")
        ref = dialogue.ref
        source = recorded(session, dialogue, RecordState.CIRCULATED)
        recorded(session, dialogue, source=source.id)
        dialogues.open_room(session, world.actors[ORGANISER], ref, NOW)
    coordinator, address = visit(ORGANISER), f"/dialogues/{ref}/conclude"
    assert "No minutes are adopted" in coordinator.post(address, {"why": " "}).errors()["why"]
    page = coordinator.follow(coordinator.post(address, {"why": "Nobody came to an end."}))
    assert "Nobody came to an end." in page.words
    assert "Nobody came to an end." in visit(TELCO).get(f"/dialogues/{ref}").words
    with reading(world.sessions) as session:
        kept = session.query(Dialogue).filter_by(ref=ref).one()
        assert (kept.state, kept.room_code) == ("concluded", None)
        assert kept.ended_at is not None


def test_with_an_adopted_record_none_is_needed(world: World) -> None:
    by = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        row = sat(session, world, state="held")
        recorded(session, row)
        dialogues.conclude(session, by, row.ref, why="", now=NOW)
        assert (row.state, row.ended_at, row.ended_reason) == ("concluded", NOW, "")


def test_a_reason_is_a_sentence_and_what_was_not_held_is_not_concluded(world: World) -> None:
    by = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        row = sat(session, world, state="held")
        with pytest.raises(Invalid, match="why"):
            dialogues.conclude(session, by, row.ref, why="x" * 501, now=NOW)
        with pytest.raises(TooLate):
            dialogues.conclude(session, by, sat(session, world).ref, why="x", now=NOW)
        with pytest.raises(Refused):
            dialogues.conclude(session, world.actors[TELCO], row.ref, why="x", now=NOW)
