"""Offers made and sent: what somebody is invited to; nothing holds before they accept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.base import new_reference
from models.names import folded_address
from models.offers import Offer, OfferState, Tie
from models.stakeholders import Invitation, Organisation, Person, SharingGroup, Standing
from portal.access import Actor, may
from portal.consent.acceptance import accept
from portal.consent.keys import void_keys
from portal.email_keys import hash_key
from portal.errors import Invalid, TooLate
from portal.ledger import audit, notify, transition, write_to
from portal.relations import awaited_by_offer
from portal.rules import ACCEPT, INVITE, INVITE_AGAIN, OFFERS, PEOPLE
from portal.words import N_

INVITATION_DAYS = 14


@dataclass(frozen=True)
class Invitee:
    """Somebody as the inviter typed them, both in their one spelling."""

    name: str
    email: str


def offer_to_person(
    session: Session,
    actor: Actor | None,
    tie: Tie,
    invitee: Invitee,
    *,
    role: str,
    organisation: Organisation | None = None,
    zone: str = "UTC",
    now: datetime,
) -> str:
    """Invite whoever has an address, known here or not: all that follows is the same.

    Gives back the one-time key of the e-mail. Raises Invalid where this side has an open offer of
    the same role to the same address: it knows of its own offers, and of nothing else.
    """
    key = folded_address(invitee.email)
    home = organisation.id if organisation else None
    same_as = f"{tie}:{home}:{role}:{key}"
    if _is_open(session, same_as):
        raise Invalid({"email": N_("This address has already been invited in that role.")})
    offer = _offer(
        session,
        actor,
        now,
        tie=tie,
        organisation_id=home,
        role=role,
        name=invitee.name,
        email=invitee.email,
        person_id=_person(session, key, invitee, zone, now).id,
        same_as=same_as,
    )
    return _send(session, actor, offer, now)


def offer_tie(
    session: Session,
    actor: Actor,
    organisation_id: int,
    *,
    group: SharingGroup | None = None,
    to_organisation_id: int | None = None,
    person_id: int | None = None,
    now: datetime,
) -> None:
    """Ask an organisation to be a client, or an organisation or person to join a group.

    Where the actor is who would be asked, entering it is the consent.
    """
    tie = Tie.GROUP if group else Tie.CLIENT
    whom = f"o{to_organisation_id}" if to_organisation_id else f"p{person_id}"
    offer = _offer(
        session,
        actor,
        now,
        tie=tie,
        organisation_id=organisation_id,
        group_id=group.id if group else None,
        to_organisation_id=to_organisation_id,
        person_id=person_id,
        same_as=f"{tie}:{group.id if group else organisation_id}:{whom}",
    )
    if may(session, actor, ACCEPT, OFFERS, offer.id, now):
        accept(session, actor, offer.ref, now)
    else:
        notify(
            session,
            audit(session, actor, INVITE, OFFERS, offer, now),
            awaited_by_offer,
            OFFERS,
            now,
        )


def _offer(session: Session, actor: Actor | None, now: datetime, **what: object) -> Offer:
    offer = Offer(
        ref=new_reference(OFFERS.prefix, now.year),
        by_id=actor.person_id if actor else None,
        state=OfferState.OFFERED,
        created_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
        **what,
    )
    session.add(offer)
    try:
        session.flush()
    except IntegrityError as taken:
        raise TooLate(INVITE) from taken
    return offer


def _is_open(session: Session, same_as: str) -> bool:
    alike = exists().where(Offer.same_as == same_as, Offer.state == OfferState.OFFERED)
    return bool(session.scalar(select(alike)))


def _person(session: Session, key: str, invitee: Invitee, zone: str, now: datetime) -> Person:
    # Somebody who is new gets a row that is nobody yet: no act is recorded before they accept.
    known = select(Person).where(Person.email_key == key)
    person = session.scalars(known).one_or_none()
    if person is not None:
        return person
    new = Person(
        ref=new_reference(PEOPLE.prefix, now.year),
        name=invitee.name,
        email=invitee.email,
        zone=zone,
        created_at=now,
        state=Standing.INVITED,
    )
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:  # somebody else invited them at the same moment
        return session.scalars(known).one()
    return new


def send_again(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Send the e-mail of an open offer again, for as long as a new one; the old key is void."""
    with transition(session, actor, INVITE_AGAIN, OFFERS, ref, now) as offer:
        offer.expires_at = now + timedelta(days=INVITATION_DAYS)
        session.flush()
        if offer.email:
            _send(session, actor, offer, now)
        else:
            event = audit(session, actor, INVITE, OFFERS, offer, now)
            notify(session, event, awaited_by_offer, OFFERS, now)


def _send(session: Session, actor: Actor | None, offer: Offer, now: datetime) -> str:
    key = secrets.token_urlsafe(24)
    void_keys(session, offer, now)
    session.add(
        Invitation(
            person_id=offer.person_id,
            offer_id=offer.id,
            key_hash=hash_key(key),
            created_at=now,
            expires_at=offer.expires_at,
        )
    )
    session.flush()
    event = audit(session, actor, INVITE, OFFERS, offer, now)
    write_to(session, event, offer.person_id or 0, now, secret=key)
    return key
