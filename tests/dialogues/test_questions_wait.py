"""A question waits for each delegation that has not answered, then for whoever says the outcome."""

import pytest

from models.dialogues import Dialogue
from portal import dialogues
from portal.db import reading, writing
from portal.overview import first_page
from portal.rules.verbs import CLOSE_DECISION, DECIDE
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.decision_builders import (
    BANK,
    CLOUD,
    TELCO,
    answered,
    asked,
    closed,
    seated,
)

pytestmark = pytest.mark.both_engines
WHO = (ORGANISER, TELCO, "colleague@telco", CLOUD, BANK, "mediator@peace")


def waits_for(world: World, dialogue: Dialogue, verb: str) -> list[str]:
    """Who has this to do in the dialogue, once each."""
    with reading(world.sessions) as session:
        rows = {who: first_page(session, world.actors[who], NOW).waiting for who in WHO}
    found = {who: [one.ref for one in mine if one.verb == verb] for who, mine in rows.items()}
    assert all(refs in ([], [dialogue.ref]) for refs in found.values())
    return sorted(who for who, refs in found.items() if refs)


@pytest.mark.parametrize("text", [{}, {"rule": "chatham"}])
def test_it_waits_for_each_delegation_until_it_has_answered(
    world: World, text: dict[str, str]
) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world, **text)
        first, second = (asked(session, world, dialogue) for _ in range(2))
    assert waits_for(world, dialogue, DECIDE) == ["colleague@telco", CLOUD, TELCO]
    with writing(world.sessions) as session:
        answered(session, world, dialogue, first, "cloud")
        answered(session, world, dialogue, first, "telco")
        answered(session, world, dialogue, second, "cloud")
    assert waits_for(world, dialogue, DECIDE) == ["colleague@telco", TELCO]
    with writing(world.sessions) as session:
        closed(session, world, dialogue, second)
    assert waits_for(world, dialogue, DECIDE) == []


def test_one_that_is_closed_waits_for_its_outcome(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
    assert waits_for(world, dialogue, CLOSE_DECISION) == []
    with writing(world.sessions) as session:
        actor, who = world.actors[ORGANISER], (dialogue.ref, decision.id)
        dialogues.close_decision(session, actor, *who, now=NOW)
    assert waits_for(world, dialogue, CLOSE_DECISION) == [ORGANISER]
    with writing(world.sessions) as session:
        closed_with = dialogues.Outcome("So be it.", carried=True)
        dialogues.close_decision(session, actor, *who, outcome=closed_with, now=NOW)
    assert waits_for(world, dialogue, CLOSE_DECISION) == []
