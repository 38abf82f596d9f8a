"""How a person can stand to a mediation process."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased

from models.processes import Part, Process, Seat
from models.stakeholders import Role
from portal.relations.belonging import belongs
from portal.relations.sentence import Clause, Who, relation, some

SEAT, TABLE = aliased(Seat, name="law_seat"), aliased(Process, name="law_table")
TEAM = aliased(Seat, name="law_team")
MEDIATES = (Role.MEDIATOR, Role.COORDINATOR)


def has_seat(process_id: Any, who: Who, now: datetime) -> Clause:
    """The person has a seat in the process, by name or through an organisation.

    A seat on the team counts as long as the person mediates or coordinates for its body.
    """
    still = or_(SEAT.part != Part.TEAM, belongs(TABLE.organisation_id, who, now, *MEDIATES))
    return some(
        SEAT,
        TABLE,
        where=(
            SEAT.process_id == process_id,
            TABLE.id == SEAT.process_id,
            or_(
                and_(SEAT.person_id == who, still),
                belongs(SEAT.organisation_id, who, now),
            ),
        ),
    )


@relation
def seated(process: Any, who: Who, now: datetime) -> Clause:
    """The person has a seat in the process, by name or through an organisation."""
    return has_seat(process.id, who, now)


@relation
def on_team(process: Any, who: Who, now: datetime) -> Clause:
    """The person is on the mediating team, and still mediates or coordinates for its body."""
    named = some(
        TEAM,
        where=(TEAM.process_id == process.id, TEAM.part == Part.TEAM, TEAM.person_id == who),
    )
    return and_(named, belongs(process.organisation_id, who, now, *MEDIATES))


@relation
def seats_open(process: Any, _who: Who, _now: datetime) -> Clause:
    """Whoever has a seat in the process may see who else has one."""
    return process.open_seats.is_(True)  # type: ignore[no-any-return]
