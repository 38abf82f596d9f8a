"""Lists of contact points: the directory, those of one organisation, and drafts."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.audience import NO_DAY
from models.base import Moment
from models.contacts import ContactPoint, ContactState
from models.stakeholders import Membership, Organisation, Person
from portal.access import Actor, as_column, predicate, readable
from portal.contacts.absences import COLUMNS, STANDS_IN, absences, absent_of, acts_there
from portal.contacts.duty import Absent, OnCall, is_on_duty, shifts_of
from portal.db import in_state
from portal.paging import Page
from portal.parameters import KEY, ME, NOTHING, NOW, at_most, ready
from portal.recipients import EntryRow, as_choices, entry_rows, homes_of
from portal.recipients.choosing import Choices
from portal.related import DraftRow, Together, related
from portal.relations import in_force, unheld
from portal.rules import ADD_CONTACT, CONTACTS, ORGANISATIONS, PEOPLE
from portal.sorts import Sorts
from portal.walks import Hits, Order

NEWEST: Final = Order("changed", latest_first=True)
PURPOSE: Final[BindParameter[str]] = bindparam("purpose", type_=String())
SPEAKS: Final[BindParameter[str]] = bindparam("speaks", type_=String())
PARTY: Final[BindParameter[int]] = bindparam("party", type_=Integer())
STALE: Final[BindParameter[int]] = bindparam("stale", type_=Integer())
MOST: Final = 500


@dataclass(frozen=True)
class Filter:
    """What the directory is narrowed to; empty means everything.

    `party` is the key of an organisation, `language` a code.
    """

    purpose: str = ""
    language: str = ""
    party: int = 0
    stale: bool = False

    def values(self, actor: Actor, now: datetime) -> dict[str, Any]:
        """The values of the parameters."""
        return {
            ME.key: actor.person_id,
            NOW.key: now,
            PURPOSE.key: self.purpose,
            SPEAKS.key: f'%"{self.language}"%' if self.language else "",
            PARTY.key: self.party,
            STALE.key: int(self.stale),
        }


def listed(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    narrowed: Filter,
    after: str = "",
    order: Order | None = None,
    hits: Hits | None = None,
) -> Page:
    """A page of the contact points in use that the person may see, or of those with the words."""
    return LISTED.page(session, order or NEWEST, narrowed.values(actor, now), after, hits)


def of_organisation(session: Session, actor: Actor, key: int, now: datetime) -> list[Any]:
    """The contact points of one organisation that the person may see, in the order of calling."""
    asked = Filter(party=key).values(actor, now)
    return list(session.execute(OF_ORGANISATION, asked))


def as_on_call(row: Any, absent: Absent | None = None) -> OnCall:
    """A contact point, or a row of a list, as whom to call."""
    return OnCall(
        key=row.id,
        group=(row.organisation_id, row.purpose),
        place=row.place,
        zone=row.zone,
        shifts=shifts_of(row.hours),
        round_the_clock=row.round_the_clock,
        languages=tuple(row.languages),
        holder=row.person_id or 0,
        absent=absent,
    )


def on_call(session: Session, contact: ContactPoint, now: datetime) -> OnCall:
    """A contact point as whom to call at this instant, with whoever acts for its holder."""
    return as_on_call(contact, absences(session, [contact], now).get(contact.id))


def on_duty(rows: Any, now: datetime) -> frozenset[int]:
    """The keys of those among these rows who may be called now."""
    return frozenset(row.id for row in rows if is_on_duty(as_on_call(row, absent_of(row)), now))


@dataclass(frozen=True)
class MayAddRow:
    """Whether there is an organisation for which the person may add a contact point."""

    may_add: bool


@dataclass(frozen=True)
class Beside:
    """What stands beside the directory: drafts, last changed first, and names to filter by."""

    drafts: list[DraftRow]
    entries: Choices
    may_add: bool


def beside(session: Session, actor: Actor, now: datetime) -> Beside:
    """What stands beside the list, in one query."""
    rows = BESIDE.load(session, {ME.key: actor.person_id, NOW.key: now})
    may_add = any(row.may_add for row in rows[MayAddRow])
    return Beside(rows[DraftRow][::-1], as_choices(rows[EntryRow]), may_add)


def possible_holders(
    session: Session, actor: Actor, now: datetime, organisation_id: int = 0
) -> list[tuple[int, str]]:
    """The people of one organisation of the person's, or of all of them, by name."""
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: organisation_id}
    rows = session.execute(HOLDERS, asked).all()
    return [(row.id, f"{row.name}, {row.home}") for row in rows]


