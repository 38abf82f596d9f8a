"""How a person can stand to an organisation."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_

from models.stakeholders import OrganisationKind, Role
from portal.relations.belonging import belongs
from portal.relations.sentence import Clause, Who, relation


@relation
def member(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person belongs to this organisation."""
    return belongs(organisation.id, who, now)


@relation
def admin(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person looks after the people of this organisation."""
    return belongs(organisation.id, who, now, Role.ADMIN)


@relation
def liaison(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person is a liaison of this organisation, and so speaks for it."""
    return belongs(organisation.id, who, now, Role.LIAISON)


SPEAKERS = (Role.LIAISON, Role.MEDIATOR, Role.COORDINATOR)
CONVENERS = (Role.LIAISON, Role.MEDIATOR, Role.COORDINATOR, Role.ADMIN)


@relation
def convener(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person may form sharing groups for this organisation."""
    return belongs(organisation.id, who, now, *CONVENERS)


@relation
def speaker(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person may bind this organisation by a commitment."""
    return belongs(organisation.id, who, now, *SPEAKERS)


@relation
def mediator(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person mediates or coordinates for this organisation, which is a mediation body."""
    return and_(
        organisation.kind == OrganisationKind.MEDIATION,
        belongs(organisation.id, who, now, Role.MEDIATOR, Role.COORDINATOR),
    )
