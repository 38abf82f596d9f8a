"""The duty sheet: whom to reach, and what comes next, for whoever is away from a screen.

People are those of organisations that sit in one's processes or whose open notices one reads. The
policy says whose entry and whose address one may read, which seats one may see, and what may be
taken along: a sheet of paper is a copy, so its rows are asked for EXPORT.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, String, case, cast, literal, or_, select, union, union_all
from sqlalchemy.orm import Session

from models.audience import AudienceRow
from models.base import Moment
from models.contacts import ContactPoint, ContactState, Purpose
from models.notices import Notice, NoticeState
from models.processes import Process, Seat
from models.stakeholders import Membership, Organisation, Person
from models.vocabulary import Tlp
from portal.access import READER, Actor, beside_read, readable
from portal.among import among
from portal.catalogue import NOUNS
from portal.contacts.duty import shifts_of
from portal.contacts.hours import hours_text
from portal.dated import FROM, UNTIL, Dates, falling
from portal.days import DAY, day_of
from portal.db import in_state
from portal.diary import Entry, entry_of, place_in
from portal.parameters import ME, NOTHING, NOW, PRINCIPALS, SEATS, at_most, missing, ready, there_is
from portal.receipts import export_of_many
from portal.recipients import reader_of
from portal.relations import in_force
from portal.rules import CONTACTS, EXPORT, NOTICES, PEOPLE, PROCESSES, READ_ADDRESS, READ_MEMBERS

CONTACT, ON_CALL = "contact", "on-call"
AHEAD: Final = timedelta(days=14)
MOST_DAYS, MOST_PEOPLE, MOST_NOTICES, MOST_ON_CALL = 100, 200, 200, 100
NO_TIME: Final = missing(Moment())


@dataclass(frozen=True)
class Contact:
    """Somebody to reach: their address is empty where it is not the reader's to know."""

    ref: str
    name: str
    role: str
    email: str
    home: str


@dataclass(frozen=True)
class DutyContact:
    """A duty contact: how to call it, and at which hours of its zone; at any hour they are none."""

    key: int
    edition: int
    home: str
    label: str
    tlp: str
    phones: str
    hours: str
    zone: str


@dataclass(frozen=True)
class DutySheet:
    """What comes in the next 14 days, by day; people by organisation; the marking of the whole.

    `on_call` are the duty contacts that the reader may take along.
    """

    days: Mapping[date, list[Entry]]
    homes: Mapping[str, list[Contact]]
    on_call: Sequence[DutyContact]
    tlp: Tlp
    last: date


def duty_sheet(session: Session, actor: Actor, now: datetime, *, made_as: str = "") -> DutySheet:
    """The sheet of a person, in two queries; with a format (`pdf`) it goes into the trail."""
    reader = reader_of(session, actor, now)
    last = day_of(now + AHEAD, actor.zone)
    values = reader.values | {FROM.key: now - DAY, UNTIL.key: now + AHEAD}
    rows = session.execute(SHEET, values).all()
    today = day_of(now, actor.zone)
    entries = [entry_of(row, actor.zone) for row in rows if row.noun not in (CONTACT, ON_CALL)]
    entries = [entry for entry in entries if today <= entry.day <= last]
    entries = sorted(entries, key=place_in)[:MOST_DAYS]
    people = sorted((_contact(row) for row in rows if row.noun == CONTACT), key=_by_name)
    rota = [_called(row) for row in rows if row.noun == ON_CALL]
    if made_as:
        _audit(session, actor, entries, rota, now, made_as)
    return DutySheet(
        days=_grouped(entries, "day"),
        homes=_grouped(people, "home"),
        on_call=rota,
        tlp=strictest((*entries, *rota)),
        last=last,
    )


def strictest(marked: Iterable[Entry | DutyContact]) -> Tlp:
    """The strictest marking of what stands on a sheet; of nothing it is CLEAR."""
    return Tlp.strictest(one.tlp for one in marked)


def _audit(
    session: Session,
    actor: Actor,
    entries: list[Entry],
    rota: list[DutyContact],
    now: datetime,
    made_as: str,
) -> None:
    called = {(one.key, one.edition) for one in rota}
    for noun in NOUNS:
        taken = {(one.key, one.edition) for one in entries if one.noun is noun}
        taken |= called if noun.policy is CONTACTS else set()
        if taken:
            export_of_many(session, actor, noun.policy, sorted(taken), now, made_as=made_as)