ROWS: Final = (
    ContactPoint.id,
    ContactPoint.ref,
    ContactPoint.tlp,
    ContactPoint.state,
    ContactPoint.purpose,
    ContactPoint.label,
    ContactPoint.organisation_id,
    ContactPoint.person_id,
    *COLUMNS,
    ContactPoint.email,
    ContactPoint.phones,
    ContactPoint.phone_any_hour,
    ContactPoint.channels,
    ContactPoint.zone,
    ContactPoint.hours,
    ContactPoint.round_the_clock,
    ContactPoint.languages,
    ContactPoint.place,
    ContactPoint.changed_at,
    ContactPoint.verified_at,
    ContactPoint.verified_how,
    ContactPoint.stale_at,
    Organisation.name.label("organisation"),
    Organisation.ref.label("organisation_ref"),
    func.coalesce(Person.name, NOTHING).label("holder"),
)


def is_holder() -> Any:
    """The person is in the position: whoever was, and is gone, is shown there to nobody."""
    there = ~unheld.at(ContactPoint, None, NOW)
    return and_(Person.id == ContactPoint.person_id, there)


def rows_in_use() -> Select[Any]:
    """All contact points in use that a person may see, for a statement that is built once."""
    return (
        readable(CONTACTS, *ROWS)
        .select_from(ContactPoint)
        .join(Organisation, Organisation.id == ContactPoint.organisation_id)
        .outerjoin(Person, is_holder())
        .outerjoin(Alternate, acts_there())
        .outerjoin(STANDS_IN, STANDS_IN.id == Alternate.person_id)
        .where(in_state(ContactPoint, ContactState.CURRENT))
    )


def fits() -> Any:
    """What the parameters of `Filter` narrow a list to, as SQL."""
    # As text a list of codes holds each between quotes, on both engines.
    spoken = cast(ContactPoint.languages, String())
    return and_(
        or_(PURPOSE == "", ContactPoint.purpose == PURPOSE),
        or_(SPEAKS == "", spoken.like(SPEAKS)),
        or_(PARTY == 0, ContactPoint.organisation_id == PARTY),
        or_(STALE == 0, ContactPoint.stale_at <= NOW),
    )


def _may_add() -> Select[Any]:
    adds = predicate(ORGANISATIONS, ADD_CONTACT, ME, NOW)
    one = readable(ORGANISATIONS, Organisation.id).where(adds).exists()
    return select(as_column(one).label("may_add"))


def _drafts() -> Any:
    columns = (
        ContactPoint.ref,
        ContactPoint.label.label("title"),
        ContactPoint.tlp,
        ContactPoint.changed_at,
    )
    return (
        readable(CONTACTS, *columns)
        .where(
            in_state(ContactPoint, ContactState.DRAFT),
            ContactPoint.organisation_id.in_(homes_of(ME)),
        )
        .order_by(ContactPoint.changed_at.desc())
    )


def _holders() -> Select[Any]:
    mine = exists().where(Membership.organisation_id == Organisation.id, Membership.person_id == ME)
    here = exists().where(
        Membership.organisation_id == Organisation.id,
        Membership.person_id == Person.id,
        in_force(Membership, NOW),
    )
    return (
        readable(PEOPLE, Person.id, Person.name, Organisation.name.label("home"))
        .join(Organisation, here.correlate(Organisation, Person))
        .where(or_(KEY == 0, Organisation.id == KEY), mine.correlate(Organisation))
        .order_by(Person.name, Organisation.name)
        .limit(at_most(MOST))
    )


LISTED: Final = Sorts(
    rows_in_use().where(fits()),
    {
        "changed": ContactPoint.changed_at,
        "verified": func.coalesce(ContactPoint.verified_at, literal(NO_DAY, Moment())),
    },
    ContactPoint.id,
)
OF_ORGANISATION: Final = ready(
    rows_in_use()
    .where(ContactPoint.organisation_id == PARTY)
    .order_by(ContactPoint.purpose, ContactPoint.place, ContactPoint.id)
    .limit(at_most(MOST))
)
HOLDERS: Final = ready(_holders())
BESIDE: Final = Together(
    (
        related(DraftRow, _drafts(), attrgetter("changed_at", "ref")),
        related(MayAddRow, _may_add(), attrgetter("may_add")),
        *entry_rows("organisations"),
    ),
    MOST,
).completed()
