"""Tying a resource to a norm with a reason, and taking the tie off again."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.base import Resource
from models.norms import NormTag
from portal.access import Actor
from portal.catalogue import NOUNS, Without
from portal.errors import NotFound, TooLate, refuse
from portal.ledger import transition
from portal.norms import NORMS
from portal.recipients import audience_of
from portal.rules import LINK_NORM, ResourceType
from portal.words import N_

LONGEST = 500
# By noun the column of a link that names a resource of it.
COLUMNS: Final = {
    noun.name: noun.norm_tags for noun in NOUNS if not isinstance(noun.norm_tags, Without)
}


def link_norm(
    session: Session,
    actor: Actor,
    resource_type: ResourceType[Resource],
    ref: str,
    *,
    norm: str,
    reason: str,
    now: datetime,
) -> None:
    """Say that a resource is relevant to a norm, and why.

    Raises Invalid for a norm that is not in the registry or is tied already, and for a bad reason.
    """
    reason = reason.strip()
    with transition(
        session, actor, LINK_NORM, resource_type, ref, now, norm=norm, tied=True
    ) as resource:
        refuse(_problems(session, resource_type, resource, norm, reason))
        tie = NormTag(norm=norm, reason=reason, by_id=actor.person_id, at=now)
        setattr(tie, COLUMNS[resource_type.name].key, resource.id)
        tie.audience_id = audience_of(session, resource)
        session.add(tie)
        try:
            session.flush()
        except IntegrityError as taken:
            raise TooLate(LINK_NORM) from taken


def _problems(
    session: Session, resource_type: ResourceType[Resource], resource: Any, norm: str, reason: str
) -> dict[str, str]:
    found = {}
    if norm not in NORMS:
        found["norm"] = N_("Choose a norm from the list.")
    elif session.scalar(select(exists().where(*_tie(resource_type, resource, norm)))):
        found["norm"] = N_("It is already linked to this norm.")
    if not reason:
        found["reason"] = N_("Explain in one sentence why the norm is relevant.")
    if len(reason) > LONGEST:
        found["reason"] = N_("This is too long.")
    return found


def _tie(resource_type: ResourceType[Resource], resource: Any, norm: str) -> tuple[Any, Any]:
    return COLUMNS[resource_type.name] == resource.id, NormTag.norm == norm


def unlink_norm(
    session: Session,
    actor: Actor,
    resource_type: ResourceType[Resource],
    ref: str,
    *,
    norm: str,
    now: datetime,
) -> None:
    """Take a tie off again; raises NotFound when the resource is not tied to this norm."""
    with transition(
        session, actor, LINK_NORM, resource_type, ref, now, norm=norm, tied=False
    ) as resource:
        gone = delete(NormTag).where(*_tie(resource_type, resource, norm)).returning(NormTag.id)
        if session.scalar(gone) is None:
            raise NotFound(norm)
