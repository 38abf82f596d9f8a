"""A dialogue is held once it has begun, and concluded with an adopted record or for a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Record, RecordState
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import BEGINNING, NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.seat_builders import TELCO, sat
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
HOUR = timedelta(hours=1)


def recorded(
    session: Session,
    dialogue: Dialogue,
    state: str = RecordState.ADOPTED,
    source: int | None = None,
) -> Record:
    """The record of a dialogue, or a redacted version of one."""
    record = Record(
        ref=f"R-26-{'X' if source else 'A'}{dialogue.id:05}",
        dialogue_id=dialogue.id,
        organisation_id=dialogue.organisation_id,
        author_id=dialogue.author_id,
        source_id=source,
        state=state,
        tlp=dialogue.tlp,
        title="Record",
        created_at=NOW,
        changed_at=NOW,
        sha256="0" * 64 if state == RecordState.ADOPTED else None,
    )
    session.add(record)
    session.flush()
    return record


def test_it_is_held_once_it_has_begun(world: World) -> None:
    by = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        row = sat(session, world, starts_at=NOW)
        with pytest.raises(Refused):
            dialogues.hold(session, by, row.ref, NOW - HOUR)
        with pytest.raises(Refused):
            dialogues.hold(session, world.actors[TELCO], row.ref, NOW)
        dialogues.hold(session, by, row.ref, NOW)
        assert (row.state, row.held_at) == ("held", NOW)
        with pytest.raises(TooLate):
            dialogues.hold(session, by, row.ref, NOW)


def test_the_button_is_there_when_the_time_has_come(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world, starts_at=BEGINNING).ref
        ahead = sat(session, world, starts_at=NOW + timedelta(days=3650)).ref
    coordinator = visit(ORGANISER)
    assert "It takes place" not in coordinator.get(f"/dialogues/{ahead}").words
    assert "It takes place" in coordinator.get(f"/dialogues/{ref}").words
    assert "It takes place" not in visit(TELCO).get(f"/dialogues/{ref}").words
    page = coordinator.follow(coordinator.post(f"/dialogues/{ref}/hold"))
    assert "Conclude" in page.words


def test_without_an_adopted_record_a_reason_is_given(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world, state="held")
        ref = dialogue.ref
        source = recorded(session, dialogue, RecordState.CIRCULATED)
        recorded(session, dialogue, source=source.id)
        dialogues.open_room(session, world.actors[ORGANISER], ref, NOW)
    coordinator, address = visit(ORGANISER), f"/dialogues/{ref}/conclude"
    assert "No record is adopted" in coordinator.post(address, {"why": " "}).errors()["why"]
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
