"""The ladder of contact points: their organisation verifies them, or they are stale."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.contacts import ContactPoint
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.contacts.checking import waiting_check
from portal.ladders import Ladder, after, seconds
from portal.rules import CONTACTS, OPEN_BY_MAIL, VERIFY
from portal.words import N_

LADDERS: Final = (
    Ladder(
        CONTACTS,
        VERIFY,
        ContactPoint.stale_at,
        seconds(ContactPoint.stale_at),
        after("contact-stale", 0, 7, 28),
        homes=(ContactPoint.organisation_id,),
        notified_at=ContactPoint.verified_at,
    ),
)


def email_context(session: Session, _person: Person, key: int, _now: datetime) -> dict[str, object]:
    """What an e-mail about a contact point may say: never how to reach it."""
    contact = session.get_one(ContactPoint, key)
    organisation = session.get_one(Organisation, contact.organisation_id)
    shown = Tlp(contact.tlp) in OPEN_BY_MAIL
    waiting = waiting_check(session, key)
    return {
        "ref": contact.ref,
        "tlp": contact.tlp,
        "title": contact.label if shown else "",
        "organisation": organisation.name if shown else "",
        "due_word": N_("Verify by"),
        "due_at": contact.stale_at,
        "due_zone": "",
        # Of a check, which goes to the address that it asks about.
        "answer_by_at": waiting.answer_by_at if waiting else None,
        "exercise": waiting.exercise if waiting else False,
        "to_address": contact.email,
        "to_name": contact.label,
        "red": contact.tlp == Tlp.RED,
    }
