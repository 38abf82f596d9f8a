"""Self-checks for tests: begun, answered, completed."""

from datetime import date

from sqlalchemy.orm import Session

from models.readiness import Scope, SelfCheck
from portal import readiness
from portal.readiness import Answer, asked_of
from portal.sealing import Sealer
from tests.cast import NOW, World

SEALER = Sealer(b"k" * 32)
MEDIATOR = "mediator@peace"
AGAIN = date(2027, 3, 1)


def begun(
    session: Session, world: World, who: str = MEDIATOR, scope: Scope = Scope.PERSON
) -> SelfCheck:
    """A self-check without an answer."""
    return readiness.begin_self_check(session, world.actors[who], scope, NOW)


def completed(
    session: Session,
    world: World,
    who: str = MEDIATOR,
    *,
    sealer: Sealer = SEALER,
    scope: Scope = Scope.PERSON,
    **answers: Answer,
) -> SelfCheck:
    """A completed one: `answers` by question, all others yes."""
    check = begun(session, world, who, scope)
    said = {question.key: Answer.YES for question in asked_of(scope)}
    readiness.complete(
        session,
        world.actors[who],
        check.ref,
        answers=said | answers,
        look_again_on=AGAIN,
        version=check.version,
        sealer=sealer,
        now=NOW,
    )
    return check
