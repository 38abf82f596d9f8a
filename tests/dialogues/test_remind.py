"""Whoever is silent in a poll is asked again, and nobody else; e-mails of a poll name nothing."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.dialogues import Delegation
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.poll_builders import (
    BANK,
    CLOUD,
    COLLEAGUE,
    HOUR,
    TELCO,
    answered,
    named,
    notified,
    polled,
    posted,
)
from tests.mail import text_of, whole
from tests.pages import Visitor

Come = Callable[..., Visitor]


def test_the_silent_are_asked_again_and_nobody_else(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco", "cloud", "bank")
        answered(session, world, dialogue, CLOUD, "yes", "no", "if-need-be")
        ref = dialogue.ref
    organiser = come(ORGANISER)
    answer = organiser.post(f"/dialogues/{ref}/remind")
    assert "2 delegations have been reminded" in organiser.follow(answer).words
    assert notified(world, ref, "remind") == [COLLEAGUE, BANK, TELCO]
    with reading(world.sessions) as session:
        asked = {row.reminded_at for row in session.scalars(select(Delegation))}
    assert asked == {NOW, None}


def test_nobody_is_asked_twice_within_twenty_hours(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        ref, actor = dialogue.ref, world.actors[ORGANISER]
        assert dialogues.remind(session, actor, ref, NOW) == 2
    organiser = come(ORGANISER, NOW + 20 * HOUR - timedelta(seconds=1))
    page = organiser.follow(organiser.post(f"/dialogues/{ref}/remind"))
    assert "within the last 20 hours" in page.words
    with writing(world.sessions) as session:
        answered(session, world, dialogue, TELCO, "yes", "yes", "yes")
        assert dialogues.remind(session, actor, ref, NOW + 20 * HOUR) == 1
        answered(session, world, dialogue, CLOUD, "no", "no", "no")
        with pytest.raises(Invalid, match="remind"):
            dialogues.remind(session, actor, ref, NOW + 50 * HOUR)
    assert notified(world, ref, "remind") == sorted([COLLEAGUE, CLOUD, TELCO, CLOUD])


def test_of_a_side_that_answers_by_person_those_who_are_silent_are_asked(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco:2", "cloud", by_person=True)
        named(session, world, dialogue, TELCO, COLLEAGUE)
        answered(session, world, dialogue, TELCO, "yes", "no", "no")
        dialogues.remind(session, world.actors[ORGANISER], dialogue.ref, NOW)
    assert notified(world, dialogue.ref, "remind") == [COLLEAGUE, CLOUD]


def test_a_email_of_the_poll_names_nothing_above_green(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, title="Canary talks")
        dialogues.remind(session, world.actors[ORGANISER], dialogue.ref, NOW)
    emails = posted(world, dialogue.ref)
    assert {re.sub(r".*: ", "", str(email["Subject"])) for email in emails} == {
        "availability poll",
        "response missing in the availability poll",
    }
    for email in emails:
        assert str(email["Subject"]).startswith(f"[TLP:AMBER+STRICT] {dialogue.ref}: ")
        assert "/dialogues/answer-poll/" in text_of(email), "one link, which answers"
        assert "Canary" not in whole(email)
