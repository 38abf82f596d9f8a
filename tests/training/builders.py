"""Completions for tests: units begun and completed through the service."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.training import Completion
from portal import training
from portal.curriculum import SHIPPED, Unit
from tests.cast import NOW, World

MEDIATOR = "mediator@peace"
TLP: Unit = SHIPPED["tlp"]["en"]


def right(unit: Unit = TLP) -> dict[str, str]:
    """The right answers, by question."""
    return {question.key: question.right.key for question in unit.questions}


def wrong(unit: Unit = TLP) -> dict[str, str]:
    """A wrong answer to each question."""
    return {
        question.key: next(choice.key for choice in question.choices if not choice.right)
        for question in unit.questions
    }


def under_way(
    session: Session, world: World, who: str = MEDIATOR, unit: Unit = TLP, at: datetime = NOW
) -> Completion:
    """A unit that is begun."""
    return training.begin_unit(session, world.actors[who], unit, at)


def completed(
    session: Session, world: World, who: str = MEDIATOR, unit: Unit = TLP, at: datetime = NOW
) -> Completion:
    """A unit that is completed."""
    begun, actor = under_way(session, world, who, unit, at), world.actors[who]
    return training.complete(session, actor, begun.ref, unit=unit, answers=right(unit), now=at)
