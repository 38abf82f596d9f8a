"""How a person can stand to a mediation process."""

from typing import Any

from sqlalchemy import and_, or_

from models.processes import Part, Process, Seat
from models.stakeholders import Role
from portal.db import alias
from portal.relations.belonging import belongs
from portal.relations.sentence import Now, Predicate, Who, relation, some

SEAT, TABLE = alias(Seat, "policy_seat"), alias(Process, "policy_table")
TEAM = alias(Seat, "policy_team")
CHAIRED = alias(Seat, "policy_chaired")
MEDIATES = (Role.MEDIATOR, Role.COORDINATOR)


def has_seat(process_id: Any, who: Who, now: Now) -> Predicate:
    """The person has a seat in the process, by name or through an organisation.

    A seat on the team counts as long as the person mediates or coordinates for its body.
    """
    by_seat = some(
        SEAT,
        where=(
            SEAT.process_id == process_id,
            SEAT.part != Part.TEAM,
            or_(SEAT.person_id == who, belongs(SEAT.organisation_id, who, now)),
        ),
    )
    on_its_team = some(
        CHAIRED,
        TABLE,
        where=(
            CHAIRED.process_id == process_id,
            CHAIRED.part == Part.TEAM,
            CHAIRED.person_id == who,
            TABLE.id == CHAIRED.process_id,
            belongs(TABLE.organisation_id, who, now, *MEDIATES),
        ),
    )
    return or_(by_seat, on_its_team)


@relation
def seated(process: type[Process], who: Who, now: Now) -> Predicate:
    """The person has a seat in the process, by name or through an organisation."""
    return has_seat(process.id, who, now)


@relation
def on_team(process: type[Process], who: Who, now: Now) -> Predicate:
    """The person is on the mediating team, and still mediates or coordinates for its body."""
    named = some(
        TEAM,
        where=(TEAM.process_id == process.id, TEAM.part == Part.TEAM, TEAM.person_id == who),
    )
    return and_(named, belongs(process.organisation_id, who, now, *MEDIATES))


@relation
def seats_open(process: type[Process], _who: Who, _now: Now) -> Predicate:
    """Whoever has a seat in the process may see who else has one."""
    return process.open_seats.is_(True)
