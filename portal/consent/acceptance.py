"""Offers taken up or declined: the one place where a tie is made, once whoever is asked agrees."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.ledger import AuditEvent
from models.offers import Offer, OfferState, Tie
from models.stakeholders import (
    Appointment,
    Client,
    GroupMember,
    Membership,
    Organisation,
    Person,
    SharingGroup,
    Standing,
)
from portal.access import Actor, authorize, may
from portal.consent.keys import void_keys
from portal.errors import TooLate
from portal.ledger import audit, notify, transition
from portal.relations import in_force, moment
from portal.rules import ACCEPT, DECLINE, OFFERS, TAKE_ROLE

ROLES = (Tie.MEMBER, Tie.OFFICE)
GONE = (Standing.SUSPENDED, Standing.LEFT)


def accept(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Accept an offer; raises TooLate where it is answered, or what it leads to is closed.

    Raises Untrained where a unit of training is required before the role that it gives.
    """
    with transition(session, actor, ACCEPT, OFFERS, ref, now) as offer:
        if offer.tie in ROLES:
            authorize(session, actor, TAKE_ROLE, OFFERS, ref, now)
        settle(session, offer, now)


def accept_by_key(session: Session, person: Person, offer: Offer, now: datetime) -> bool:
    """Somebody who is new accepts the offer that brought them here; says whether they have.

    Where training is required before the role, the offer stays open for them: they are here now,
    learn, and accept it on its page. Raises what `accept` raises beside. Whether the key is good is
    for the caller to have asked.
    """
    newcomer = Actor(person.id, person.name)
    could = offer.tie in ROLES and may(session, newcomer, ACCEPT, OFFERS, offer.id, now)
    if could and not may(session, newcomer, TAKE_ROLE, OFFERS, offer.id, now):
        void_keys(session, offer, now)
        return False
    try:
        settle(session, offer, now)
    except StaleDataError as lost_race:
        raise TooLate(ACCEPT) from lost_race
    _answer_by_key(session, person, offer, ACCEPT, OfferState.ACCEPTED, now)
    return True


def decline_by_key(session: Session, person: Person, offer: Offer, now: datetime) -> None:
    """Somebody who is new declines: the inviting side learns the same as from anybody else."""
    offer.answered_at = now
    void_keys(session, offer, now)
    event = _answer_by_key(session, person, offer, DECLINE, OfferState.DECLINED, now)
    for rule in OFFERS.rows(DECLINE):
        if rule.notify is not None:
            notify(session, event, rule.notify, OFFERS, now)


def _answer_by_key(
    session: Session, person: Person, offer: Offer, verb: str, state: OfferState, now: datetime
) -> AuditEvent:
    if offer.state != OfferState.OFFERED:
        raise TooLate(verb)
    offer.state = state
    try:
        session.flush()
    except StaleDataError as lost_race:
        raise TooLate(verb) from lost_race
    return audit(session, Actor(person.id, person.name), verb, OFFERS, offer, now)


def settle(session: Session, offer: Offer, now: datetime) -> None:
    """Make the tie of an offer that is being accepted; one that holds already stays as it is."""
    _refuse_closed(session, offer)
    offer.answered_at = now
    void_keys(session, offer, now)
    session.flush()  # of two who answer at once, the second is refused here
    made = {
        Tie.MEMBER: _member,
        Tie.OFFICE: _officer,
        Tie.CLIENT: _client,
        Tie.GROUP: _group_member,
    }[Tie(offer.tie)](offer, now)
    table = type(made)
    alike = [
        getattr(table, name) == value
        for name, value in vars(made).items()
        if name != "begins_at" and not name.startswith("_")
    ]
    if isinstance(made, Membership | Appointment):
        alike.append(in_force(table, moment(now)))
    if not session.scalar(select(exists().where(*alike))):
        session.add(made)
    session.flush()


def _refuse_closed(session: Session, offer: Offer) -> None:
    home = session.get(Organisation, offer.organisation_id) if offer.organisation_id else None
    group = session.get(SharingGroup, offer.group_id) if offer.group_id else None
    if any(one is not None and one.state in GONE for one in (home, group)):
        raise TooLate(ACCEPT)


def _member(offer: Offer, now: datetime) -> Membership:
    return Membership(
        person_id=offer.person_id,
        organisation_id=offer.organisation_id,
        role=offer.role,
        begins_at=now,
    )


def _officer(offer: Offer, now: datetime) -> Appointment:
    return Appointment(person_id=offer.person_id, role=offer.role, begins_at=now)


def _client(offer: Offer, _now: datetime) -> Client:
    return Client(provider_id=offer.organisation_id, client_id=offer.to_organisation_id)


def _group_member(offer: Offer, _now: datetime) -> GroupMember:
    row = GroupMember(group_id=offer.group_id)
    if offer.person_id:
        row.person_id = offer.person_id
    else:
        row.organisation_id = offer.to_organisation_id
    return row
