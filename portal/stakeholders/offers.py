"""Offers: answered by whoever is invited, withdrawn or sent again by who invites, and listed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from models.offers import Offer, OfferState
from models.stakeholders import Organisation, Person, SharingGroup
from portal.access import Actor, as_column, authorize, beside_read, readable
from portal.consent import accept, send_again, void_keys
from portal.db import alias
from portal.ledger import transition
from portal.parameters import KEY, ME, NOTHING, NOW, at_most, ready
from portal.rules import (
    ACCEPT,
    DECLINE,
    INVITE_AGAIN,
    OFFERS,
    READ,
    READ_ADDRESS,
    REVOKE_INVITATION,
)

FROM, TO = alias(Organisation), alias(Organisation)
MOST = 100


@dataclass(frozen=True)
class OfferRow:
    """An offer as a page shows it: from whom, to what, to whom as it was typed, and until when."""

    ref: str
    tie: str
    role: str
    state: str
    name: str
    email: str
    created_at: datetime
    expires_at: datetime
    organisation: str
    group: str
    whom: str
    mine: bool
    keeps: bool
    ours: bool


def accept_offer(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Accept an offer, for oneself or for an organisation of which one is an admin."""
    accept(session, actor, ref, now)


def decline_offer(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Decline an offer; whoever invited is notified of that and no more."""
    with transition(session, actor, DECLINE, OFFERS, ref, now) as offer:
        offer.answered_at = now
        void_keys(session, offer, now)


def invite_again(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Send the invitation again; the key of the earlier e-mail is worth nothing then."""
    send_again(session, actor, ref, now)


def revoke_invitation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Withdraw an offer that is not answered yet."""
    with transition(session, actor, REVOKE_INVITATION, OFFERS, ref, now) as offer:
        # Whoever accepts takes the offer first and its keys then: both ways round would lock.
        session.scalar(select(Offer.id).where(Offer.id == offer.id).with_for_update())
        void_keys(session, offer, now)


def read_offer(session: Session, actor: Actor, ref: str, now: datetime) -> OfferRow:
    """One offer; raises NotFound where it is absent or not this person's to see."""
    found = authorize(session, actor, READ, OFFERS, ref, now)
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: found.id}
    return OfferRow(*session.execute(ONE, asked).one())


def offers_to_me(session: Session, actor: Actor, now: datetime, *which: Any) -> list[OfferRow]:
    """The open offers that this person may accept, the newest first."""
    question = TO_ME.where(*which) if which else TO_ME
    return _listed(session, actor, now, question)


def offers_of(
    session: Session, actor: Actor, now: datetime, *which: Any, answered: bool = False
) -> list[OfferRow]:
    """The offers of one side that wait for an answer (or also those that were declined)."""
    question = ANSWERED if answered else WAITING
    return _listed(session, actor, now, question.where(*which) if which else question)


def _listed(session: Session, actor: Actor, now: datetime, question: Select[Any]) -> list[OfferRow]:
    asked = {ME.key: actor.person_id, NOW.key: now}
    return [OfferRow(*row) for row in session.execute(question, asked)]


def _rows() -> Select[Any]:
    # Of a person who was invited by address only what was typed is shown.
    by_name = and_(Offer.email == "", Person.id == Offer.person_id)
    columns = (
        Offer.ref,
        Offer.tie,
        func.coalesce(Offer.role, NOTHING),
        Offer.state,
        Offer.name,
        Offer.email,
        Offer.created_at,
        Offer.expires_at,
        func.coalesce(FROM.name, NOTHING),
        func.coalesce(SharingGroup.name, NOTHING),
        func.coalesce(TO.name, Person.name, Offer.name),
        as_column(beside_read(OFFERS, ACCEPT, ME, NOW)),
        as_column(beside_read(OFFERS, INVITE_AGAIN, ME, NOW)),
        as_column(beside_read(OFFERS, READ_ADDRESS, ME, NOW)),
    )
    return (
        readable(OFFERS, *columns)
        .select_from(Offer)
        .outerjoin(FROM, FROM.id == Offer.organisation_id)
        .outerjoin(SharingGroup, SharingGroup.id == Offer.group_id)
        .outerjoin(TO, TO.id == Offer.to_organisation_id)
        .outerjoin(Person, by_name)
    )


def _newest(*which: Any) -> Select[Any]:
    return ready(_rows().where(*which).order_by(Offer.id.desc()).limit(at_most(MOST)))


ONE: Final = ready(_rows().where(Offer.id == KEY))
TO_ME: Final = _newest(beside_read(OFFERS, ACCEPT, ME, NOW))
WAITING: Final = _newest(Offer.state.in_((OfferState.OFFERED,)))
ANSWERED: Final = _newest(Offer.state.in_((OfferState.OFFERED, OfferState.DECLINED)))
