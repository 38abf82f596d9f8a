"""Completions for tests: units begun and completed through the service."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.stakeholders import Membership, Role
from models.training import Act, Completion, Requirement
from portal import training
from portal.curriculum import SHIPPED, Unit
from portal.db import writing
from tests.cast import BEGINNING, NOW, World

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


def required(world: World, act: Act, home: str = "", unit: Unit = TLP) -> int:
    """A unit is required before an act: of everybody, or by an organisation. Gives its key."""
    with writing(world.sessions) as session:
        of = {"organisation_id": world.organisations[home].id if home else None}
        by = world.actors["steward@portal"].person_id
        row = Requirement(act=act, unit=unit.key, by_id=by, at=NOW, **of)
        session.add(row)
        session.flush()
        return row.id


def learned(world: World, who: str, unit: Unit = TLP, at: datetime = NOW) -> None:
    """Somebody completes a unit."""
    with writing(world.sessions) as session:
        completed(session, world, who, unit, at)


def administers(world: World, who: str) -> None:
    """Somebody looks after the people of their organisation."""
    with writing(world.sessions) as session:
        home = world.organisations[who.partition("@")[2]]
        whose = {"person_id": world.actors[who].person_id, "organisation_id": home.id}
        session.add(Membership(role=Role.ADMIN, begins_at=BEGINNING, **whose))
