"""Who holds a position: from when until when, and that what was asked of it goes to whoever does.

A contact point outlives people. It keeps its hours, its address and what waits for it when somebody
else takes it over; whoever held it before is asked nothing more.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from models.contacts import ContactCheck, ContactHolder, ContactPoint
from models.stakeholders import Person
from portal.contacts.duty import next_opening
from portal.contacts.listing import on_call
from portal.parameters import KEY
from portal.related import related
from portal.relations import unheld


@dataclass(frozen=True)
class HolderRow:
    """Somebody who held the position; of the first it may not be known since when."""

    id: int
    name: str
    since_at: datetime | None
    until_at: datetime | None


def name_holder(session: Session, contact: ContactPoint, by_id: int, now: datetime) -> None:
    """Keep who holds the position from now on, if anybody does; whoever did before is noted."""
    mine = (ContactHolder.contact_id == contact.id, ContactHolder.until_at.is_(None))
    session.execute(update(ContactHolder).where(*mine).values(until_at=now))
    if contact.person_id is not None:
        held = {"contact_id": contact.id, "person_id": contact.person_id}
        session.add(ContactHolder(**held, since_at=now, by_id=by_id))


def hand_over(session: Session, contact: ContactPoint, by_id: int, now: datetime) -> None:
    """The position has another holder, or none: what waits for its answer is asked of them anew.

    At once within its hours, else as they begin; the link of the former e-mail opens nothing.
    """
    name_holder(session, contact, by_id, now)
    waiting = (ContactCheck.answered_at.is_(None), ContactCheck.passed_at.is_(None))
    gone = delete(ContactCheck).where(ContactCheck.contact_id == contact.id, *waiting)
    asked = session.execute(gone.returning(ContactCheck.exercise)).scalars().all()
    if asked == [False]:
        contact.check_at = next_opening(on_call(session, contact, now), now)


def is_vacant(session: Session, contact: ContactPoint, now: datetime) -> bool:
    """Whether nobody is in the position: without a person, or with one who is gone."""
    nobody = unheld.at(ContactPoint, None, now)
    found = select(ContactPoint.id).where(ContactPoint.id == contact.id, nobody)
    return session.scalar(found) is not None


def held_since() -> Any:
    """Since when the holder of a contact point holds it, as a column of a question about it."""
    mine = (ContactHolder.contact_id == ContactPoint.id, ContactHolder.until_at.is_(None))
    since = select(func.max(ContactHolder.since_at)).where(*mine)
    return since.correlate(ContactPoint).scalar_subquery()


BEFORE: Final = related(
    HolderRow,
    select(ContactHolder.id, Person.name, ContactHolder.since_at, ContactHolder.until_at)
    .join(Person, Person.id == ContactHolder.person_id)
    .where(ContactHolder.contact_id == KEY, ContactHolder.until_at.is_not(None))
    .order_by(ContactHolder.id.desc()),
)
