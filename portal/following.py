"""Following: a person chooses to hear what happens to a resource; the same for every noun."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.base import Resource
from models.follows import Follow
from portal.access import Actor
from portal.ledger import transition
from portal.rules import FOLLOW, UNFOLLOW, ResourceType
from portal.writes import inserting


def follow(
    session: Session, actor: Actor, resource_type: ResourceType[Resource], ref: str, now: datetime
) -> None:
    """Follow a resource that the person may read; to do so twice is to do it once."""
    with transition(session, actor, FOLLOW, resource_type, ref, now) as resource:
        row = {"person_id": actor.person_id, "resource_id": resource.id}
        values = row | {"resource_type": resource_type.name, "since_at": now}
        session.execute(inserting(session, Follow).values(values).on_conflict_do_nothing())


def unfollow(
    session: Session, actor: Actor, resource_type: ResourceType[Resource], ref: str, now: datetime
) -> None:
    """Follow it no longer; raises Refused where the person does not follow it."""
    with transition(session, actor, UNFOLLOW, resource_type, ref, now) as resource:
        session.execute(
            delete(Follow).where(
                Follow.person_id == actor.person_id,
                Follow.resource_type == resource_type.name,
                Follow.resource_id == resource.id,
            )
        )
