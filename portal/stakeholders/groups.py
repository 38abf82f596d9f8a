"""Sharing groups: standing lists that a notice can be addressed to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.base import Resource, new_reference
from models.names import folded, look
from models.offers import Offer, OfferState
from models.stakeholders import GroupMember, SharingGroup, Standing
from models.vocabulary import Tlp
from portal.access import Actor, authorize, visible
from portal.consent import offer_tie
from portal.db import in_state
from portal.errors import Invalid, Said
from portal.ledger import create, transition
from portal.names import name_from
from portal.parameters import at_most
from portal.rules import (
    CLOSE,
    EDIT,
    FORM_GROUP,
    GROUPS,
    LEAVE,
    LEAVE_GROUP,
    ORGANISATIONS,
    PEOPLE,
    READ,
    ResourceType,
)
from portal.stakeholders.offers import revoke_invitation
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
    with transition(session, actor, FORM_GROUP, ORGANISATIONS, organisation_ref, now) as owner:
        name = _free_name(session, owner.id, name, look_alike)
        group = SharingGroup(
            ref=new_reference(GROUPS.prefix, now.year),
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


def read_group(session: Session, actor: Actor, ref: str, now: datetime) -> SharingGroup:
    """A group, for whoever may know of it; raises what `access.authorize` raises."""
    return authorize(session, actor, READ, GROUPS, ref, now)


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

    Whoever is new is invited, and on the list once they accept. Raises Invalid for a name that is
    empty, and for entries that are new and not known here.
    """
    with transition(session, actor, EDIT, GROUPS, ref, now) as group:
        if name is not None:
            group.name = _free_name(session, group.organisation_id, name, True, but=group.id)
        if purpose is not None:
            group.purpose = purpose
        flag_modified(group, "purpose")  # of two who change its list at once one is told
        before, invited = members_of(session, group), invited_to(session, group)
        chosen = frozenset(organisation_ids), frozenset(person_ids)
        new = tuple(chosen[n] - before[n] - invited[n].keys() for n in (0, 1))
        _refuse_unknown(session, actor, ORGANISATIONS, "organisations", new[0], now)
        _refuse_unknown(session, actor, PEOPLE, "people", new[1], now)
        _take_off(session, group, before[0] - chosen[0], before[1] - chosen[1])
        for n in (0, 1):
            for key in sorted(invited[n].keys() - chosen[n]):
                revoke_invitation(session, actor, invited[n][key], now)
        owner = group.organisation_id
        for key in sorted(new[0]):
            offer_tie(session, actor, owner, group=group, to_organisation_id=key, now=now)
        for key in sorted(new[1]):
            offer_tie(session, actor, owner, group=group, person_id=key, now=now)


def _take_off(
    session: Session, group: SharingGroup, organisations: frozenset[int], people: frozenset[int]
) -> None:
    off = or_(GroupMember.organisation_id.in_(organisations), GroupMember.person_id.in_(people))
    session.execute(delete(GroupMember).where(and_(GroupMember.group_id == group.id, off)))


def leave_group(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Leave a group in which one is by name."""
    with transition(session, actor, LEAVE, GROUPS, ref, now) as group:
        _take_off(session, group, frozenset(), frozenset({actor.person_id}))


def leave_group_organisation(
    session: Session, actor: Actor, ref: str, *, group_id: int, now: datetime
) -> None:
    """Take an organisation off a group's list, for the organisation."""
    with transition(session, actor, LEAVE_GROUP, ORGANISATIONS, ref, now) as organisation:
        group = session.get(SharingGroup, group_id)
        if group is None or organisation.id not in members_of(session, group)[0]:
            raise Invalid({"group": N_("The organisation is not in that group.")})
        _take_off(session, group, frozenset({organisation.id}), frozenset())


def _free_name(session: Session, owner_id: int, typed: str, look_alike: bool, but: int = 0) -> str:
    name = name_from(typed)
    others = select(SharingGroup.name).where(
        SharingGroup.organisation_id == owner_id,
        SharingGroup.id != but,
        SharingGroup.state == Standing.ACTIVE,
    )
    if session.scalar(others.where(SharingGroup.name_key == folded(name)).limit(at_most(1))):
        raise Invalid({"name": N_("The organisation already has a group of this name.")})
    alike = session.scalar(others.where(SharingGroup.name_look == look(name)).limit(at_most(1)))
    if alike is not None and not look_alike:
        raise Invalid({"look_alike": Said(LOOKS_ALIKE, name=alike)})
    return name


def _refuse_unknown(
    session: Session,
    actor: Actor,
    kind: ResourceType[Resource],
    field: str,
    keys: frozenset[int],
    now: datetime,
) -> None:
    seen = visible(kind, actor, now, kind.model.id).where(kind.model.id.in_(keys))
    if keys and len(session.scalars(seen).all()) != len(keys):
        raise Invalid({field: N_("An entry of this list is not in the portal.")})


def close_group(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Close a group: it gives nobody anything any more."""
    with transition(session, actor, CLOSE, GROUPS, ref, now):
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


def invited_to(session: Session, group: SharingGroup) -> tuple[dict[int, str], dict[int, str]]:
    """The organisations and people who have not answered yet: their keys, and their offers."""
    waits = (Offer.group_id == group.id, in_state(Offer, OfferState.OFFERED))
    rows = session.execute(
        select(Offer.ref, Offer.to_organisation_id, Offer.person_id).where(*waits)
    ).all()
    return (
        {row.to_organisation_id: row.ref for row in rows if row.to_organisation_id},
        {row.person_id: row.ref for row in rows if row.person_id},
    )
