"""Contact points as files: what a person may see and take along, in the trail as other exports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case
from sqlalchemy.orm import Session

from models.contacts import ContactPoint
from portal.access import Actor, authorize, beside_read, predicate
from portal.contacts.duty import shifts_of
from portal.contacts.hours import hours_text
from portal.contacts.listing import MOST, Filter, fits, rows_in_use
from portal.ledger import audit
from portal.parameters import KEY, ME, NOTHING, NOW, at_most, ready
from portal.receipts import export_of_many
from portal.rules import CONTACTS, EXPORT, READ_LEDGER

# The heads of a table are those that the import reads.
HEADS: Final = (
    "reference", "organisation", "purpose", "label", "holder", "tlp", "email", "second_email",
    "phones", "phone_any_hour", "channels", "zone", "hours", "round_the_clock", "languages",
    "place", "openpgp", "smime", "constituency", "authority", "note", "check_every",
    "verified_at", "verified_how", "stale_at",
)  # fmt: skip


def export(session: Session, actor: Actor, ref: str, now: datetime) -> list[Any]:
    """One contact point to take along; raises NotFound for one that the person may not see."""
    contact = authorize(session, actor, EXPORT, CONTACTS, ref, now)
    audit(session, actor, EXPORT, CONTACTS, contact, now, format="vcard")
    asked = Filter().values(actor, now) | {KEY.key: contact.id}
    return list(session.execute(ONE, asked))


def export_many(
    session: Session, actor: Actor, now: datetime, *, narrowed: Filter, made_as: str
) -> list[Any]:
    """Those of a list that the person may take along, at most 500."""
    rows = session.execute(EVERY, narrowed.values(actor, now)).all()
    taken = [(row.id, row.version) for row in rows]
    export_of_many(session, actor, CONTACTS, taken, now, made_as=made_as)
    return list(rows)


def as_table(rows: Sequence[Any]) -> list[list[Any]]:
    """The rows of a table with `HEADS`."""
    return [
        [
            row.ref, row.organisation, row.purpose, row.label, row.holder, row.tlp, row.email,
            row.second_email, ", ".join(row.phones), row.phone_any_hour, row.channels, row.zone,
            hours_text(shifts_of(row.hours)), "yes" if row.round_the_clock else "no",
            ", ".join(row.languages), row.place, row.openpgp, row.smime, row.constituency,
            row.authority, row.note, row.check_every, row.verified_at, row.verified_how,
            row.stale_at,
        ]
        for row in rows
    ]  # fmt: skip


# As on its page, whoever sees its checks sees how often there is one.
OWN: Final = predicate(CONTACTS, READ_LEDGER, ME, NOW)
MORE: Final = (
    ContactPoint.second_email,
    ContactPoint.openpgp,
    ContactPoint.smime,
    ContactPoint.constituency,
    ContactPoint.authority,
    ContactPoint.note,
    case((OWN, ContactPoint.check_every), else_=NOTHING).label("check_every"),
    ContactPoint.version,
)
TAKEN: Final = rows_in_use().add_columns(*MORE).where(beside_read(CONTACTS, EXPORT, ME, NOW))
ONE: Final = ready(TAKEN.where(ContactPoint.id == KEY))
EVERY: Final = ready(
    TAKEN.where(fits())
    .order_by("organisation", ContactPoint.purpose, ContactPoint.place, ContactPoint.id)
    .limit(at_most(MOST))
)
