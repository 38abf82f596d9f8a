"""The desk for organisations, people, sharing groups: who is in, in which role, until when."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.orm import Session

from models.base import new_reference
from models.signins import SignIn
from models.stakeholders import (
    Appointment,
    Client,
    GroupMember,
    Invitation,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    PlatformRole,
    Role,
    SharingGroup,
    Standing,
)
from models.vocabulary import Tlp
from portal.access import Actor, visible
from portal.errors import Invalid
from portal.ledger import create, note, perform, write_to
from portal.relations import in_force
from portal.rules import (
    ADMIT,
    CLOSE,
    EDIT,
    END_MEMBERSHIP,
    FORM_GROUP,
    GROUPS,
    INVITE,
    LEAVE,
    OFFICE,
    ORGANISATIONS,
    PEOPLE,
    REINSTATE,
    SET_CLIENTS,
    SUSPEND,
)
from portal.words import N_

INVITATION_DAYS = 14
OFFICE_REF = "OFFICE"


@dataclass(frozen=True)
class NewOrganisation:
    """What the steward says of an organisation when admitting it."""

    name: str
    kind: OrganisationKind
    country: str
    zone: str = "UTC"
    sectors: tuple[str, ...] = ()


def admit(session: Session, actor: Actor, new: NewOrganisation, now: datetime) -> Organisation:
    """Admit an organisation; it is active at once, and empty until somebody is invited.

    Raises Invalid when the name is taken.
    """
    taken = exists().where(func.lower(Organisation.name) == new.name.lower())
    if session.scalar(select(taken)):
        raise Invalid({"name": N_("An organisation of this name is already here.")})
    with perform(session, actor, ADMIT, OFFICE, OFFICE_REF, now):
        organisation = Organisation(
            ref=new_reference(ORGANISATIONS.letter, now.year),
            name=new.name,
            kind=new.kind,
            country=new.country,
            zone=new.zone,
            sectors=list(new.sectors),
            state=Standing.ACTIVE,
            created_at=now,
        )
        create(session, actor, ADMIT, ORGANISATIONS, organisation, now)
    return organisation


def invite(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    name: str,
    email: str,
    role: Role,
    zone: str = "UTC",
    now: datetime,
) -> str:
    """Invite a person into an organisation by letter; gives back the one-time key.

    A person who is already here gets the further role at once and no second letter.
    """
    with perform(session, actor, INVITE, ORGANISATIONS, ref, now, role=role) as organisation:
        person = session.scalars(
            select(Person).where(func.lower(Person.email) == email.lower())
        ).one_or_none()
        if person is None:
            person = Person(
                ref=new_reference(PEOPLE.letter, now.year),
                name=name,
                email=email,
                zone=zone,
                created_at=now,
                state=Standing.INVITED,
            )
            create(session, actor, ADMIT, PEOPLE, person, now)
        _join(session, person, organisation, role, now)
        if person.state != Standing.INVITED:
            return ""
        return _send_key(session, actor, person, now)


def invite_steward(session: Session, *, email: str, name: str, now: datetime) -> str:
    """Bring in the first steward of a new portal, from the command line; gives back the key."""
    person = Person(
        ref=new_reference(PEOPLE.letter, now.year),
        name=name,
        email=email,
        created_at=now,
        state=Standing.INVITED,
    )
    create(session, None, ADMIT, PEOPLE, person, now)
    session.add(Appointment(person_id=person.id, role=PlatformRole.STEWARD, begins_at=now))
    return _send_key(session, None, person, now)


def _join(
    session: Session, person: Person, organisation: Organisation, role: Role, now: datetime
) -> None:
    already = exists().where(
        Membership.person_id == person.id,
        Membership.organisation_id == organisation.id,
        Membership.role == role,
        in_force(Membership, now),
    )
    if session.scalar(select(already)):
        raise Invalid({"email": N_("This person already has that role here.")})
    session.add(
        Membership(person_id=person.id, organisation_id=organisation.id, role=role, begins_at=now)
    )
    session.flush()


def _send_key(session: Session, actor: Actor | None, person: Person, now: datetime) -> str:
    key = secrets.token_urlsafe(24)
    session.execute(
        update(Invitation)
        .where(Invitation.person_id == person.id, Invitation.accepted_at.is_(None))
        .values(revoked_at=now)
    )
    session.add(
        Invitation(
            person_id=person.id,
            key_hash=hash_key(key),
            created_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
    )
    session.flush()
    event = note(session, actor, INVITE, PEOPLE, person, now)
    write_to(session, event, person.id, now, secret=key)
    return key


def hash_key(key: str) -> str:
    """How a one-time key is kept: SHA-256, since the key itself is random enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def end_membership(
    session: Session, actor: Actor, ref: str, *, membership_id: int, now: datetime
) -> None:
    """End a membership of this organisation at once; every right that hung on it ends too."""
    with perform(session, actor, END_MEMBERSHIP, ORGANISATIONS, ref, now) as organisation:
        membership = session.get(Membership, membership_id)
        if membership is None or membership.organisation_id != organisation.id:
            raise Invalid({"membership": N_("That is not a membership of this organisation.")})
        membership.ends_at = now


def set_clients(
    session: Session, actor: Actor, ref: str, *, client_ids: set[int], now: datetime
) -> None:
    """Say which organisations are clients of this one: what AMBER reaches beyond its members."""
    with perform(session, actor, SET_CLIENTS, ORGANISATIONS, ref, now) as organisation:
        if organisation.id in client_ids:
            raise Invalid({"clients": N_("An organisation cannot be its own client.")})
        for row in session.scalars(select(Client).where(Client.provider_id == organisation.id)):
            session.delete(row)
        session.flush()
        for client_id in sorted(client_ids):
            session.add(Client(provider_id=organisation.id, client_id=client_id))


def set_zone(session: Session, actor: Actor, zone: str, now: datetime) -> None:
    """Set one's own time zone."""
    person = session.get_one(Person, actor.person_id)
    with perform(session, actor, EDIT, PEOPLE, person.ref, now) as person:
        person.zone = zone


def suspend_organisation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Suspend an organisation: its members lose what they had through it, at once."""
    with perform(session, actor, SUSPEND, ORGANISATIONS, ref, now):
        pass


def reinstate_organisation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Let a suspended organisation back in."""
    with perform(session, actor, REINSTATE, ORGANISATIONS, ref, now):
        pass


def suspend_person(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Suspend a person: every sign-in of theirs ends with the same act."""
    with perform(session, actor, SUSPEND, PEOPLE, ref, now) as person:
        end_signins(session, person.id, now)


def reinstate_person(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Let a suspended person back in."""
    with perform(session, actor, REINSTATE, PEOPLE, ref, now):
        pass


def leave(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Leave the portal oneself."""
    with perform(session, actor, LEAVE, PEOPLE, ref, now) as person:
        end_signins(session, person.id, now)


def end_signins(session: Session, person_id: int, now: datetime) -> None:
    """End every sign-in of a person."""
    session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def form_group(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    name: str,
    ceiling: Tlp,
    open_list: bool = True,
    now: datetime,
) -> SharingGroup:
    """Form a sharing group for an organisation; `ceiling` is the strictest marking it may get."""
    with perform(session, actor, FORM_GROUP, ORGANISATIONS, organisation_ref, now) as owner:
        group = SharingGroup(
            ref=new_reference(GROUPS.letter, now.year),
            name=name,
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
    organisation_ids: set[int],
    person_ids: set[int],
    now: datetime,
) -> None:
    """Say who is on the group's list; who is taken off reads nothing through it from now on."""
    with perform(session, actor, EDIT, GROUPS, ref, now) as group:
        for line in session.scalars(select(GroupMember).where(GroupMember.group_id == group.id)):
            session.delete(line)
        session.flush()
        for key in sorted(organisation_ids):
            session.add(GroupMember(group_id=group.id, organisation_id=key))
        for key in sorted(person_ids):
            session.add(GroupMember(group_id=group.id, person_id=key))


def close_group(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Close a group: it gives nobody anything any more."""
    with perform(session, actor, CLOSE, GROUPS, ref, now):
        pass


def directory(actor: Actor, now: datetime, words: str = "") -> Select[Any]:
    """The organisations that the person may know of, by name."""
    columns = (Organisation.ref, Organisation.name, Organisation.kind, Organisation.country)
    listing = visible(ORGANISATIONS, actor, now, *columns, Organisation.state)
    if words:
        listing = listing.where(Organisation.name.icontains(words, autoescape=True))
    return listing.order_by(Organisation.name).limit(200)


def people_of(actor: Actor, organisation_id: int, now: datetime) -> Select[Any]:
    """The members of an organisation whom the person may know of, with their roles."""
    columns = (Person.ref, Person.name, Membership.id, Membership.role)
    return (
        visible(PEOPLE, actor, now, *columns)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id, in_force(Membership, now))
        .order_by(Person.name, Membership.role)
    )
