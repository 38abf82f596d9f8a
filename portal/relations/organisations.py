"""How a person can stand to an organisation."""

from typing import Any, Final

from sqlalchemy import and_

from models.stakeholders import Membership, Organisation, OrganisationKind, Standing
from portal.db import alias, in_state, written
from portal.relations.belonging import (
    ADMINS,
    CONVENERS,
    MEDIATES,
    SPEAKERS,
    belongs,
    in_force,
)
from portal.relations.facts import Fact
from portal.relations.sentence import Now, Predicate, Who, relation

WORK, BODY = alias(Membership, "policy_work"), alias(Organisation, "policy_body")


def _mediates(_who: Who, now: Now) -> tuple[Predicate, ...]:
    return (
        WORK.role.in_([written(role) for role in MEDIATES]),
        in_force(WORK, now),
        BODY.id == WORK.organisation_id,
        BODY.kind == written(OrganisationKind.MEDIATION),
        in_state(BODY, Standing.ACTIVE),
    )


MEDIATORS: Final = Fact("mediators", WORK.person_id, (WORK, BODY), _mediates, people=True)


@relation
def member(organisation: type[Organisation], who: Who, now: Now) -> Predicate:
    """The person belongs to this organisation."""
    return belongs(organisation.id, who, now)


@relation
def admin(organisation: type[Organisation], who: Who, now: Now) -> Predicate:
    """The person looks after the people of this organisation."""
    return belongs(organisation.id, who, now, *ADMINS)


@relation
def convener(organisation: type[Organisation], who: Who, now: Now) -> Predicate:
    """The person may form sharing groups for this organisation."""
    return belongs(organisation.id, who, now, *CONVENERS)


@relation
def speaker(organisation: type[Organisation], who: Who, now: Now) -> Predicate:
    """The person may bind this organisation by a commitment."""
    return belongs(organisation.id, who, now, *SPEAKERS)


@relation
def mediator(organisation: type[Organisation], who: Who, now: Now) -> Predicate:
    """The person mediates or coordinates for this organisation, which is a mediation body."""
    return and_(
        organisation.kind == OrganisationKind.MEDIATION,
        belongs(organisation.id, who, now, *MEDIATES),
    )


@relation
def mediates(_resource: Any, who: Who, now: Now) -> Predicate:
    """The person mediates or coordinates for an active mediation body, whichever it is."""
    return MEDIATORS.has(who, who, now)
