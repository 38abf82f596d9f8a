"""How a person stands to what they chose to follow, whatever noun it is."""

from typing import Any

from sqlalchemy import inspect

from models.follows import Follow
from portal.db import alias
from portal.relations.sentence import Now, Predicate, Who, relation, some

FOLLOWED = alias(Follow, "policy_followed")


@relation
def following(resource: Any, who: Who, _now: Now) -> Predicate:
    """The person follows the resource."""
    return some(
        FOLLOWED,
        where=(
            FOLLOWED.resource_type == inspect(resource).mapper.local_table.name,
            FOLLOWED.resource_id == resource.id,
            FOLLOWED.person_id == who,
        ),
    )
