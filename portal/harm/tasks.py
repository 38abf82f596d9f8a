"""The rows of harm that wait for a person, to agree or to publish; and what e-mails may say."""

from datetime import datetime
from typing import Final

from sqlalchemy import exists, or_
from sqlalchemy.orm import Session

from models.harm import Harm, HarmState
from models.notices import Notice
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, may
from portal.among import among
from portal.db import in_state
from portal.parameters import HOMES, ME, NOTHING
from portal.rules import ASK_CONSENT, CONSENT, HARM, OPEN_BY_MAIL, PUBLISH, READ_TEXT
from portal.tasks import Could, Section, Task, Tasks, could_wait
from portal.words import N_


def _own(state: HarmState) -> Could:
    waits = could_wait(Harm.id, Harm.organisation_id, since_at=Harm.changed_at)
    return waits.where(in_state(Harm, state), among(Harm.organisation_id, HOMES))


def _on_own_notice() -> Could:
    # From the rows in question, few, to their notices.
    own = or_(among(Notice.organisation_id, HOMES), Notice.author_id == ME)
    asked = exists().where(Notice.id == Harm.notice_id, own)
    waits = could_wait(Harm.id, Harm.organisation_id, since_at=Harm.asked_at)
    return waits.where(in_state(Harm, HarmState.ASKED), asked)


TASKS: Final = Tasks(
    policy=HARM,
    title=Harm.title,
    title_verb=READ_TEXT,
    detail=NOTHING,
    template="overview/task.html",
    each=(
        Task(
            CONSENT,
            N_("Answer whether it may go wider than your notice"),
            whose="%(who)s",
            until="",
            could=_on_own_notice(),
        ),
        Task(
            PUBLISH,
            N_("Publish the row of harm"),
            whose="%(who)s",
            until="",
            could=_own(HarmState.ASKED),
            page="harm.publish",
        ),
        Task(
            PUBLISH,
            N_("Finish and publish"),
            whose="%(who)s",
            until="",
            could=_own(HarmState.DRAFT),
            page="harm.publish",
            section=Section.DRAFTS,
        ),
        # One that is wider than the notice of others that it is about.
        Task(
            ASK_CONSENT,
            N_("Finish, and ask for consent"),
            whose="%(who)s",
            until="",
            could=_own(HarmState.DRAFT),
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
