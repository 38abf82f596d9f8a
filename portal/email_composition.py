"""From a row of the outbox to what its e-mail says: asked of the policy and of the rows anew."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from models.stakeholders import Person
from portal.catalogue import OF_NAME, REMINDS, Without
from portal.consent import may_be_sent
from portal.emails import Email, MailSettings
from portal.on_behalf import may_be_notified
from portal.rules import INVITE, OFFERS, READ, RESOURCE_TYPES


def composed(
    session: Session, settings: MailSettings, row: OutboxEmail, now: datetime
) -> Email | None:
    """What the e-mail of a row is made from; None where it may not go to the person any more."""
    resource_type = RESOURCE_TYPES[row.resource_type]
    verb = REMINDS.get((row.template, row.resource_type), READ)
    if not may_be_notified(
        session, row.person_id, resource_type, row.resource_id, row.template, verb, now, row.for_id
    ):
        return None
    invites = (resource_type, row.template) == (OFFERS, INVITE)
    if invites and not may_be_sent(session, row.resource_id, row.secret, now):
        return None
    person = session.get_one(Person, row.person_id)
    whom = session.get_one(Person, row.for_id).name if row.for_id is not None else ""
    about: dict[str, object] = {"secret": row.secret, "on_behalf_of": whom}
    noun = OF_NAME[row.resource_type]
    if not isinstance(noun.email_context, Without):
        about |= noun.email_context(session, person, row.resource_id, now)
    entry = None
    if not isinstance(noun.calendar_entry, Without) and settings.reply_to is not None:
        entry = noun.calendar_entry(session, person, row, settings.base_url, settings.reply_to, now)
    # What asks with a one-time key may ask a place, such as the mailbox of a contact point;
    # in the place of somebody who is away their alternate is asked at their own address.
    place = about if row.secret is not None and row.for_id is None else {}
    return Email(
        key=row.id,
        template=f"{resource_type.name}/{row.template}",
        to_name=str(about.get("typed_name") or place.get("to_name") or person.name),
        to_address=str(place.get("to_address") or person.email),
        zone=person.zone,
        due_at=row.due_at,
        about=about,
        calendar=entry,
    )
