"""Whether somebody lacks a unit of training that is required before an act."""

from typing import Any, Final

from sqlalchemy import and_, or_

from models.offers import Offer
from models.training import Act, Completion, CompletionState, Requirement
from portal.db import alias, in_state
from portal.relations.belonging import belongs
from portal.relations.sentence import Now, Predicate, Who, relation, some

REQUIRED: Final = alias(Requirement, "policy_required")
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


@relation
def untrained_for_red(_notice: Any, who: Who, now: Now) -> Predicate:
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
