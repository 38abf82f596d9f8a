"""People: invited, given roles, suspended, gone; every right ends with its ground."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.names import folded_address
from models.offers import Tie
from models.signins import SignIn
from models.stakeholders import Membership, Person, PlatformRole, Role
from portal.access import Actor, authorize
from portal.consent import Invitee, offer_to_person
from portal.errors import Invalid
from portal.ledger import transition
from portal.names import address_from, name_from
from portal.relations import in_force, moment
from portal.rules import (
    EDIT,
    END_MEMBERSHIP,
    INVITE,
    LEAVE,
    ORGANISATIONS,
    PEOPLE,
    READ,
    REINSTATE,
    RESIGN,
    SUSPEND,
)
from portal.words import N_


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
    """Invite a person to act for an organisation; gives back the one-time key of the e-mail.

    Nothing holds before they accept, and nothing tells whether the address was known here.
    """
    invitee = Invitee(name_from(name), address_from(email))
    with transition(session, actor, INVITE, ORGANISATIONS, ref, now, role=role) as organisation:
        return offer_to_person(
            session,
            actor,
            Tie.MEMBER,
            invitee,
            role=role,
            organisation=organisation,
            zone=zone,
            now=now,
        )


def invite_steward(session: Session, *, email: str, name: str, now: datetime) -> str:
    """Invite a steward from the command line; gives back the key of the e-mail.

    Raises Invalid for a name or address that cannot be taken, or one that is invited already.
    """
    invitee = Invitee(name_from(name), address_from(email))
    return offer_to_person(session, None, Tie.OFFICE, invitee, role=PlatformRole.STEWARD, now=now)


def person_at(session: Session, email: str) -> Person | None:
    """The person with this e-mail address, however it is spelled."""
    found = select(Person).where(Person.email_key == folded_address(email))
    return session.scalars(found).one_or_none()


def end_membership(
    session: Session, actor: Actor, ref: str, *, membership_id: int, now: datetime
) -> None:
    """End a membership of this organisation at once; every right that hung on it ends too."""
    with transition(session, actor, END_MEMBERSHIP, ORGANISATIONS, ref, now) as organisation:
        membership = session.scalars(
            select(Membership).where(
                Membership.id == membership_id,
                Membership.organisation_id == organisation.id,
                in_force(Membership, moment(now)),  # ended again it would have lasted longer
            )
        ).one_or_none()
        if membership is None:
            raise Invalid({"membership": N_("This is not a membership of this organisation.")})
        membership.ends_at = now


def resign(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """End one's own memberships of an organisation at once."""
    with transition(session, actor, RESIGN, ORGANISATIONS, ref, now) as organisation:
        session.execute(
            update(Membership)
            .where(
                Membership.organisation_id == organisation.id,
                Membership.person_id == actor.person_id,
                in_force(Membership, moment(now)),
            )
            .values(ends_at=now)
        )


def read_person(session: Session, actor: Actor, ref: str, now: datetime) -> Person:
    """A person, for whoever may know of them; raises what `access.authorize` raises."""
    return authorize(session, actor, READ, PEOPLE, ref, now)


def edit_person(session: Session, actor: Actor, zone: str, now: datetime) -> None:
    """Set one's own time zone."""
    person = session.get_one(Person, actor.person_id)
    with transition(session, actor, EDIT, PEOPLE, person.ref, now) as person:
        person.zone = zone


def set_digest(session: Session, actor: Actor, digest: str, hour: int, now: datetime) -> None:
    """Choose how what asks nothing of oneself is sent: at once, or once a day from an hour on."""
    person = session.get_one(Person, actor.person_id)
    with transition(session, actor, EDIT, PEOPLE, person.ref, now) as person:
        person.digest, person.digest_hour = digest, hour


def digest_of(session: Session, actor: Actor) -> tuple[str, int]:
    """What the person chose of it, and the hour."""
    chosen = select(Person.digest, Person.digest_hour).where(Person.id == actor.person_id)
    row = session.execute(chosen).one()
    return row.digest, row.digest_hour


def close_tour(session: Session, actor: Actor, now: datetime) -> None:
    """Close the tour of one's first visit for good."""
    person = session.get_one(Person, actor.person_id)
    with transition(session, actor, EDIT, PEOPLE, person.ref, now) as person:
        person.toured_at = now


def suspend_person(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Suspend a person: every sign-in of theirs ends with the same act."""
    with transition(session, actor, SUSPEND, PEOPLE, ref, now) as person:
        end_signins(session, person.id, now)


def reinstate_person(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Let a suspended person back in."""
    with transition(session, actor, REINSTATE, PEOPLE, ref, now):
        pass


def leave_person(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Leave the portal oneself."""
    with transition(session, actor, LEAVE, PEOPLE, ref, now) as person:
        end_signins(session, person.id, now)


def end_signins(session: Session, person_id: int, now: datetime) -> None:
    """End every sign-in of a person."""
    session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )
