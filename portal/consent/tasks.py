"""The invitations that wait for a person's answer, for themselves or for their organisation."""

from typing import Final

from sqlalchemy import func, select

from models.offers import Offer, OfferState
from models.stakeholders import SharingGroup
from portal.db import in_state
from portal.parameters import NOTHING
from portal.rules import ACCEPT, OFFERS, READ
from portal.tasks import Could, Task, Tasks, could_wait
from portal.words import N_

GROUP: Final = (
    select(SharingGroup.name)
    .where(SharingGroup.id == Offer.group_id)
    .correlate(Offer)
    .scalar_subquery()
)


def _open() -> Could:
    open_offers = could_wait(Offer.id, Offer.organisation_id, by_at=Offer.expires_at)
    return open_offers.where(in_state(Offer, OfferState.OFFERED))


# The title is the role or the group that is offered, the detail what an invitation leads to: its
# sentence is made of these.
TASKS: Final = Tasks(
    policy=OFFERS,
    title=func.coalesce(GROUP, Offer.role, NOTHING),
    title_verb=READ,
    detail=Offer.tie,
    template="offers/task.html",
    each=(Task(ACCEPT, N_("Accept"), whose="%(who)s", until=N_("response due"), could=_open()),),
)
