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
from portal.relations.sentence import Now, Predicate, Who, relation, some

P = alias(Person, "policy_p")
IN, AT = alias(Membership, "policy_in"), alias(Organisation, "policy_at")
HOME, MAIN_ORGANISATION = (
    alias(Membership, "policy_home"),
    alias(Organisation, "policy_organisation"),
)
POST = alias(Appointment, "policy_post")


def in_force(row: Any, now: Now) -> Predicate:
    """A membership or appointment that has begun and has not ended."""
    return and_(row.begins_at <= now, or_(row.ends_at.is_(None), row.ends_at > now))


def standing(who: Who) -> Predicate:
    """The person is active; this underlies every sentence of the policy."""
    return some(P, where=(P.id == who, P.state == Standing.ACTIVE))


def belongs(organisation_id: Any, who: Who, now: Now, *roles: Role) -> Predicate:
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
        select(func.min(MAIN_ORGANISATION.name))
        .join(HOME, HOME.organisation_id == MAIN_ORGANISATION.id)
        .where(
            HOME.person_id == Person.id,
            in_force(HOME, now),
            MAIN_ORGANISATION.state == Standing.ACTIVE,
        )
        .correlate(Person)
        .scalar_subquery()
    )


def appointed(who: Who, now: Now, role: PlatformRole) -> Predicate:
    """The person holds the platform role now."""
    return some(POST, where=(POST.person_id == who, POST.role == role, in_force(POST, now)))


@relation
def anyone(_resource: Any, _who: Who, _now: Now) -> Predicate:
    """Everyone who is signed in (and active)."""
    return true()


@relation
def active(_resource: Any, who: Who, _now: Now) -> Predicate:
    """The person is active: said only where a sentence is asked outside the rows of the policy."""
    return standing(who)


@relation
def steward(_resource: Any, who: Who, now: Now) -> Predicate:
    """The person runs the portal."""
    return appointed(who, now, PlatformRole.STEWARD)


@relation
def auditor(_resource: Any, who: Who, now: Now) -> Predicate:
    """The person looks through the trail."""
    return appointed(who, now, PlatformRole.AUDITOR)


@relation
def system(_resource: Any, who: Who, now: Now) -> Predicate:
    """It is the system itself: the scheduled jobs."""
    return appointed(who, now, PlatformRole.SYSTEM)
