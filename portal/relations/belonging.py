"""Standing, membership and platform roles: the ground under every other sentence."""

from typing import Any

from sqlalchemy import and_, func, or_, select, true

from models.stakeholders import (
    Appointment,
    Membership,
    Organisation,
    Person,
    PlatformRole,
    Role,
    Standing,
)
from portal.db import alias
from portal.relations.sentence import Clause, Now, Who, relation, some

P = alias(Person, "law_p")
IN, AT = alias(Membership, "law_in"), alias(Organisation, "law_at")
HOME, HOUSE = alias(Membership, "law_home"), alias(Organisation, "law_house")
POST = alias(Appointment, "law_post")


def in_force(row: Any, now: Now) -> Clause:
    """A membership or appointment that has begun and has not ended."""
    return and_(row.begins_at <= now, or_(row.ends_at.is_(None), row.ends_at > now))


def standing(who: Who) -> Clause:
    """The person is active; this underlies every sentence of the law."""
    return some(P, where=(P.id == who, P.state == Standing.ACTIVE))


def belongs(organisation_id: Any, who: Who, now: Now, *roles: Role) -> Clause:
    """The person belongs now to the active organisation (in one of the roles, where given)."""
    return some(
        IN,
        AT,
        where=(
            IN.organisation_id == organisation_id,
            IN.person_id == who,
            in_force(IN, now),
            AT.id == IN.organisation_id,
            AT.state == Standing.ACTIVE,
            IN.role.in_(roles) if roles else true(),
        ),
    )


def home_of(now: Now) -> Any:
    """The name of an active organisation of the person whom the question is about.

    The first by name where there are several; nothing where there is none.
    """
    return (
        select(func.min(HOUSE.name))
        .join(HOME, HOME.organisation_id == HOUSE.id)
        .where(HOME.person_id == Person.id, in_force(HOME, now), HOUSE.state == Standing.ACTIVE)
        .correlate(Person)
        .scalar_subquery()
    )


def appointed(who: Who, now: Now, role: PlatformRole) -> Clause:
    """The person holds the platform role now."""
    return some(POST, where=(POST.person_id == who, POST.role == role, in_force(POST, now)))


@relation
def anyone(_matter: Any, _who: Who, _now: Now) -> Clause:
    """Everyone who is signed in (and active)."""
    return true()


@relation
def active(_matter: Any, who: Who, _now: Now) -> Clause:
    """The person is active: said only where a sentence is asked outside the rows of the law."""
    return standing(who)


@relation
def steward(_matter: Any, who: Who, now: Now) -> Clause:
    """The person runs the portal."""
    return appointed(who, now, PlatformRole.STEWARD)


@relation
def auditor(_matter: Any, who: Who, now: Now) -> Clause:
    """The person looks through the trail."""
    return appointed(who, now, PlatformRole.AUDITOR)


@relation
def house(_matter: Any, who: Who, now: Now) -> Clause:
    """It is the house itself: the scheduled jobs."""
    return appointed(who, now, PlatformRole.HOUSE)
