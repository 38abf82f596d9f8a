"""The invitations that wait for a person's answer, for themselves or for their organisation."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, literal

from models.base import Moment
from models.offers import Offer, OfferState
from models.stakeholders import Organisation, SharingGroup
from portal.access import Actor, clause, visible
from portal.rules import ACCEPT, OFFERS

NO_TIME: Final = literal(None, Moment())


def invited(actor: Actor, now: datetime) -> Any:
    """The open offers that the person may accept, with the columns of whatever else waits."""
    columns = (
        literal(OFFERS.name).label("kind"),
        literal(ACCEPT).label("verb"),
        Offer.ref,
        literal("").label("tlp"),
        func.coalesce(SharingGroup.name, Offer.role, "").label("title"),
        func.coalesce(Organisation.name, "").label("organisation"),
        Offer.expires_at.label("by_at"),
        NO_TIME.label("since_at"),
        literal("").label("day_zone"),
        Offer.tie,
    )
    return (
        visible(OFFERS, actor, now, *columns)
        .outerjoin(Organisation, Organisation.id == Offer.organisation_id)
        .outerjoin(SharingGroup, SharingGroup.id == Offer.group_id)
        .where(
            Offer.state == literal(OfferState.OFFERED, literal_execute=True),
            clause(OFFERS, ACCEPT, actor.person_id, now),
        )
        .order_by(Offer.expires_at, Offer.id)
    )
