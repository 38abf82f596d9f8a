"""What was decided may be said in other words until a record of it goes round, and no longer."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Decision, Record, RecordEdition
from portal import dialogues, records
from portal.db import reading, writing
from portal.dialogues import Outcome
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.commitments.at_once import at_once
from tests.dialogues.builders import ORGANISER
from tests.dialogues.decision_builders import QUESTION, asked, closed
from tests.pages import Visitor
from tests.records.circulated_builders import ready, sent

Visit = Callable[[str], Visitor]


def change(session: Session, world: World, dialogue: Dialogue, decision: Decision) -> None:
    dialogues.close_decision(
        session, world.actors[ORGANISER], dialogue.ref, decision.id,
        outcome=Outcome("Otherwise.", False), seen="So be it.", now=NOW,
    )  # fmt: skip


def asked_on(session: Session, world: World) -> tuple[Record, Dialogue, Decision]:
    """A draft that says something, its dialogue, and a question that is open."""
    record = ready(session, world)
    dialogue = session.get_one(Dialogue, record.dialogue_id)
    return record, dialogue, asked(session, world, dialogue)


def test_what_went_round_is_not_said_otherwise(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record, dialogue, decision = asked_on(session, world)
        with pytest.raises(Invalid, match="undecided"):
            sent(session, world, record)
        closed(session, world, dialogue, decision)
        sent(session, world, record)
    with pytest.raises(TooLate), writing(world.sessions) as session:
        change(session, world, dialogue, decision)
    organiser = visit(ORGANISER)
    address = f"/dialogues/{dialogue.ref}/close-decision/{decision.id}"
    assert organiser.get(address).status == 409
    assert address not in organiser.get(f"/dialogues/{dialogue.ref}").text
    with writing(world.sessions) as session:
        records.recall(session, world.actors[ORGANISER], record.ref, NOW)
        change(session, world, dialogue, decision)
        assert session.get_one(Decision, decision.id).outcome == "Otherwise."


def test_none_is_changed_while_its_record_is_being_sent(world: World) -> None:
    for _round in range(5):
        with writing(world.sessions) as session:
            record, dialogue, decision = asked_on(session, world)
            closed(session, world, dialogue, decision)
        at_once(
            world,
            partial(sent, world=world, record=record),
            partial(change, world=world, dialogue=dialogue, decision=decision),
        )
        with reading(world.sessions) as session:
            edition = session.get(RecordEdition, (record.id, 1))
            outcome = session.get_one(Decision, decision.id).outcome
        if edition is not None:
            (said,) = edition.text["decisions"]
            assert said["outcome"] == outcome


def test_the_last_look_names_what_is_not_decided(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record, _dialogue, _decision = asked_on(session, world)
    organiser = visit(ORGANISER)
    page = organiser.get(f"/records/{record.ref}/circulate")
    assert "Open questions" in page.words
    assert QUESTION in page.words
    answer = organiser.post(f"/records/{record.ref}/circulate", page.form())
    assert answer.status == 422
    assert "First record the outcome of each question." in answer.words
