"""The contact points that wait: a check to answer, one to verify, a draft to publish."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, exists, literal, or_, select

from models.contacts import ContactCheck, ContactPoint, ContactState
from portal.among import among
from portal.db import in_state
from portal.parameters import HOMES, ME, NOTHING, NOW, SOON
from portal.relations import asked_by_check, unheld
from portal.rules import ANSWER, CONTACTS, PUBLISH, READ, VERIFY
from portal.tasks import Could, OnBehalf, Section, Task, Tasks, could_wait
from portal.words import N_

CURRENT: Final = in_state(ContactPoint, ContactState.CURRENT)
OPEN: Final = (ContactCheck.answered_at.is_(None), ContactCheck.passed_at.is_(None))
EXERCISE: Final = "EXERCISE"  # as in titles of exercises, not translated


def _answer_by() -> Any:
    waiting = select(ContactCheck.answer_by_at).where(ContactCheck.contact_id == ContactPoint.id)
    return waiting.where(*OPEN).correlate(ContactPoint).scalar_subquery()


def _mark() -> ColumnElement[str]:
    played = exists().where(ContactCheck.contact_id == ContactPoint.id, *OPEN)
    return case((played.where(ContactCheck.exercise), literal(EXERCISE)), else_=NOTHING)


def _asked() -> Could:
    # Whoever is in the position answers; of one that nobody is in, whoever keeps it.
    vacant = and_(among(ContactPoint.organisation_id, HOMES), unheld.at(ContactPoint, ME, NOW))
    found = could_wait(ContactPoint.id, ContactPoint.organisation_id, by_at=_answer_by())
    return found.where(
        CURRENT,
        or_(ContactPoint.person_id == ME, vacant),
        asked_by_check.at(ContactPoint, ME, NOW),
    )


def _drafts() -> Could:
    found = could_wait(ContactPoint.id, ContactPoint.organisation_id)
    at_home = among(ContactPoint.organisation_id, HOMES)
    return found.where(in_state(ContactPoint, ContactState.DRAFT), at_home)


def _to_verify() -> Could:
    found = could_wait(ContactPoint.id, ContactPoint.organisation_id, by_at=ContactPoint.stale_at)
    return found.where(
        CURRENT,
        ContactPoint.stale_at <= SOON,
        among(ContactPoint.organisation_id, HOMES),
    )


TASKS: Final = Tasks(
    policy=CONTACTS,
    title=ContactPoint.label,
    title_verb=READ,
    detail=_mark(),
    template="contacts/task.html",
    each=(
        Task(
            ANSWER,
            N_("Answer the check"),
            whose="%(who)s",
            until=N_("answer by"),
            could=_asked(),
            on_behalf=OnBehalf((CURRENT, asked_by_check.at(ContactPoint, ME, NOW)), _answer_by()),
        ),
        Task(
            VERIFY,
            N_("Verify"),
            whose="%(who)s",
            until=N_("verify by"),
            could=_to_verify(),
            page="contacts.verify",
        ),
        Task(
            PUBLISH,
            N_("Finish and publish"),
            whose="%(who)s",
            until="",
            could=_drafts(),
            page="contacts.publish",
            section=Section.DRAFTS,
        ),
    ),
)
