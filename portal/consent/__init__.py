"""Consent: offers are made, answered and taken up here, below the services that ask for them.

An offer gives nothing. `settle` makes the tie once whoever is asked has accepted; nothing else in
the portal makes one (a test of the system looks for it).
"""

from portal.consent.acceptance import accept, accept_by_key, decline_by_key, settle
from portal.consent.keys import email_context, may_be_sent, void_keys
from portal.consent.offering import (
    INVITATION_DAYS,
    Invitee,
    offer_tie,
    offer_to_person,
    send_again,
)
