"""The days of contact points in the calendar: by when their organisation verifies them."""

from typing import Final

from models.contacts import ContactPoint, ContactState
from portal.among import among
from portal.dated import Could, Dated, Dates, could_fall
from portal.db import in_state
from portal.parameters import HOMES
from portal.rules import CONTACTS, READ, VERIFY
from portal.words import N_


def _to_verify() -> Could:
    at_home = among(ContactPoint.organisation_id, HOMES)
    due = could_fall(ContactPoint.id, ContactPoint.stale_at)
    return due.where(in_state(ContactPoint, ContactState.CURRENT), at_home)


DATES: Final = Dates(
    policy=CONTACTS,
    title=ContactPoint.label,
    title_verb=READ,
    each=(Dated("verify", N_("verify by"), VERIFY, _to_verify()),),
)
