"""Whoever is silent in a poll is asked again, and nobody else; letters of a poll name nothing."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.dialogues import Delegation
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.dialogues.made import ORGANISER
from tests.dialogues.polled import (
    BANK,
    CLOUD,
    COLLEAGUE,
    TELCO,
    answered,
    named,
    polled,
    posted,
    told,
)
from tests.pages import Visitor

Come = Callable[..., Visitor]
HOUR = timedelta(hours=1)
FORWARD = datetime(2027, 3, 28, 3, 30)  # noqa: DTZ001 - left out in Helsinki
BACK = datetime(2027, 10, 31, 3, 30)  # noqa: DTZ001 - there twice


def test_the_silent_are_asked_again_and_nobody_else(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco", "cloud", "bank")
        answered(session, world, dialogue, CLOUD, "yes", "no", "if-need-be")
        ref = dialogue.ref
    organiser = come(ORGANISER)
    answer = organiser.post(f"/dialogues/{ref}/nudge")
    assert "2 delegations are asked again" in organiser.follow(answer).words
    assert told(world, ref, "nudge") == [COLLEAGUE, BANK, TELCO]
    with reading(world.sessions) as session:
        asked = {row.nudged_at for row in session.scalars(select(Delegation))}
    assert asked == {NOW, None}


def test_nobody_is_asked_twice_within_twenty_hours(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        ref, actor = dialogue.ref, world.actors[ORGANISER]
        assert dialogues.nudge(session, actor, ref, NOW) == 2
    organiser = come(ORGANISER, NOW + 20 * HOUR - timedelta(seconds=1))
    page = organiser.follow(organiser.post(f"/dialogues/{ref}/nudge"))
    assert "within the last 20 hours" in page.words
    with writing(world.sessions) as session:
        answered(session, world, dialogue, TELCO, "yes", "yes", "yes")
        assert dialogues.nudge(session, actor, ref, NOW + 20 * HOUR) == 1
        answered(session, world, dialogue, CLOUD, "no", "no", "no")
        with pytest.raises(Invalid, match="nudge"):
            dialogues.nudge(session, actor, ref, NOW + 50 * HOUR)
    assert told(world, ref, "nudge") == sorted([COLLEAGUE, CLOUD, TELCO, CLOUD])


def test_of_a_side_that_answers_by_person_those_who_are_silent_are_asked(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco:2", "cloud", by_person=True)
        named(session, world, dialogue, TELCO, COLLEAGUE)
        answered(session, world, dialogue, TELCO, "yes", "no", "no")
        dialogues.nudge(session, world.actors[ORGANISER], dialogue.ref, NOW)
    assert told(world, dialogue.ref, "nudge") == [COLLEAGUE, CLOUD]


def test_a_letter_of_the_poll_names_nothing_above_green(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, title="Canary talks")
        dialogues.nudge(session, world.actors[ORGANISER], dialogue.ref, NOW)
    letters = posted(world, dialogue.ref)
    assert {re.sub(r".*: ", "", str(letter["Subject"])) for letter in letters} == {
        "availability poll",
        "answer missing in the availability poll",
    }
    for letter in letters:
        assert str(letter["Subject"]).startswith(f"[TLP:AMBER+STRICT] {dialogue.ref}: ")
        assert f"/dialogues/{dialogue.ref}" in letter.get_content()
        assert "Canary" not in str(letter)
