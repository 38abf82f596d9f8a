"""The ladder of claims: the period for a reply is about to end; and what e-mails may say."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.claims import Claim, ClaimState
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, may
from portal.db import in_state
from portal.ladders import DAY, Ladder, before, seconds
from portal.rules import CLAIMS, OPEN_BY_MAIL, READ_TEXT, REPLY
from portal.words import N_

LADDERS: Final = (
    Ladder(
        CLAIMS,
        REPLY,
        Claim.reply_by_at,
        seconds(Claim.asked_at),
        before("reply-soon", 2),
        homes=(Claim.about_id,),
        first=(in_state(Claim, ClaimState.ASKED), Claim.reply_by_at.is_not(None)),
        notified_at=Claim.asked_at,
        ends=DAY,
    ),
)


def email_context(
    session: Session, person: Person, claim_id: int, now: datetime
) -> dict[str, object]:
    """What an e-mail about a claim may say to this person now: no content above GREEN."""
    claim = session.get_one(Claim, claim_id)
    reader = Actor(person.id, person.name)
    shown = Tlp(claim.tlp) in OPEN_BY_MAIL and may(
        session, reader, READ_TEXT, CLAIMS, claim.id, now
    )
    asks = claim.state == ClaimState.ASKED
    home = session.get_one(Organisation, claim.organisation_id)
    return {
        "ref": claim.ref,
        "tlp": claim.tlp,
        "organisation": home.name if shown else "",
        "title": claim.title if shown else "",
        "due_word": N_("Reply by"),
        "due_at": claim.reply_by_at if asks else None,
        "due_zone": claim.reply_by_zone,
    }
