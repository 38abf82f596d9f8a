"""Reading one contact point: what it says, who keeps it, what the person may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.contacts import ContactCheck, ContactPoint
from models.stakeholders import Organisation, Person
from portal.access import Actor, granted, verbs_of
from portal.contacts.absences import COLUMNS, STANDS_IN, absent_of, acts_there
from portal.contacts.duty import is_on_duty, next_opening
from portal.contacts.holders import BEFORE, HolderRow, held_since
from portal.contacts.listing import as_on_call, is_holder
from portal.contacts.planning import next_days
from portal.db import alias
from portal.errors import NotFound
from portal.ledger import audit
from portal.parameters import KEY, ME, NOTHING, NOW, REF, ready
from portal.receipts import Copy, copies_of
from portal.related import Rows, Together, related
from portal.rules import CONTACTS, READ, READ_LEDGER

BY: Final = alias(Person, "verified_by")
MINUTE: Final = timedelta(minutes=1)
MOST: Final = 50


@dataclass(frozen=True)
class CheckRow:
    """A liveness check: when it was asked, by when an answer was wanted, and when it came.

    `by` is empty where it was planned; of a deputy `passed_on` says that another was asked first.
    """

    id: int
    asked_at: datetime
    answer_by_at: datetime
    answered_at: datetime | None
    exercise: bool
    by: str
    passed_on: bool

    @property
    def minutes(self) -> int:
        """How many minutes the answer took."""
        return 0 if self.answered_at is None else (self.answered_at - self.asked_at) // MINUTE

    def waits(self, now: datetime) -> bool:
        """Whether its answer may still come."""
        return self.answered_at is None and self.answer_by_at > now


@dataclass(frozen=True)
class Reading:
    """One contact point as a person sees it; `stand_in` acts for its holder, who is away.

    `verified_by`, `copies`, `checks`, `next_days` and `holders` of before (newest first) are for
    its own organisation, and empty for others.
    """

    contact: ContactPoint
    organisation: str
    organisation_ref: str
    holder: str
    held_since: datetime | None
    stand_in: str
    verified_by: str
    verbs: frozenset[str]
    copies: Sequence[Copy]
    checks: Sequence[CheckRow]
    next_days: tuple[date, date] | None
    holders: Sequence[HolderRow]
    on_duty: bool
    next_at: datetime | None
    stale: bool


def read(
    session: Session, actor: Actor, ref: str, now: datetime, *, with_copies: bool = False
) -> Reading:
    """One contact point; the reading goes into the trail.

    Its own organisation gets its checks, or instead of them (`with_copies`) who took copies.

    Raises NotFound when it is absent or hidden.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(QUESTION, asked).one_or_none()
    verbs = verbs_of(CONTACTS, row)
    if row is None or READ not in verbs:
        raise NotFound(ref)
    contact, own = row.ContactPoint, READ_LEDGER in verbs
    audit(session, actor, READ, CONTACTS, contact, now)
    away = absent_of(row)
    entry = as_on_call(contact, away)
    mine = own and not with_copies
    rows = BESIDE.load(session, {KEY.key: contact.id}) if mine else Rows()
    return Reading(
        contact,
        row.organisation,
        row.organisation_ref,
        row.holder,
        row.held_since,
        "" if away is None else away.name,
        row.verified_by if own else "",
        verbs,
        copies_of(session, CONTACTS, contact) if own and with_copies else (),
        tuple(rows[CheckRow][::-1]),
        next_days(contact) if mine else None,
        tuple(rows[HolderRow][::-1]),
        is_on_duty(entry, now),
        next_opening(entry, now),
        stale=contact.stale_at is not None and contact.stale_at <= now,
    )


def _question() -> Select[*tuple[Any, ...]]:
    nobody = NOTHING
    return (
        select(
            ContactPoint,
            Organisation.name.label("organisation"),
            Organisation.ref.label("organisation_ref"),
            func.coalesce(Person.name, nobody).label("holder"),
            held_since().label("held_since"),
            func.coalesce(BY.name, nobody).label("verified_by"),
            *COLUMNS,
            *granted(CONTACTS, ME, NOW),
        )
        .join(Organisation, Organisation.id == ContactPoint.organisation_id)
        .outerjoin(Person, is_holder())
        .outerjoin(Alternate, acts_there())
        .outerjoin(STANDS_IN, STANDS_IN.id == Alternate.person_id)
        .outerjoin(BY, BY.id == ContactPoint.verified_by_id)
        .where(ContactPoint.ref == REF)
    )


QUESTION: Final = ready(_question())
CHECKS: Final = related(
    CheckRow,
    select(
        ContactCheck.id,
        ContactCheck.asked_at,
        ContactCheck.answer_by_at,
        ContactCheck.answered_at,
        ContactCheck.exercise,
        func.coalesce(Person.name, NOTHING).label("by"),
        ContactCheck.round_id.is_not(None).label("passed_on"),
    )
    .outerjoin(Person, Person.id == ContactCheck.by_id)
    .where(ContactCheck.contact_id == KEY)
    .order_by(ContactCheck.id.desc()),
)
BESIDE: Final = Together((CHECKS, BEFORE), MOST).completed()
