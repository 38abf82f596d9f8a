"""The entry of offers: what the inviting side typed is shown and found by that side alone."""

from typing import Final

from models.offers import Offer, OfferState
from portal.catalogue.noun import (
    NO_DATES,
    NO_ENTRY,
    NO_MOMENT,
    NO_NEWS,
    NO_NORMS,
    NO_SERVICE,
    Activity,
    Beginning,
    Noun,
    Without,
    by_name,
    everything,
)
from portal.consent import email_context
from portal.consent.tasks import TASKS
from portal.rules import ACCEPT, DECLINE, INVITE, OFFERS, READ_ADDRESS
from portal.words import N_

OFFER: Final = Noun(
    policy=OFFERS,
    label=N_("Invitations"),
    one=N_("Invitation"),
    endpoint="offers.read",
    menu=Without(
        "invitations are listed in the account of whoever is invited, and where they are sent"
    ),
    states={
        OfferState.OFFERED: N_("no response yet"),
        OfferState.ACCEPTED: N_("accepted"),
        OfferState.DECLINED: N_("declined"),
        OfferState.WITHDRAWN: N_("withdrawn"),
    },
    begins=Beginning(INVITE, OfferState.OFFERED),
    title=Offer.name,
    title_verb=READ_ADDRESS,
    marked=False,
    activity=Activity(
        to_readers={},
        to_holders={
            READ_ADDRESS: {
                ACCEPT: N_("The invitation %(what)s was accepted"),
                DECLINE: N_("The invitation %(what)s was declined"),
            }
        },
        named_to=(),
        moment=NO_MOMENT,
        proposal=everything,
    ),
    search=by_name(READ_ADDRESS, Offer.name, at=Offer.created_at, proposal=everything),
    ties=Without("an invitation belongs to no process: seats are given without one"),
    tasks=TASKS,
    dates=NO_DATES,
    norm_tags=NO_NORMS,
    serves=NO_SERVICE,
    due=Without("that an invitation has expired is a question to the clock, nothing is stored"),
    ladders=Without("an invitation that nobody answers is sent anew by hand, and expires"),
    email_context=email_context,
    news=NO_NEWS,
    calendar_entry=NO_ENTRY,
)
