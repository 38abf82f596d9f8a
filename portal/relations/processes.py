"""How a person can stand to a mediation process."""

from typing import Any, Final

from sqlalchemy import and_, or_

from models.processes import Part, Process, Seat
from portal.db import alias, written
from portal.relations.belonging import MEDIATES, belongs
from portal.relations.facts import Fact
from portal.relations.sentence import Now, Predicate, Who, relation, some

SEAT, TABLE = alias(Seat, "policy_seat"), alias(Process, "policy_table")
TEAM = alias(Seat, "policy_team")
CHAIRED = alias(Seat, "policy_chaired")


def _seated(who: Who, now: Now) -> tuple[Predicate, ...]:
    return (
        SEAT.part != written(Part.TEAM),
        or_(SEAT.person_id == who, belongs(SEAT.organisation_id, who, now)),
    )


def _on_team(who: Who, now: Now) -> tuple[Predicate, ...]:
    return (
        CHAIRED.part == written(Part.TEAM),
        CHAIRED.person_id == who,
        TABLE.id == CHAIRED.process_id,
        belongs(TABLE.organisation_id, who, now, *MEDIATES),
    )


SEATS: Final = Fact("seats", SEAT.process_id, (SEAT,), _seated)
TEAMS: Final = Fact("teams", CHAIRED.process_id, (CHAIRED, TABLE), _on_team)


def has_seat(process_id: Any, who: Who, now: Now) -> Predicate:
    """The person has a seat in the process, by name or through an organisation.

    A seat on the team counts as long as the person mediates or coordinates for its body.
    """
    return or_(SEATS.has(process_id, who, now), TEAMS.has(process_id, who, now))


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
