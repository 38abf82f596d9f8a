"""The rows of harm that wait for a person: drafts to publish; and what e-mails may say."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.harm import Harm, HarmState
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, may
from portal.db import in_state
from portal.parameters import HOMES
from portal.rules import HARM, OPEN_BY_MAIL, PUBLISH, READ_TEXT
from portal.tasks import NONE, Could, Section, Task, Tasks, could_wait
from portal.words import N_


def _drafts() -> Could:
    waits = could_wait(Harm.id, Harm.organisation_id, since_at=Harm.changed_at)
    return waits.where(in_state(Harm, HarmState.DRAFT), Harm.organisation_id.in_(HOMES))


TASKS: Final = Tasks(
    policy=HARM,
    title=Harm.title,
    title_verb=READ_TEXT,
    detail=NONE,
    template="overview/task.html",
    each=(
        Task(
            PUBLISH,
            N_("Finish and publish"),
            whose="%(who)s",
            until="",
            could=_drafts(),
            page="harm.publish",
            section=Section.DRAFTS,
        ),
    ),
)


def email_context(
    session: Session, person: Person, harm_id: int, now: datetime
) -> dict[str, object]:
    """What an e-mail about a row of harm may say to this person now: no content above GREEN."""
    harm = session.get_one(Harm, harm_id)
    reader = Actor(person.id, person.name)
    shown = Tlp(harm.tlp) in OPEN_BY_MAIL and may(session, reader, READ_TEXT, HARM, harm.id, now)
    home = session.get_one(Organisation, harm.organisation_id)
    return {
        "ref": harm.ref,
        "tlp": harm.tlp,
        "organisation": home.name if shown else "",
        "title": harm.title if shown else "",
        "due_word": "",
        "due_at": None,
        "due_zone": "",
    }
