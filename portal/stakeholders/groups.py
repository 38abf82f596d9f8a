"""Sharing groups: standing lists that a notice can be addressed to."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.stakeholders import GroupMember, SharingGroup, Standing
from models.vocabulary import Tlp
from portal.access import Actor, visible
from portal.errors import Invalid, Said
from portal.ledger import create, perform
from portal.names import folded, look, name_from
from portal.rules import (
    CLOSE,
    EDIT,
    FORM_GROUP,
    GROUPS,
    ORGANISATIONS,
    PEOPLE,
    Kind,
)
from portal.words import N_

LOOKS_ALIKE = N_(
    "This name looks like %(name)s, a group of this organisation. Confirm that it is another group."
)


def form_group(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    name: str,
    ceiling: Tlp,
    purpose: str = "",
    open_list: bool = True,
    look_alike: bool = False,
    now: datetime,
) -> SharingGroup:
    """Form a sharing group for an organisation; `ceiling` is the strictest marking it may get.

    Raises Invalid when the organisation has a group of that name, or of one that looks like it and
    `look_alike` does not say that this is known.
    """
    with perform(session, actor, FORM_GROUP, ORGANISATIONS, organisation_ref, now) as owner:
        name = _free_name(session, owner.id, name, look_alike)
        group = SharingGroup(
            ref=new_reference(GROUPS.letter, now.year),
            name=name,
            purpose=purpose,
            organisation_id=owner.id,
            ceiling=ceiling,
            open_list=open_list,
            created_at=now,
            state=Standing.ACTIVE,
        )
        create(session, actor, FORM_GROUP, GROUPS, group, now)
    return group


def edit_group(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    organisation_ids: Collection[int],
    person_ids: Collection[int],
    name: str | None = None,
    purpose: str | None = None,
    now: datetime,
) -> None:
    """Say who is on the group's list; who is taken off reads nothing through it from now on.

    Raises Invalid for a name that is empty, and for entries that are new and not known here.
    """
    with perform(session, actor, EDIT, GROUPS, ref, now) as group:
        if name is not None:
            group.name = _free_name(session, group.organisation_id, name, True, but=group.id)
        if purpose is not None:
            group.purpose = purpose
        before = session.scalars(select(GroupMember).where(GroupMember.group_id == group.id)).all()
        known = {line.organisation_id for line in before}, {line.person_id for line in before}
        _refuse_unknown(
            session, actor, ORGANISATIONS, "organisations", set(organisation_ids) - known[0], now
        )
        _refuse_unknown(session, actor, PEOPLE, "people", set(person_ids) - known[1], now)
        session.execute(delete(GroupMember).where(GroupMember.group_id == group.id))
        session.add_all(
            GroupMember(group_id=group.id, organisation_id=key)
            for key in sorted(set(organisation_ids))
        )
        session.add_all(
            GroupMember(group_id=group.id, person_id=key) for key in sorted(set(person_ids))
        )
        session.flush()


def _free_name(session: Session, owner_id: int, typed: str, look_alike: bool, but: int = 0) -> str:
    name = name_from(typed)
    others = select(SharingGroup.name).where(
        SharingGroup.organisation_id == owner_id,
        SharingGroup.id != but,
        SharingGroup.state == Standing.ACTIVE,
    )
    if session.scalar(others.where(SharingGroup.name_key == folded(name)).limit(1)):
        raise Invalid({"name": N_("The organisation already has a group of this name.")})
    alike = session.scalar(others.where(SharingGroup.name_look == look(name)).limit(1))
    if alike is not None and not look_alike:
        raise Invalid({"look_alike": Said(LOOKS_ALIKE, name=alike)})
    return name


def _refuse_unknown(
    session: Session, actor: Actor, kind: Kind[Any], field: str, keys: set[int], now: datetime
) -> None:
    seen = visible(kind, actor, now, kind.model.id).where(kind.model.id.in_(keys))
    if keys and len(session.scalars(seen).all()) != len(keys):
        raise Invalid({field: N_("An entry of this list is not known here.")})


def close_group(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Close a group: it gives nobody anything any more."""
    with perform(session, actor, CLOSE, GROUPS, ref, now):
        pass


def members_of(session: Session, group: SharingGroup) -> tuple[frozenset[int], frozenset[int]]:
    """The keys of the organisations and of the people on a group's list."""
    rows = session.execute(
        select(GroupMember.organisation_id, GroupMember.person_id).where(
            GroupMember.group_id == group.id
        )
    ).all()
    return (
        frozenset(row.organisation_id for row in rows if row.organisation_id),
        frozenset(row.person_id for row in rows if row.person_id),
    )
