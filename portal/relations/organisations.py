"""How a person can stand to an organisation."""

from datetime import datetime
from typing import Any

from models.stakeholders import Role
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


CONVENERS = (Role.LIAISON, Role.MEDIATOR, Role.COORDINATOR, Role.ADMIN)


@relation
def convener(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person may form sharing groups for this organisation."""
    return belongs(organisation.id, who, now, *CONVENERS)
