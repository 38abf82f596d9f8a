"""The verbs of a self-check: begun, answered, completed, renewed, erased; by its respondent."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.readiness import CheckState, Scope, SelfCheck
from models.stakeholders import Person
from portal.access import Actor
from portal.days import day_of, end_of
from portal.db import in_state
from portal.errors import TooLate, refuse
from portal.ledger import create, transition
from portal.readiness.answers import seal_answers, sealed_again
from portal.readiness.questions import asked_of
from portal.readiness.shapes import Answers
from portal.rules import ANSWER, BEGIN_SELF_CHECK, COMPLETE, ERASE, PEOPLE, READINESS, RENEW
from portal.sealing import Sealer
from portal.words import N_

LONGEST: Final = 400  # days until one looks again


def begin_self_check(session: Session, actor: Actor, scope: Scope, now: datetime) -> SelfCheck:
    """Begin one; where one of the same scope is being answered, it is that one."""
    person = session.get_one(Person, actor.person_id)
    with transition(session, actor, BEGIN_SELF_CHECK, PEOPLE, person.ref, now):
        return _begun(session, actor, BEGIN_SELF_CHECK, scope, now)


def answer(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    answers: Answers,
    version: int,
    sealer: Sealer,
    now: datetime,
) -> None:
    """Keep what is answered so far; `version` is the one that the respondent had before their eyes.

    Raises TooLate where the answers were saved from another page meanwhile.
    """
    with transition(session, actor, ANSWER, READINESS, ref, now) as check:
        _keep(check, ANSWER, answers, version, sealer, now)


def complete(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    answers: Answers,
    look_again_on: date | None,
    version: int,
    sealer: Sealer,
    now: datetime,
) -> None:
    """Complete a self-check in which every question is answered.

    `look_again_on` is a day in the respondent's zone. Raises Invalid for each question without an
    answer and for a day that is not ahead, TooLate as `answer` does.
    """
    with transition(session, actor, COMPLETE, READINESS, ref, now) as check:
        _keep(check, COMPLETE, answers, version, sealer, now)
        refuse(_left_open(check.scope, answers) | _day_problem(look_again_on, actor.zone, now))
        check.completed_at = now
        if look_again_on is not None:
            check.look_again_on, check.zone = look_again_on, actor.zone
            check.look_again_at = end_of(look_again_on, actor.zone)


def renew(session: Session, actor: Actor, ref: str, sealer: Sealer, now: datetime) -> SelfCheck:
    """Begin the next one of the same scope, with the answers of this one to start from.

    Where one of the same scope is being answered, it is that one, with its own answers.
    """
    with transition(session, actor, RENEW, READINESS, ref, now) as check:
        following = _begun(session, actor, RENEW, Scope(check.scope), now)
        if not following.sealed:
            following.sealed = sealed_again(sealer, check, following)
    return following


def erase(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Erase the answers; that there was a self-check stays in the trail."""
    with transition(session, actor, ERASE, READINESS, ref, now) as check:
        check.sealed, check.changed_at = b"", now
        check.look_again_on = check.look_again_at = None


def _begun(session: Session, actor: Actor, verb: str, scope: Scope, now: datetime) -> SelfCheck:
    being_answered = select(SelfCheck).where(
        SelfCheck.person_id == actor.person_id,
        SelfCheck.scope == scope,
        in_state(SelfCheck, CheckState.OPEN),
    )
    if (there := session.scalar(being_answered)) is not None:
        return there
    check = SelfCheck(
        ref=new_reference(READINESS.prefix, now.year),
        person_id=actor.person_id,
        scope=scope,
        state=CheckState.OPEN,
        sealed=b"",
        created_at=now,
        changed_at=now,
        zone=actor.zone,
    )
    create(session, actor, verb, READINESS, check, now)
    return check


def _keep(
    check: SelfCheck, verb: str, answers: Answers, version: int, sealer: Sealer, now: datetime
) -> None:
    if check.version != version:
        raise TooLate(verb)
    seal_answers(sealer, check, answers)
    check.changed_at = now


def _left_open(scope: str, answers: Answers) -> dict[str, str]:
    return {
        question.key: N_("Choose an answer. “I do not know” is one.")
        for question in asked_of(scope)
        if question.key not in answers
    }


def _day_problem(day: date | None, zone: str, now: datetime) -> dict[str, str]:
    today = day_of(now, zone)
    if day is None or 1 <= (day - today).days <= LONGEST:
        return {}
    return {"look_again_on": N_("Give a day from tomorrow to 400 days ahead.")}
