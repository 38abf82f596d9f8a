"""A dialogue is held once it has begun, and concluded with an adopted record or for a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Record, RecordState
from portal import dialogues
from portal.db import writing
from portal.errors import Refused, TooLate
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
    assert "Record that it took place" not in coordinator.get(f"/dialogues/{ahead}").words
    assert "Record that it took place" in coordinator.get(f"/dialogues/{ref}").words
    assert "Record that it took place" not in visit(TELCO).get(f"/dialogues/{ref}").words
    page = coordinator.follow(coordinator.post(f"/dialogues/{ref}/hold"))
    assert "Conclude" in page.words
