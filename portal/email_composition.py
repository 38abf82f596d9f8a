"""From a row of the outbox to what its e-mail says: asked of the policy and of the rows anew."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from models.stakeholders import Person, Standing
from models.vocabulary import Tlp
from portal.catalogue import OF_NAME, REMINDS, Without
from portal.catalogue.noun import NO_ENTRY
from portal.consent import may_be_sent
from portal.digests import DIGEST, gathered_in
from portal.emails import Email, MailSettings, summed_up
from portal.on_behalf import acts_by, asked_instead, may_be_notified
from portal.rules import (
    ASKS_FOR,
    INVITE,
    OFFERS,
    PEOPLE,
    READ,
    RESOURCE_TYPES,
    TELLS_OF,
    comes_back,
)
from portal.still_due import deadline_of, is_reminder

# How much a summary says; the rest is counted.
MOST_SUMMED: Final = 60
NO_ZONE: Final = "UTC"


def composed(
    session: Session, settings: MailSettings, row: OutboxEmail, now: datetime
) -> Email | None:
    """What the e-mail of a row is made from; None where it may not go to the person any more."""
    if (row.resource_type, row.template) == (PEOPLE.name, DIGEST):
        return _summary(session, settings, row, now)
    resource_type = RESOURCE_TYPES[row.resource_type]
    verb = REMINDS.get((row.template, row.resource_type), READ)
    if not may_be_notified(
        session, row.person_id, resource_type, row.resource_id, row.template, verb, now, row.for_id
    ):
        return None
    about: dict[str, object] = {"secret": row.secret}
    if is_reminder(row):
        # Whoever may do it may have done it since: the policy alone does not tell.
        about["deadline"] = deadline_of(session, row, now)
        if about["deadline"] is None:
            return None
    invites = (resource_type, row.template) == (OFFERS, INVITE)
    if invites and not may_be_sent(session, row.resource_id, row.secret, now):
        return None
    person = session.get_one(Person, row.person_id)
    whom = session.get_one(Person, row.for_id).name if row.for_id is not None else ""
    about["on_behalf_of"] = whom
    if row.for_id is not None and (row.template, row.resource_type) not in TELLS_OF:
        held = ASKS_FOR.get((row.template, row.resource_type), verb)
        asked = (row.person_id, row.for_id, resource_type, row.resource_id, held, now)
        about["whose"] = f"?for={acts_by(session, *asked)}"
    noun = OF_NAME[row.resource_type]
    if not isinstance(noun.email_context, Without):
        about |= noun.email_context(session, person, row.resource_id, now)
    entry = None
    # A calendar is that of whoever comes: an alternate answers on the page.
    calendar = noun.calendar_entry if row.for_id is None else NO_ENTRY
    if not isinstance(calendar, Without) and settings.reply_to is not None:
        entry = calendar(session, person, row, settings.base_url, settings.reply_to, now)
    # What asks with a one-time key may ask a place, such as the mailbox of a contact point;
    # in the place of somebody who is away their alternate is asked at their own address.
    place = about if row.secret is not None and row.for_id is None else {}
    return Email(
        key=row.id,
        template=f"{resource_type.name}/{row.template}",
        to_name=str(about.get("typed_name") or place.get("to_name") or person.name),
        to_address=str(place.get("to_address") or person.email),
        # Their own zone would tell who has an account from who has none.
        zone=NO_ZONE if invites else person.zone,
        due_at=row.due_at,
        about=about,
        calendar=entry,
    )


def returned(session: Session, row: OutboxEmail, now: datetime) -> dict[str, int | None] | None:
    """To whom an e-mail goes that an alternate cannot have any more, and in whose place.

    It goes to whoever is back, or to their alternate of now; to nobody (None) where they have got
    theirs. Whether they may have it is asked when it goes.
    """
    if row.for_id is None or not comes_back(row.template, row.resource_type):
        return None
    kind = (row.template, row.resource_type)
    verb = ASKS_FOR.get(kind) or REMINDS.get(kind, READ)
    resource_type = RESOURCE_TYPES[row.resource_type]
    instead = asked_instead(session, resource_type, row.resource_id, verb, row.for_id, now)
    if instead == row.person_id:
        return None
    if instead is None:
        return {"person_id": row.for_id, "for_id": None}
    return {"person_id": instead, "for_id": row.for_id}


def _summary(
    session: Session, settings: MailSettings, row: OutboxEmail, now: datetime
) -> Email | None:
    # Of each e-mail the policy is asked as if it went by itself; what says the same is said once.
    person = session.get_one(Person, row.person_id)
    if person.state != Standing.ACTIVE:
        return None
    rows = gathered_in(session, row.id, MOST_SUMMED + 1)
    once = {(one.resource_type, one.resource_id, one.template): one for one in rows[:MOST_SUMMED]}
    emails = [composed(session, settings, one, now) for one in once.values()]
    allowed = [email for email in emails if email is not None]
    if not allowed:
        return None
    markings = [Tlp(str(email.about["tlp"])) for email in allowed]
    about = {
        "ref": person.ref,
        "tlp": Tlp.strictest(markings),
        "title": "",
        "lines": [summed_up(email, settings) for email in allowed],
        "more": len(rows) > MOST_SUMMED,
        "due_at": None,
    }
    return Email(
        key=row.id,
        template=f"{PEOPLE.name}/{DIGEST}",
        to_name=person.name,
        to_address=person.email,
        zone=person.zone,
        due_at=row.due_at,
        about=about,
    )
