"""Reading one process: what it is about, who sits in it, and all that is tied to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from models.processes import Part, Process, Seat
from models.stakeholders import Organisation, Person
from portal.access import Actor, granted, verbs_of
from portal.addressing import READS, nobody
from portal.errors import NotFound
from portal.ledger import note
from portal.processes.timeline import columns, timeline
from portal.relations import home_of, on_team, standing
from portal.rules import PROCESSES, READ, READ_MEMBERS

SEAT = "seat"


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one process; `seats` is empty where they are not shown."""

    process: Process
    body: str
    verbs: frozenset[str]
    seats: tuple[Any, ...]
    timeline: tuple[Any, ...]


def read(session: Session, actor: Actor, ref: str, now: datetime) -> Reading:
    """One process as this person may see it; the reading goes into the trail.

    Raises NotFound when it is absent or hidden.
    """
    row = session.execute(
        select(Process, Organisation.name, *granted(PROCESSES, actor.person_id, now))
        .join(Organisation, Organisation.id == Process.organisation_id)
        .where(Process.ref == ref)
    ).one_or_none()
    verbs = verbs_of(PROCESSES, row[2:]) if row else frozenset()
    if row is None or READ not in verbs:
        raise NotFound(ref)
    process = row[0]
    note(session, actor, READ, PROCESSES, process, now)
    seats, entries = _around(session, actor, process, READ_MEMBERS in verbs, now)
    return Reading(process, row[1], verbs, tuple(seats), tuple(entries))


def _around(
    session: Session, actor: Actor, process: Process, with_seats: bool, now: datetime
) -> tuple[list[Any], list[Any]]:
    # One question for both, since a page asks few.
    parts = [timeline(actor, process.id, now)]
    if with_seats:
        parts += [part.subquery() for part in _seats(process.id, now)]
    every = union_all(*(select(*part.c) for part in parts))
    order = (every.selected_columns[name].desc() for name in ("at", "what", "key"))
    rows = session.execute(every.order_by(*order)).all()
    seats = sorted((row for row in rows if row.what == SEAT), key=lambda row: (row.name, row.key))
    return seats, [row for row in rows if row.what != SEAT]


def _seats(process_id: int, now: datetime) -> list[Any]:
    # `state` is the part; `acts` says of the team who can still act for it, of an organisation
    # whether anybody is there.
    what, of_it = literal(SEAT), Seat.process_id == process_id
    organisations = columns(
        what,
        Seat.id,
        Seat.part,
        ref=Organisation.ref,
        name=Organisation.name,
        acts=~nobody(READS, now),
    )
    able = and_(standing(Person.id), on_team.clause(Process, Person.id, now))
    acts = or_(and_(Seat.part != Part.TEAM, standing(Person.id)), able)
    home = func.coalesce(home_of(now), "")
    people = columns(
        what, Seat.id, Seat.part, ref=Person.ref, name=Person.name, home=home, acts=acts
    )
    return [
        select(*organisations)
        .join_from(Seat, Organisation, Organisation.id == Seat.organisation_id)
        .where(of_it),
        select(*people)
        .join_from(Seat, Person, Person.id == Seat.person_id)
        .join(Process, Process.id == Seat.process_id)
        .where(of_it),
    ]
