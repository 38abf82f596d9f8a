"""Contact points for tests: written, published, by people of the cast."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.contacts import ContactPoint
from models.vocabulary import Tlp
from portal import contacts
from portal.contacts import ContactText
from portal.contacts.duty import Shift
from tests.cast import NOW, World
from tests.factories import to

TELCO, COLLEAGUE, CLOUD = "liaison@telco", "colleague@telco", "liaison@cloud"
BANK, MEDIATOR = "liaison@bank", "mediator@peace"
OFFICE_HOURS = tuple(Shift(day, "08:00", "16:00") for day in range(5))
PHONE = "+358 9 5550 0101"


def said(**values: Any) -> ContactText:
    """The text of a contact point; every field can be said otherwise."""
    given = {
        "purpose": "duty",
        "label": "Duty officer",
        "tlp": Tlp.AMBER_STRICT,
        "email": "duty@telco.example",
        "phones": (PHONE,),
        "zone": "Europe/Helsinki",
        "hours": OFFICE_HOURS,
        "languages": ("en", "fi"),
    } | values
    return ContactText(**(given | {"tlp": Tlp(given["tlp"])}))


def drafted(
    session: Session,
    world: World,
    *names: str,
    by: str = TELCO,
    at: datetime = NOW,
    **values: Any,
) -> ContactPoint:
    """A draft of the person's organisation, to be shown to these."""
    home = world.organisations[by.partition("@")[2]]
    return contacts.add_contact(
        session, world.actors[by], home.ref, text=said(**values), to=to(world, *names), now=at
    )


def published(
    session: Session,
    world: World,
    *names: str,
    by: str = TELCO,
    at: datetime = NOW,
    **values: Any,
) -> ContactPoint:
    """A published contact point, shown to these."""
    contact = drafted(session, world, *names, by=by, at=at, **values)
    contacts.publish(session, world.actors[by], contact.ref, at)
    return contact


def typed(world: World, **values: str) -> dict[str, str]:
    """What a liaison of Telco types into the form of a new contact point."""
    return {
        "organisation": world.organisations["telco"].ref,
        "purpose": "duty",
        "label": "Duty officer",
        "person_id": "0",
        "email": "duty@telco.example",
        "phones": PHONE,
        "languages": "English, fi",
        "zone": "Europe/Helsinki",
        "hours-0-begins": "08:00",
        "hours-0-ends": "16:00",
        "place": "1",
        "tlp": "AMBER+STRICT",
    } | values
