"""The duty sheet: whom to reach, and what comes next, for whoever is away from a screen.

People are those of organisations that sit in one's processes or whose open notices one reads. The
policy says whose entry and whose address one may read, which seats one may see, and what may be
taken along: a sheet of paper is a copy, so its rows are asked for EXPORT.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, case, literal, or_, select, union, union_all
from sqlalchemy.orm import Session

from models.audience import AudienceRow
from models.base import Moment
from models.notices import Notice, NoticeState
from models.processes import Process, Seat
from models.stakeholders import Membership, Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, beside_read, readable
from portal.catalogue import NOUNS
from portal.dated import FROM, UNTIL, Dates, falling
from portal.days import DAY, day_of
from portal.db import in_state
from portal.diary import Entry, entry_of, place_in
from portal.parameters import ME, NOW, PRINCIPALS, SEATS, ready
from portal.receipts import export_of_many
from portal.recipients import Reader, principals
from portal.relations import in_force
from portal.rules import EXPORT, NOTICES, PEOPLE, PROCESSES, READ_ADDRESS, READ_MEMBERS

CONTACT: Final = "contact"
AHEAD: Final = timedelta(days=14)
MOST_DAYS, MOST_PEOPLE, MOST_NOTICES = 100, 200, 200
EMPTY: Final = literal("")
NO_TIME: Final = literal(None, Moment())


@dataclass(frozen=True)
class Contact:
    """Somebody to reach: their address is empty where it is not the reader's to know."""

    ref: str
    name: str
    role: str
    email: str
    home: str


@dataclass(frozen=True)
class DutySheet:
    """What comes in the next 14 days, by day; people by organisation; the marking of the whole."""

    days: Mapping[date, list[Entry]]
    homes: Mapping[str, list[Contact]]
    tlp: Tlp
    last: date


def duty_sheet(session: Session, actor: Actor, now: datetime, *, made_as: str = "") -> DutySheet:
    """The sheet of a person, in two queries; with a format (`pdf`) it goes into the trail."""
    reader = Reader(actor, principals(session, actor, now), now)
    last = day_of(now + AHEAD, actor.zone)
    values = reader.values | {FROM.key: now - DAY, UNTIL.key: now + AHEAD}
    rows = session.execute(SHEET, values).all()
    today = day_of(now, actor.zone)
    entries = [entry_of(row, actor.zone) for row in rows if row.noun != CONTACT]
    entries = [entry for entry in entries if today <= entry.day <= last]
    entries = sorted(entries, key=place_in)[:MOST_DAYS]
    people = sorted((_contact(row) for row in rows if row.noun == CONTACT), key=_by_name)
    if made_as:
        _audit(session, actor, entries, now, made_as)
    return DutySheet(
        days=_grouped(entries, "day"),
        homes=_grouped(people, "home"),
        tlp=max((Tlp(entry.tlp) for entry in entries), key=lambda tlp: tlp.rank, default=Tlp.CLEAR),
        last=last,
    )


def _audit(
    session: Session, actor: Actor, entries: list[Entry], now: datetime, made_as: str
) -> None:
    for noun in NOUNS:
        taken = {(one.key, one.edition) for one in entries if one.noun is noun}
        if taken:
            export_of_many(session, actor, noun.policy, sorted(taken), now, made_as=made_as)


def _grouped(rows: Iterable[Any], by: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    return found


def _contact(row: Any) -> Contact:
    return Contact(row.ref, row.title, row.sort, row.day_zone, row.home)


def _by_name(one: Contact) -> tuple[str, str, str]:
    return one.home, one.name, one.ref


def _people() -> Select[Any]:
    # Whose processes and open notices these are: each is asked of the policy before its people are.
    seats = (
        readable(PROCESSES, Seat.organisation_id, Seat.person_id)
        .where(
            Seat.process_id == Process.id,
            Process.id.in_(SEATS),
            beside_read(PROCESSES, READ_MEMBERS, ME, NOW),
        )
        .cte("seats_seen")
    )
    listed = select(AudienceRow.notice_id).where(AudienceRow.principal.in_(PRINCIPALS))
    open_ones = (
        readable(NOTICES, Notice.organisation_id)
        .where(in_state(Notice, NoticeState.OPEN), Notice.id.in_(listed))
        .order_by(Notice.published_at.desc())
        .limit(MOST_NOTICES)
        .cte("open_notices")
    )
    homes = union(select(seats.c.organisation_id), select(open_ones.c.organisation_id)).cte("homes")
    shows = beside_read(PEOPLE, READ_ADDRESS, ME, NOW)
    columns = (
        literal(CONTACT).label("noun"),
        Person.id.label("key"),
        literal(0).label("edition"),
        Membership.role.label("sort"),
        Person.ref,
        EMPTY.label("tlp"),
        Person.name.label("title"),
        NO_TIME.label("at"),
        NO_TIME.label("ends_at"),
        case((shows, Person.email), else_="").label("day_zone"),
        Organisation.name.label("home"),
    )
    return (
        readable(PEOPLE, *columns)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(in_force(Membership, NOW))
        .where(
            or_(
                Organisation.id.in_(select(homes.c.organisation_id)),
                Person.id.in_(select(seats.c.person_id)),
            )
        )
        .where(Person.id != ME)
        .order_by(Organisation.name, Person.name, Person.id)
        .limit(MOST_PEOPLE)
    )


def _sheet() -> Any:
    # Side by side and not one in the other: nested deeper they are too deep for SQLite's parser.
    days = (
        falling(noun.dates, beside_read(noun.policy, EXPORT, ME, NOW)).subquery()
        for noun in NOUNS
        if isinstance(noun.dates, Dates)
    )
    people = _people().subquery()
    return union_all(*(select(*day.c, EMPTY.label("home")) for day in days), select(*people.c))


SHEET: Final = ready(_sheet())
