"""Who of those that hold contact points is away at this moment, and who is asked in their place."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    literal,
    select,
)
from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.contacts import ContactPoint
from models.stakeholders import Person
from portal.access import predicate
from portal.contacts.duty import Absent
from portal.db import alias
from portal.parameters import NOTHING, NOW, padded, ready
from portal.relations import covers
from portal.rules import ANSWER, BY_ALTERNATE, CONTACTS, READ, in_force_now

STANDS_IN: Final = alias(Person, "stands_in")
ALSO: Final = alias(Alternate, "also_away")
KEYS: Final = bindparam("contacts", type_=Integer(), expanding=True)
NOBODY: Final = literal(0, Integer())


def acts_there() -> ColumnElement[bool]:
    """The alternate acts at this moment for whoever holds the contact point, and may read it."""
    reads = exists().where(
        Person.id == Alternate.person_id, predicate(CONTACTS, READ, Person.id, NOW)
    )
    return and_(
        Alternate.for_id == ContactPoint.person_id,
        Alternate.organisation_id == ContactPoint.organisation_id,
        in_force_now(Alternate, NOW),
        covers(Alternate, ContactPoint, BY_ALTERNATE[CONTACTS.name, ANSWER].work_of),
        reads.correlate_except(Person),
    )


def _columns() -> Sequence[Any]:
    # An alternate who is away themselves is not asked, nor is theirs.
    also = exists().where(ALSO.for_id == Alternate.person_id, in_force_now(ALSO, NOW))
    away = also.correlate(Alternate)
    return (
        Alternate.ends_at.label("away_until"),
        case((away, NOBODY), else_=Alternate.person_id).label("stand_in_id"),
        STANDS_IN.zone.label("stand_in_zone"),
        Alternate.nights.label("stand_in_nights"),
        case((away, NOTHING), else_=STANDS_IN.name).label("stand_in"),
    )


COLUMNS: Final = tuple(_columns())


def absent_of(row: Any) -> Absent | None:
    """The absence that a row with `COLUMNS` says."""
    if row.away_until is None:
        return None
    person, nights = row.stand_in_id, row.stand_in_nights
    return Absent(row.away_until, person, row.stand_in_zone, nights, row.stand_in)


def absences(
    session: Session, contacts: Collection[ContactPoint], now: datetime
) -> dict[int, Absent]:
    """Of these contact points, by their keys, those whose holder is away; one query."""
    keys = padded((contact.id for contact in contacts), 0)
    rows = session.execute(OF_SOME, {KEYS.key: keys, NOW.key: now})
    return {row.id: found for row in rows if (found := absent_of(row)) is not None}


OF_SOME: Final = ready(
    select(ContactPoint.id, *COLUMNS)
    .select_from(ContactPoint)
    .join(Alternate, acts_there())
    .join(STANDS_IN, STANDS_IN.id == Alternate.person_id)
    .where(ContactPoint.id.in_(KEYS))
)
