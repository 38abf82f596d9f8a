"""How a person can stand to another person's entry."""

from sqlalchemy import and_, or_

from models.processes import Process, Seat
from models.stakeholders import Membership, Organisation, Person, Role, Standing
from portal.db import alias
from portal.relations.belonging import belongs, in_force
from portal.relations.processes import has_seat, on_team
from portal.relations.sentence import Now, Predicate, Who, relation, some

BESIDE = alias(Membership, "policy_beside")
SPEAKS = alias(Membership, "policy_speaks")
SPEAKS_FOR = alias(Organisation, "policy_speaks_for")
SITS, AROUND = alias(Seat, "policy_seated"), alias(Process, "policy_around")


@relation
def oneself(person: type[Person], who: Who, _now: Now) -> Predicate:
    """It is the person's own entry."""
    return person.id == who


@relation
def colleague(person: type[Person], who: Who, now: Now) -> Predicate:
    """The two share an organisation."""
    return some(
        BESIDE,
        where=(
            BESIDE.person_id == person.id,
            in_force(BESIDE, now),
            belongs(BESIDE.organisation_id, who, now),
        ),
    )


@relation
def turned_to(person: type[Person], _who: Who, now: Now) -> Predicate:
    """The entry is of a liaison, mediator or coordinator in office: somebody others turn to."""
    return some(
        SPEAKS,
        SPEAKS_FOR,
        where=(
            SPEAKS.person_id == person.id,
            SPEAKS.role.in_((Role.LIAISON, Role.MEDIATOR, Role.COORDINATOR)),
            in_force(SPEAKS, now),
            SPEAKS_FOR.id == SPEAKS.organisation_id,
            SPEAKS_FOR.state == Standing.ACTIVE,
        ),
    )


@relation
def fellow(person: type[Person], who: Who, now: Now) -> Predicate:
    """The other has a seat in a process whose seats one may see: whoever is there can be named."""
    sits = or_(SITS.person_id == person.id, belongs(SITS.organisation_id, person.id, now))
    sees = or_(
        on_team.predicate(AROUND, who, now), and_(has_seat(AROUND.id, who, now), AROUND.open_seats)
    )
    return some(SITS, AROUND, where=(AROUND.id == SITS.process_id, sits, sees))
