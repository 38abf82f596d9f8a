"""People: invited by letter, given roles, suspended, gone; every right ends with its ground."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from models.base import new_reference
from models.signins import SignIn
from models.stakeholders import (
    Appointment,
    Invitation,
    Membership,
    Organisation,
    Person,
    PlatformRole,
    Role,
    Standing,
)
from portal.access import Actor
from portal.errors import Invalid
from portal.ledger import create, note, perform, write_to
from portal.names import address_from, folded_address, name_from
from portal.relations import in_force
from portal.rules import (
    ADMIT,
    EDIT,
    END_MEMBERSHIP,
    INVITE,
    INVITE_AGAIN,
    LEAVE,
    ORGANISATIONS,
    PEOPLE,
    REINSTATE,
    REVOKE_INVITATION,
    SUSPEND,
)
from portal.words import N_

INVITATION_DAYS = 14


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
    name, email = name_from(name), address_from(email)
    with perform(session, actor, INVITE, ORGANISATIONS, ref, now, role=role) as organisation:
        person = person_at(session, email)
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
        if person.state in (Standing.SUSPENDED, Standing.LEFT):
            raise Invalid({"email": N_("This person cannot be invited; ask the steward.")})
        _join(session, person, organisation, role, now)
        if person.state != Standing.INVITED:
            return ""
        return _send_key(session, actor, person, now)


def invite_steward(session: Session, *, email: str, name: str, now: datetime) -> str:
    """Bring in the first steward of a new portal, from the command line; gives back the key.

    Raises Invalid for a name or address that cannot be taken, or an address that is already here.
    """
    name, email = name_from(name), address_from(email)
    if person_at(session, email) is not None:
        raise Invalid({"email": N_("Somebody here already has this e-mail address.")})
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


def person_at(session: Session, email: str) -> Person | None:
    """The person with this e-mail address, however it is spelled."""
    found = select(Person).where(Person.email_key == folded_address(email))
    return session.scalars(found).one_or_none()


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
    _revoke(session, person, now)
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


def key_is_open(session: Session, key: str, now: datetime) -> bool:
    """Whether an invitation can still be accepted with this one-time key."""
    still = exists().where(
        Invitation.key_hash == hash_key(key),
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now,
    )
    return bool(session.scalar(select(still)))


def invite_again(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Send a new letter to somebody who has not accepted; the old key is worth nothing then."""
    with perform(session, actor, INVITE_AGAIN, PEOPLE, ref, now) as person:
        _send_key(session, actor, person, now)


def revoke_invitation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Take an invitation back, and the roles it was to give."""
    with perform(session, actor, REVOKE_INVITATION, PEOPLE, ref, now) as person:
        _revoke(session, person, now)
        session.execute(
            update(Membership)
            .where(Membership.person_id == person.id, in_force(Membership, now))
            .values(ends_at=now)
        )


def _revoke(session: Session, person: Person, now: datetime) -> None:
    session.execute(
        update(Invitation)
        .where(Invitation.person_id == person.id, Invitation.accepted_at.is_(None))
        .values(revoked_at=now)
    )


def end_membership(
    session: Session, actor: Actor, ref: str, *, membership_id: int, now: datetime
) -> None:
    """End a membership of this organisation at once; every right that hung on it ends too."""
    with perform(session, actor, END_MEMBERSHIP, ORGANISATIONS, ref, now) as organisation:
        membership = session.get(Membership, membership_id)
        if membership is None or membership.organisation_id != organisation.id:
            raise Invalid({"membership": N_("That is not a membership of this organisation.")})
        membership.ends_at = now


def set_zone(session: Session, actor: Actor, zone: str, now: datetime) -> None:
    """Set one's own time zone."""
    person = session.get_one(Person, actor.person_id)
    with perform(session, actor, EDIT, PEOPLE, person.ref, now) as person:
        person.zone = zone


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
