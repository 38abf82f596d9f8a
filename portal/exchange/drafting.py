"""Drafts of the claims and harm of a file, all or none: they are addressed to nobody yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal import claims, harm
from portal.access import Actor
from portal.exchange.heard import HeardClaim, HeardHarm
from portal.recipients import RecipientList


def take_claims(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    heard: Sequence[HeardClaim],
    now: datetime,
) -> int:
    """A draft of each good claim, by whoever claims it; gives how many were made.

    Raises what `portal.claims.post_claim` raises.
    """
    made: dict[str, int] = {}
    for one in heard:
        if not one.good or (one.answers and one.answers not in made):
            continue
        text = replace(one.text, answers_id=made.get(one.answers)) if one.answers else one.text
        claim = claims.post_claim(
            session, actor, organisation_ref, text=text, to=RecipientList(), now=now
        )
        claims.quote(session, claim, one.quoted)
        made[one.key] = claim.id
    return len(made)


def take_harm(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    heard: Sequence[HeardHarm],
    now: datetime,
) -> int:
    """A draft of each good row, as harm of others; gives how many were made.

    Raises what `portal.harm.cite_harm` raises.
    """
    good = [one for one in heard if one.good]
    for one in good:
        harm.cite_harm(session, actor, organisation_ref, text=one.text, to=RecipientList(), now=now)
    return len(good)
