"""How a person can stand to an offer: on the side that makes it, or asked by it."""

from sqlalchemy import and_, or_

from models.offers import Offer, OfferState, Tie
from models.stakeholders import Person, Standing
from portal.db import alias
from portal.relations.belonging import ADMINS, CONVENERS, belongs
from portal.relations.sentence import Now, Predicate, Who, relation, some

INVITEE = alias(Person, "policy_invitee")
REACHED: tuple[str, ...] = (Standing.INVITED, Standing.ACTIVE)


@relation
def inviting(offer: type[Offer], who: Who, now: Now) -> Predicate:
    """The person is an admin of the organisation that offers, or keeps the group."""
    keeps = and_(offer.tie == Tie.GROUP, belongs(offer.organisation_id, who, now, *CONVENERS))
    return or_(belongs(offer.organisation_id, who, now, *ADMINS), keeps)


@relation
def into_group(offer: type[Offer], _who: Who, _now: Now) -> Predicate:
    """The offer is to join a sharing group."""
    return offer.tie == Tie.GROUP


@relation
def made_offer(offer: type[Offer], who: Who, _now: Now) -> Predicate:
    """The person made the offer."""
    return offer.by_id == who


@relation
def offered(offer: type[Offer], who: Who, now: Now) -> Predicate:
    """The offer is to the person, or to an organisation of which they are an admin.

    Whoever keeps a group answers for the organisation that owns it.
    """
    own = and_(
        offer.tie == Tie.GROUP,
        offer.to_organisation_id == offer.organisation_id,
        belongs(offer.organisation_id, who, now, *CONVENERS),
    )
    for_home = belongs(offer.to_organisation_id, who, now, *ADMINS)
    return or_(offer.person_id == who, for_home, own)


@relation
def unexpired(offer: type[Offer], _who: Who, now: Now) -> Predicate:
    """The offer has not expired."""
    return offer.expires_at > now


@relation
def awaited_by_offer(offer: type[Offer], who: Who, now: Now) -> Predicate:
    """The offer waits for the person's answer, whether or not they have signed in before."""
    reached = some(
        INVITEE,
        where=(INVITEE.id == who, INVITEE.id == offer.person_id, INVITEE.state.in_(REACHED)),
    )
    return and_(
        offer.state == OfferState.OFFERED,
        offer.expires_at > now,
        or_(reached, belongs(offer.to_organisation_id, who, now, *ADMINS)),
    )
