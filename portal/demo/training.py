"""Training of the demo world: what was learned, what is under way, and what expires soon."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal import training
from portal.access import Actor
from portal.curriculum import COURSES, SHIPPED

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
        _complete(session, by[who], key, now - days * DAY)
    mediator = by["mediator@peace"]
    begun = training.begin_unit(session, mediator, SHIPPED["phishing"]["en"], now - 3 * DAY)
    training.study(session, mediator, begun.ref, 2, now - 3 * DAY)
    taken: date = (now - 60 * DAY).date()
    training.note_course(session, mediator, COURSES[0].key, taken, now - 2 * DAY)


def _complete(session: Session, by: Actor, key: str, at: datetime) -> None:
    unit = SHIPPED[key]["en"]
    begun = training.begin_unit(session, by, unit, at)
    answers = {question.key: question.right.key for question in unit.questions}
    training.complete(session, by, begun.ref, unit=unit, answers=answers, now=at)
