"""One-time keys in e-mails about offers: kept as hashes, void as soon as there is an answer."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from models.offers import Offer
from models.stakeholders import Invitation, Person, Standing
from portal.email_keys import hash_key
from portal.words import N_


def void_keys(session: Session, offer: Offer, now: datetime) -> None:
    """Make the keys in e-mails about an offer worth nothing."""
    unused = (Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
    session.execute(
        update(Invitation).where(Invitation.offer_id == offer.id, *unused).values(revoked_at=now)
    )


def may_be_sent(session: Session, offer_id: int, key: str | None, now: datetime) -> bool:
    """Whether an e-mail about an open offer can go: one to an address needs a key that is good."""
    offer = session.get_one(Offer, offer_id)
    still = exists().where(
        Invitation.key_hash == hash_key(key or ""),
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now,
    )
    return not offer.email or bool(session.scalar(select(still)))


def email_context(
    session: Session, person: Person, offer_id: int, _now: datetime
) -> dict[str, object]:
    """What an e-mail about an offer is made from.

    It says neither who invites nor whether the address is known here: the page does.
    """
    offer = session.get_one(Offer, offer_id)
    typed = offer.name if person.state == Standing.INVITED else ""
    return {
        "ref": offer.ref,
        "keyed": bool(offer.email),
        "typed_name": typed,
        "due_word": N_("Response due"),
        "due_at": offer.expires_at,
        "due_zone": "",
    }
