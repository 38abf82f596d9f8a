"""Claims for tests: drafted, put to reply, published; and what is typed into their form."""

import re
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.claims import Claim
from models.vocabulary import Tlp
from portal import claims
from portal.claims import ClaimText
from portal.days import day_of
from tests.cast import NOW, World
from tests.factories import to
from tests.pages import Answer

TELCO, CLOUD, MEDIATOR = "liaison@telco", "liaison@cloud", "mediator@peace"
PERIOD = timedelta(days=7)
LATER = NOW + PERIOD + timedelta(days=2)


def text(**values: Any) -> ClaimText:
    """A claim's text; every field can be said otherwise."""
    said: dict[str, Any] = {
        "title": "Sandpiper wrote the wiper",
        "tlp": Tlp.AMBER_STRICT,
        "form": "technical-report",
        "said_on": "2026-11",
        "about_sort": "group",
        "about": "Sandpiper",
        "verified": "secondary",
    }
    return ClaimText(**said | values)


def typed(**values: str) -> dict[str, str]:
    """What somebody types into the form of a new claim."""
    said = {
        "title": "Sandpiper wrote the wiper",
        "form": "technical-report",
        "said_on": "2026-11",
        "about_sort": "group",
        "about": "Sandpiper",
        "verified": "secondary",
        "tlp": "AMBER+STRICT",
    }
    return said | values


def drafted(
    session: Session,
    world: World,
    *names: str,
    by: str = TELCO,
    at: datetime = NOW,
    **values: Any,
) -> Claim:
    """A draft of the person's organisation, addressed to these; `about` may be one of the cast."""
    named = world.organisations.get(values.get("about", ""))
    if named is not None:
        values |= {"about": "", "about_sort": "body", "about_id": named.id}
    home = world.organisations[by.partition("@")[2]]
    return claims.post_claim(
        session, world.actors[by], home.ref, text=text(**values), to=to(world, *names), now=at
    )


def published(
    session: Session, world: World, *names: str, by: str = TELCO, at: datetime = NOW, **values: Any
) -> Claim:
    """A published claim that names nobody of the portal, addressed to these."""
    claim = drafted(session, world, *names, by=by, at=at, **values)
    return claims.publish(session, world.actors[by], claim.ref, at)


def asked(
    session: Session, world: World, *names: str, about: str = "cloud", **values: Any
) -> Claim:
    """A claim of Telco about Cloud, addressed to Peace, to which a reply is asked for."""
    claim = drafted(session, world, *(names or ("peace",)), about=about, **values)
    by_on = day_of(NOW + PERIOD, "Europe/Helsinki")
    return claims.ask_reply(session, world.actors[TELCO], claim.ref, by_on=by_on, now=NOW)


def replied(
    session: Session, world: World, claim: Claim, words: str = "We had no part in it."
) -> Claim:
    """The same, with Cloud's reply."""
    version = claim.version
    cloud = world.actors[CLOUD]
    claims.reply(session, cloud, claim.ref, text=words, version=version, now=NOW)
    return claim


def ref_in(page: Answer) -> str:
    """The reference of the claim that a page is about."""
    found = re.search(r"A-\d\d-[0-9A-Z]{6}", page.words)
    assert found, page.words
    return found.group()
