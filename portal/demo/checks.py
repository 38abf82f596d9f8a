"""Self-checks of the demo world: a mediator's before and after, and one that is not finished."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.readiness import Scope, SelfCheck
from portal import readiness
from portal.access import Actor
from portal.days import day_of
from portal.readiness import Answer, asked_of
from portal.sealing import Sealer

# What a mediator answers at first, where it is not yes.
BEFORE = {
    "mfa": Answer.PARTLY,
    "account-recovery": Answer.UNKNOWN,
    "devices": Answer.NO,
    "hardened-mode": Answer.NO,
    "footprint": Answer.PARTLY,
    "course-taken": Answer.NO,
}
AFTER = {"hardened-mode": Answer.NO, "footprint": Answer.PARTLY}
SO_FAR = {"incident-reporting": Answer.YES, "secure-comms": Answer.PARTLY}


def check_readiness(session: Session, mediator: Actor, sealer: Sealer, now: datetime) -> None:
    """The mediator has looked at their own risk twice, and begins with the delegation's."""
    day = timedelta(days=1)
    first = readiness.begin_self_check(session, mediator, Scope.PERSON, now - 25 * day)
    _complete(session, mediator, first, sealer, BEFORE, now - 25 * day)
    second = readiness.renew(session, mediator, first.ref, sealer, now - 4 * day)
    _complete(session, mediator, second, sealer, AFTER, now - 4 * day)
    third = readiness.begin_self_check(session, mediator, Scope.DELEGATION, now - 2 * day)
    readiness.answer(
        session,
        mediator,
        third.ref,
        answers=SO_FAR,
        version=third.version,
        sealer=sealer,
        now=now - 2 * day,
    )


def _complete(
    session: Session,
    by: Actor,
    check: SelfCheck,
    sealer: Sealer,
    said: dict[str, Answer],
    at: datetime,
) -> None:
    answers = {question.key: Answer.YES for question in asked_of(check.scope)} | said
    readiness.complete(
        session,
        by,
        check.ref,
        answers=answers,
        look_again_on=day_of(at, by.zone) + timedelta(days=90),
        version=check.version,
        sealer=sealer,
        now=at,
    )
