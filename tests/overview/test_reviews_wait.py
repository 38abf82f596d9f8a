"""A decision whose review is due waits for those who are reminded of it, until it is followed."""

from datetime import datetime, timedelta

import pytest

from models.dialogues import Dialogue, DialogueState
from models.records import Decision
from portal import dialogues
from portal.db import reading, writing
from portal.overview import first_page
from tests.cast import NOW, World
from tests.dialogues.decision_builders import asked, closed, seated
from tests.dialogues.later_builders import DAY, recorded
from tests.overview.test_talks_wait import EVERYBODY, ORGANISER

SECOND = timedelta(seconds=1)
DUE = NOW + 30 * DAY


def decided(world: World, *review_at: datetime, carried: bool = True) -> str:
    """A dialogue with minutes, one decision of which is due for review at each of these moments."""
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        for at in review_at:
            decision = asked(session, world, dialogue)
            closed(session, world, dialogue, decision, carried=carried)
            decision.review_at = at
        recorded(session, world, dialogue, "adopted")
        dialogue.state = DialogueState.CONCLUDED
        return dialogue.ref


def waits(world: World, ref: str, at: datetime) -> dict[str, list[datetime | None]]:
    """For whom a review of it waits at that moment, and by when."""
    with reading(world.sessions) as session:
        found = {
            name: [
                row.by_at
                for row in first_page(session, world.actors[name], at).waiting
                if (row.ref, row.verb) == (ref, "follow-up")
            ]
            for name in EVERYBODY
        }
    return {name: rows for name, rows in found.items() if rows}


def test_it_waits_for_the_organisers_from_the_first_reminder_on(world: World) -> None:
    ref = decided(world, DUE)
    assert waits(world, ref, DUE - 14 * DAY - SECOND) == {}
    for at in (DUE - 14 * DAY, DUE - DAY, DUE + 7 * DAY):
        assert waits(world, ref, at) == {ORGANISER: [DUE]}, at
    assert waits(world, ref, DUE + 14 * DAY) == {}, "nothing but a next dialogue says it was done"


def test_each_decision_waits_by_its_own_day(world: World) -> None:
    ref = decided(world, DUE, DUE + DAY)
    assert waits(world, ref, DUE) == {ORGANISER: [DUE, DUE + DAY]}


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_next_dialogue_takes_it_away_unless_it_is_cancelled(
    world: World, cancelled: bool
) -> None:
    ref = decided(world, DUE)
    with writing(world.sessions) as session:
        after: Dialogue = dialogues.follow_up(session, world.actors[ORGANISER], ref, DUE - 2 * DAY)
        if cancelled:
            after.state = DialogueState.CANCELLED
    assert waits(world, ref, DUE - DAY) == ({ORGANISER: [DUE]} if cancelled else {})


def test_a_decision_without_a_review_never_waits(world: World) -> None:
    ref = decided(world, DUE)
    with writing(world.sessions) as session:
        session.query(Decision).update({"review_at": None})
    assert waits(world, ref, DUE) == {}
