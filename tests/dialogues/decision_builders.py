"""Questions for tests, put and answered through the service as the people of the cast."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.records import Decision, DecisionAnswer
from portal import dialogues
from portal.db import reading
from portal.dialogues import Outcome
from tests.cast import NOW, World
from tests.commitments.builders import speaker
from tests.dialogues.builders import ORGANISER
from tests.dialogues.later_builders import comes, held, side_of

TELCO, CLOUD, BANK = "liaison@telco", "liaison@cloud", "liaison@bank"
QUESTION = "Shall we meet again in spring?"


def seated(session: Session, world: World, *sides: str, **text: Any) -> Dialogue:
    """A dialogue that is held, with somebody of each side; Telco and Cloud unless said."""
    sides = sides or ("telco", "cloud")
    dialogue = held(session, world, *sides, **text)
    for home in sides:
        comes(session, world, dialogue, speaker(home.partition("=")[0]), came=True)
    return dialogue


def asked(session: Session, world: World, dialogue: Dialogue, **said: Any) -> Decision:
    """A question, put by an organiser."""
    said = {"text": QUESTION, "now": NOW} | said
    return dialogues.call_decision(session, world.actors[ORGANISER], dialogue.ref, **said)


def answered(
    session: Session,
    world: World,
    dialogue: Dialogue,
    decision: Decision,
    home: str,
    stance: str = "agree",
    reason: str = "",
    **said: Any,
) -> None:
    """A delegation answers, by whoever speaks for it."""
    said = {"side_id": side_of(session, world, dialogue, home).id, "now": NOW} | said
    actor = world.actors[said.pop("by", speaker(home))]
    dialogues.decide(
        session, actor, dialogue.ref, decision.id, stance=stance, reason=reason, **said
    )


def closed(
    session: Session, world: World, dialogue: Dialogue, decision: Decision, **said: Any
) -> None:
    """The answers are ended, and an outcome is said."""
    actor, who = world.actors[ORGANISER], (dialogue.ref, decision.id)
    dialogues.close_decision(session, actor, *who, now=NOW)
    outcome = Outcome(**({"words": "So be it.", "carried": True} | said))
    dialogues.close_decision(session, actor, *who, outcome=outcome, now=NOW)


def answers(world: World, decision: Decision) -> list[DecisionAnswer]:
    """The answers as the table holds them."""
    with reading(world.sessions) as session:
        rows = select(DecisionAnswer).where(DecisionAnswer.decision_id == decision.id)
        return list(session.scalars(rows))
