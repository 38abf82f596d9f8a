"""How a person can stand to a mediation process."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased

from models.processes import Part, Seat
from models.stakeholders import Role
from portal.relations.belonging import belongs
from portal.relations.sentence import Clause, Who, relation, some

SEAT, TEAM = aliased(Seat, name="law_seat"), aliased(Seat, name="law_team")


def has_seat(process_id: Any, who: Who, now: datetime) -> Clause:
    """The person has a seat in the process, by name or through an organisation."""
    return some(
        SEAT,
        where=(
            SEAT.process_id == process_id,
            or_(SEAT.person_id == who, belongs(SEAT.organisation_id, who, now)),
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
    return and_(named, belongs(process.organisation_id, who, now, Role.MEDIATOR, Role.COORDINATOR))


@relation
def seats_open(process: Any, _who: Who, _now: datetime) -> Clause:
    """Whoever has a seat in the process may see who else has one."""
    return process.open_seats.is_(True)  # type: ignore[no-any-return]
