"""Training of the demo world: what was learned, what is under way, and what stewards wrote."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal import training, units
from portal.access import Actor
from portal.curriculum import COURSES, EXAMPLE, SHIPPED, Unit

DAY = timedelta(days=1)
# Who completed which unit how many days ago.
DONE = (
    ("mediator@peace", "chatham-house", 20),
    ("mediator@peace", "tlp", 356),
    ("liaison@telco", "tlp", 40),
    ("coordinator@peace", "recording", 11),
)


def train(session: Session, by: dict[str, Actor], now: datetime) -> None:
    """The mediator knows the Chatham House Rule, and reads on phishing."""
    for who, key, days in DONE:
        _complete(session, by[who], SHIPPED[key]["en"], now - days * DAY)
    _write(session, by, now)
    mediator = by["mediator@peace"]
    begun = training.begin_unit(session, mediator, SHIPPED["phishing"]["en"], now - 3 * DAY)
    training.study(session, mediator, begun.ref, 2, now - 3 * DAY)
    taken: date = (now - 60 * DAY).date()
    training.note_course(session, mediator, COURSES[0].key, taken, now - 2 * DAY)


def _write(session: Session, by: dict[str, Actor], now: datetime) -> None:
    # A unit of the stewards, corrected after somebody completed it; a withdrawn one; a draft.
    steward, liaison = by["steward@portal"], by["liaison@telco"]
    begun = now - 24 * DAY
    unit = units.draft_unit(session, steward, EXAMPLE, begun)
    units.publish(session, steward, unit.ref, version=unit.version, now=begun + DAY)
    taught = units.published(session, liaison, unit.ref, begun + 2 * DAY)
    _complete(session, liaison, taught, begun + 2 * DAY)
    added = "\nWhat was asked by message is written down as well.\n"
    units.correct(
        session,
        steward,
        unit.ref,
        text=replace(EXAMPLE, body=EXAMPLE.body + added),
        why="Messages were missing.",
        ends=False,
        version=unit.version,
        now=now - 3 * DAY,
    )
    old = replace(EXAMPLE, title="Whom to call in the old building")
    gone = units.draft_unit(session, steward, old, begun)
    units.publish(session, steward, gone.ref, version=gone.version, now=begun + DAY)
    units.withdraw(session, steward, gone.ref, lift=False, now=now - 12 * DAY)
    title = "Who may enter the rooms of the talks"
    summary = "What whoever sits at the door asks for, and whom they call."
    units.draft_unit(session, steward, replace(EXAMPLE, title=title, summary=summary), now - DAY)


def _complete(session: Session, by: Actor, unit: Unit, at: datetime) -> None:
    begun = training.begin_unit(session, by, unit, at)
    answers = {question.key: question.right.key for question in unit.questions}
    training.complete(session, by, begun.ref, unit=unit, answers=answers, now=at)
