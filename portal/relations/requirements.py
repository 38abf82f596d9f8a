"""Whether somebody lacks a unit of training that is required before an act."""

from typing import Any, Final

from sqlalchemy import and_, or_, true

from models.offers import Offer, OfferState, Tie
from models.training import Act, Completion, CompletionState, Requirement
from portal.db import alias, in_state
from portal.relations.belonging import belongs
from portal.relations.sentence import Now, Predicate, Who, relation, some

REQUIRED: Final = alias(Requirement, "policy_required")
OPEN_OFFER: Final = alias(Offer, "policy_open_offer")
DONE: Final = alias(Completion, "policy_done")


def not_done(act: Act, concerned: Any, who: Who, now: Now) -> Predicate:
    """Of `REQUIRED`: it is asked before the act and of the person, who has no valid completion.

    `concerned` says of a requirement of an organisation whether it is asked here.
    """
    done = some(
        DONE,
        where=(
            DONE.person_id == who,
            DONE.unit == REQUIRED.unit,
            in_state(DONE, CompletionState.COMPLETED),
            DONE.expires_at > now,
        ),
    )
    asked = or_(REQUIRED.organisation_id.is_(None), concerned)
    return and_(REQUIRED.act == act, asked, ~done)


def of_members(act: Act, who: Who, now: Now) -> Predicate:
    """Of `REQUIRED`: not done, where organisations ask it of their own people."""
    return not_done(act, belongs(REQUIRED.organisation_id, who, now), who, now)


def of_role(offer: Any, who: Who, now: Now) -> Predicate:
    """Of `REQUIRED`: not done, where the organisation asks it of whoever takes a role in it."""
    return not_done(Act.TAKE_ROLE, REQUIRED.organisation_id == offer.organisation_id, who, now)


def of_anything(who: Who, now: Now) -> Predicate:
    """Of `REQUIRED`: not done, and asked of the person before something that they could do.

    Before a role it is asked of whoever has an open offer of one.
    """
    offered = some(
        OPEN_OFFER,
        where=(
            OPEN_OFFER.person_id == who,
            in_state(OPEN_OFFER, OfferState.OFFERED),
            OPEN_OFFER.expires_at > now,
            OPEN_OFFER.tie.in_((Tie.MEMBER, Tie.OFFICE)),
            or_(
                REQUIRED.organisation_id.is_(None),
                REQUIRED.organisation_id == OPEN_OFFER.organisation_id,
            ),
        ),
    )
    return or_(
        of_members(Act.PUBLISH_RED, who, now),
        of_members(Act.TAKE_SEAT, who, now),
        and_(offered, not_done(Act.TAKE_ROLE, true(), who, now)),
    )


@relation
def untrained_for_red(_resource: Any, who: Who, now: Now) -> Predicate:
    """The person lacks a unit that is required before publishing as TLP:RED."""
    return some(REQUIRED, where=(of_members(Act.PUBLISH_RED, who, now),))


@relation
def untrained_for_role(offer: type[Offer], who: Who, now: Now) -> Predicate:
    """The person lacks a unit that is required before taking a role there."""
    return some(REQUIRED, where=(of_role(offer, who, now),))


@relation
def untrained_for_seat(_resource: Any, who: Who, now: Now) -> Predicate:
    """The person lacks a unit that is required before acting from a seat."""
    return some(REQUIRED, where=(of_members(Act.TAKE_SEAT, who, now),))
