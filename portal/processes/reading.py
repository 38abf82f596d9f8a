"""Reading one process: what it is about, and who sits in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import CompoundSelect, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from models.processes import Part, Process, Seat
from models.stakeholders import Organisation, Person
from portal.access import Actor, as_column, granted, verbs_of
from portal.errors import NotFound
from portal.ledger import audit
from portal.parameters import KEY, ME, NOTHING, NOW, REF, ready
from portal.recipients import READS, nobody
from portal.relations import home_of, moment, on_team, standing
from portal.rules import EXPORT, PROCESSES, READ, READ_MEMBERS


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one process.

    Who sits there and what is tied to it is asked together, by `portal.timeline`.
    """

    process: Process
    body: str
    verbs: frozenset[str]

    @property
    def shows_seats(self) -> bool:
        """Whether the reader sees who has a seat."""
        return READ_MEMBERS in self.verbs


def read(session: Session, actor: Actor, ref: str, now: datetime, *, verb: str = READ) -> Reading:
    """One process as this person may see it; the reading or export goes into the trail.

    Raises NotFound when it is absent or hidden, or may not be exported.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(QUESTION, asked).one_or_none()
    verbs = verbs_of(PROCESSES, row)
    if row is None or not {READ, verb} <= verbs:
        raise NotFound(ref)
    process = row.Process
    detail = {"format": "pdf"} if verb == EXPORT else {}
    audit(session, actor, verb, PROCESSES, process, now, **detail)
    return Reading(process, row.body, verbs)


QUESTION: Final = ready(
    select(Process, Organisation.name.label("body"), *granted(PROCESSES, ME, NOW))
    .join(Organisation, Organisation.id == Process.organisation_id)
    .where(Process.ref == REF)
)


def seat_rows() -> CompoundSelect[Any]:
    """Who has a seat in the process (`KEY`): key, state (the part), ref, name, home, acts.

    `acts` says of the team who can still act for it, of an organisation whether anybody is there.
    """
    organisations = (
        Seat.id.label("key"),
        Seat.part.label("state"),
        Organisation.ref,
        Organisation.name.label("name"),
        NOTHING.label("home"),
        as_column(~nobody(READS, NOW)).label("acts"),
    )
    able = and_(standing(Person.id), on_team.at(Process, Person.id, NOW))
    acts = or_(and_(Seat.part != Part.TEAM, standing(Person.id)), able)
    people = (
        Seat.id.label("key"),
        Seat.part.label("state"),
        Person.ref,
        Person.name.label("name"),
        func.coalesce(home_of(moment(NOW)), NOTHING).label("home"),
        as_column(acts).label("acts"),
    )
    of_it = Seat.process_id == KEY
    return union_all(
        select(*organisations)
        .join_from(Seat, Organisation, Organisation.id == Seat.organisation_id)
        .where(of_it),
        select(*people)
        .join_from(Seat, Person, Person.id == Seat.person_id)
        .join(Process, Process.id == Seat.process_id)
        .where(of_it),
    )