def _grouped(rows: Iterable[Any], by: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    return found


def _contact(row: Any) -> Contact:
    return Contact(row.ref, row.title, row.sort, row.day_zone, row.home)


def _called(row: Any) -> DutyContact:
    # Lists come as the text that they are kept as; behind the last line the number for any hour.
    listed, _, any_hour = row.phones.rpartition("\n")
    phones = dict.fromkeys(filter(None, (*json.loads(listed), any_hour)))
    hours = hours_text(shifts_of(json.loads(row.sort))) if row.sort else ""
    return DutyContact(
        key=row.key,
        edition=row.edition,
        home=row.home,
        label=row.title,
        tlp=row.tlp,
        phones=", ".join(phones),
        hours=hours,
        zone=row.day_zone,
    )


def _by_name(one: Contact) -> tuple[str, str, str]:
    return one.home, one.name, one.ref


def _people() -> Select[Any]:
    # Whose processes and open notices these are: each is asked of the policy before its people are.
    seats = (
        readable(PROCESSES, Seat.organisation_id, Seat.person_id, who=READER)
        .where(
            Seat.process_id == Process.id,
            among(Process.id, SEATS),
            beside_read(PROCESSES, READ_MEMBERS, READER, NOW),
        )
        .cte("seats_seen")
    )
    listed = (AudienceRow.notice_id == Notice.id, among(AudienceRow.principal, PRINCIPALS))
    open_ones = (
        readable(NOTICES, Notice.organisation_id, who=READER)
        .where(in_state(Notice, NoticeState.OPEN), there_is(AudienceRow, *listed))
        .order_by(Notice.published_at.desc())
        .limit(at_most(MOST_NOTICES))
        .cte("open_notices")
    )
    homes = union(select(seats.c.organisation_id), select(open_ones.c.organisation_id)).cte("homes")
    shows = beside_read(PEOPLE, READ_ADDRESS, READER, NOW)
    columns = (
        literal(CONTACT).label("noun"),
        Person.id.label("key"),
        literal(0).label("edition"),
        Membership.role.label("sort"),
        Person.ref,
        NOTHING.label("tlp"),
        Person.name.label("title"),
        NO_TIME.label("at"),
        NO_TIME.label("ends_at"),
        case((shows, Person.email), else_=NOTHING).label("day_zone"),
        Organisation.name.label("home"),
        NOTHING.label("phones"),
    )
    return (
        readable(PEOPLE, *columns, who=READER)
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
        .limit(at_most(MOST_PEOPLE))
    )


def _on_call() -> Select[Any]:
    always = ContactPoint.round_the_clock
    columns = (
        literal(ON_CALL).label("noun"),
        ContactPoint.id.label("key"),
        ContactPoint.version.label("edition"),
        case((always, ""), else_=cast(ContactPoint.hours, String())).label("sort"),
        ContactPoint.ref,
        ContactPoint.tlp.label("tlp"),
        ContactPoint.label.label("title"),
        NO_TIME.label("at"),
        NO_TIME.label("ends_at"),
        ContactPoint.zone.label("day_zone"),
        Organisation.name.label("home"),
        (cast(ContactPoint.phones, String()) + "\n" + ContactPoint.phone_any_hour).label("phones"),
    )
    return (
        readable(CONTACTS, *columns, who=READER)
        .join(Organisation, Organisation.id == ContactPoint.organisation_id)
        .where(
            in_state(ContactPoint, ContactState.CURRENT),
            ContactPoint.purpose == Purpose.DUTY,
            beside_read(CONTACTS, EXPORT, READER, NOW),
        )
        .order_by(Organisation.name, ContactPoint.place, ContactPoint.id)
        .limit(at_most(MOST_ON_CALL))
    )


def _sheet() -> Any:
    # Side by side and not one in the other: nested deeper they are too deep for SQLite's parser.
    days = (
        falling(noun.dates, beside_read(noun.policy, EXPORT, READER, NOW)).subquery()
        for noun in NOUNS
        if isinstance(noun.dates, Dates)
    )
    others = (_people().subquery(), _on_call().subquery())
    more = (NOTHING.label("home"), NOTHING.label("phones"))
    return union_all(
        *(select(*day.c, *more) for day in days), *(select(*part.c) for part in others)
    )


SHEET: Final = ready(_sheet())
