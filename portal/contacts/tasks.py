"""The contact points that wait for their organisation: a draft to publish, one to verify."""

from typing import Final

from models.contacts import ContactPoint, ContactState
from portal.db import in_state
from portal.parameters import HOMES, SOON
from portal.rules import CONTACTS, PUBLISH, READ, VERIFY
from portal.tasks import NONE, Could, Section, Task, Tasks, could_wait
from portal.words import N_


def _drafts() -> Could:
    found = could_wait(ContactPoint.id, ContactPoint.organisation_id)
    at_home = ContactPoint.organisation_id.in_(HOMES)
    return found.where(in_state(ContactPoint, ContactState.DRAFT), at_home)


def _to_verify() -> Could:
    found = could_wait(ContactPoint.id, ContactPoint.organisation_id, by_at=ContactPoint.stale_at)
    return found.where(
        in_state(ContactPoint, ContactState.CURRENT),
        ContactPoint.stale_at <= SOON,
        ContactPoint.organisation_id.in_(HOMES),
    )


TASKS: Final = Tasks(
    policy=CONTACTS,
    title=ContactPoint.label,
    title_verb=READ,
    detail=NONE,
    template="overview/task.html",
    each=(
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
