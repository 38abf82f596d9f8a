"""Standing, membership and platform roles: the ground under every other sentence."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import and_, func, or_, select, true

from models.base import Moment
from models.stakeholders import (
    Appointment,
    Membership,
    Organisation,
    Person,
    PlatformRole,
    Role,
    Standing,
)
from portal.db import alias, in_state, written
from portal.parameters import missing, there_is
from portal.relations.facts import Fact
from portal.relations.sentence import Now, Predicate, Who, relation

P = alias(Person, "policy_p")
IN, AT = alias(Membership, "policy_in"), alias(Organisation, "policy_at")
HOME, MAIN_ORGANISATION = (
    alias(Membership, "policy_home"),
    alias(Organisation, "policy_organisation"),
)
POST = alias(Appointment, "policy_post")
THERE = alias(Membership, "policy_there")


def in_force(row: Any, now: Now) -> Predicate:
    """A membership or appointment that has begun and has not ended."""
    return and_(row.begins_at <= now, or_(row.ends_at.is_(None), row.ends_at > now))


def _standing(_who: Who, _now: Now) -> tuple[Predicate, ...]:
    return (in_state(P, Standing.ACTIVE),)


def homes_fact(name: str, *roles: Role) -> Fact:
    """The organisations to which a person belongs, in one of the roles where there are some."""

    def where(who: Who, now: Now) -> tuple[Predicate, ...]:
        at_home = (
            IN.person_id == who,
            in_force(IN, now),
            AT.id == IN.organisation_id,
            in_state(AT, Standing.ACTIVE),
        )
        return (*at_home, IN.role.in_([written(role) for role in roles])) if roles else at_home

    return Fact(name, IN.organisation_id, (IN, AT), where)


def _post(role: PlatformRole) -> Fact:
    def where(_who: Who, now: Now) -> tuple[Predicate, ...]:
        return (POST.role == written(role), in_force(POST, now))

    return Fact(role, POST.person_id, (POST,), where, people=True)


ANY_ROLE = ()
ADMINS = (Role.ADMIN,)
MEDIATES = (Role.MEDIATOR, Role.COORDINATOR)
SPEAKERS = (Role.LIAISON, *MEDIATES)
CONVENERS = (*SPEAKERS, Role.ADMIN)
ACTIVE: Final = Fact("active", P.id, (P,), _standing, people=True)
# The organisations of a person, by the roles in which they count there.
HOMES: Final = {
    ANY_ROLE: homes_fact("homes"),
    ADMINS: homes_fact("administers", *ADMINS),
    MEDIATES: homes_fact("mediates_for", *MEDIATES),
    SPEAKERS: homes_fact("speaks_for", *SPEAKERS),
    CONVENERS: homes_fact("convenes_for", *CONVENERS),
}
POSTS: Final = {role: _post(role) for role in PlatformRole}
WHENEVER: Final[Now] = missing(Moment())  # of what has no beginning and no end


def standing(who: Who) -> Predicate:
    """The person is active; this underlies every sentence of the policy."""
    return ACTIVE.has(who, who, WHENEVER)


def belongs(organisation_id: Any, who: Who, now: Now, *roles: Role) -> Predicate:
    """The person belongs now to the active organisation (in one of the roles, where given)."""
    return HOMES[roles].has(organisation_id, who, now)


def somebody_of(organisation_id: Any, able: Callable[[Who], Predicate]) -> Predicate:
    """An active person who is or was of the organisation is `able` to do something.

    For what only those can who belong to it: asked of its few people, for each row around it, where
    a look for such a person would ask about everybody there is.
    """
    who = THERE.person_id
    return there_is(THERE, THERE.organisation_id == organisation_id, standing(who), able(who))


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
    return POSTS[role].has(who, who, now)


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
