"""How a person can stand to a sharing group."""

from typing import Any, Final

from sqlalchemy import or_

from models.stakeholders import GroupMember, SharingGroup, Standing
from portal.db import alias, in_state
from portal.relations.belonging import CONVENERS, belongs
from portal.relations.facts import Fact
from portal.relations.sentence import Now, Predicate, Who, relation, some

ON, GROUP = alias(GroupMember, "policy_on"), alias(SharingGroup, "policy_group")


def _on_list(who: Who, now: Now) -> tuple[Predicate, ...]:
    return (
        GROUP.id == ON.group_id,
        in_state(GROUP, Standing.ACTIVE),
        or_(ON.person_id == who, belongs(ON.organisation_id, who, now)),
    )


CIRCLES: Final = Fact("groups", ON.group_id, (ON, GROUP), _on_list)


@relation
def group_keeper(group: type[SharingGroup], who: Who, now: Now) -> Predicate:
    """The person may change the group for the organisation that owns it."""
    return belongs(group.organisation_id, who, now, *CONVENERS)


@relation
def group_member(group: type[SharingGroup], who: Who, now: Now) -> Predicate:
    """The person is on the group's list, or belongs to an organisation on it."""
    return on_group_list(group.id, who, now)


@relation
def on_list_by_name(group: type[SharingGroup], who: Who, _now: Now) -> Predicate:
    """The person is on the group's list by name."""
    return some(ON, where=(ON.group_id == group.id, ON.person_id == who))


@relation
def open_list(group: type[SharingGroup], _who: Who, _now: Now) -> Predicate:
    """The members of the group may see one another."""
    return group.open_list.is_(True)


def on_group_list(group_id: Any, who: Who, now: Now) -> Predicate:
    """The person is on the list of the active GROUP, by name or through an organisation."""
    return CIRCLES.has(group_id, who, now)
