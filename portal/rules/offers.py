"""The policy on offers: who is invited decides; whoever invites learns only the answer."""

from typing import Final

from models.offers import Offer, OfferState
from portal.relations import (
    awaited_by_offer,
    into_group,
    inviting,
    made_offer,
    offered,
    steward,
    unexpired,
    untrained_for_role,
)
from portal.rules.sentence import ResourceType, Rule, at
from portal.rules.verbs import (
    ACCEPT,
    DECLINE,
    INVITE,
    INVITE_AGAIN,
    READ,
    READ_ADDRESS,
    REVOKE_INVITATION,
    TAKE_ROLE,
)

OFFERED, ACCEPTED, DECLINED, WITHDRAWN = OfferState
invites = inviting | (steward & ~into_group)
inviters = made_offer | (inviting & ~into_group)

# An invitation is the one e-mail to somebody who may read nothing yet: it goes while it is open.
INVITATIONS: Final = {(INVITE, "offers"): awaited_by_offer}

OFFERS: Final = ResourceType(
    "offers",
    Offer,
    "V",
    at(*OfferState),
    (
        Rule(READ, at(OFFERED), invites | (offered & unexpired)),
        Rule(READ, at(ACCEPTED, DECLINED, WITHDRAWN), invites | offered),
        Rule(READ_ADDRESS, at(*OfferState), invites),
        Rule(ACCEPT, at(OFFERED), offered & unexpired, then=ACCEPTED),
        # Asked beside accepting what gives a role.
        Rule(TAKE_ROLE, at(OFFERED), offered & unexpired & ~untrained_for_role),
        Rule(DECLINE, at(OFFERED), offered & unexpired, then=DECLINED, notify=inviters),
        Rule(INVITE_AGAIN, at(OFFERED), invites),
        Rule(REVOKE_INVITATION, at(OFFERED), invites, then=WITHDRAWN),
    ),
)
