"""Harm for tests: stated, cited, published; and what is typed into its form."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.harm import Harm
from models.vocabulary import Tlp
from portal import harm
from portal.harm import Amount, HarmText
from tests.cast import NOW, World
from tests.factories import to
from tests.pages import Answer

TELCO, MEDIATOR = "liaison@telco", "mediator@peace"


def text(**values: Any) -> HarmText:
    """The text of a row; every field can be said otherwise."""
    said: dict[str, Any] = {
        "title": "Servers wiped",
        "tlp": Tlp.AMBER_STRICT,
        "category": "physical-digital",
        "verified": "project",
        "amount": Amount(lower=40, upper=55, unit="servers"),
    }
    return HarmText(**said | values)


def typed(**values: str) -> dict[str, str]:
    """What somebody types into the form of a new row."""
    said = {
        "title": "Servers wiped",
        "category": "physical-digital",
        "verified": "project",
        "lower": "40",
        "upper": "55",
        "unit": "servers",
        "intended": "",
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
) -> Harm:
    """A draft on harm of the person's own organisation, addressed to these."""
    home = world.organisations[by.partition("@")[2]]
    whom = to(world, *names)
    said = text(**values)
    return harm.state_harm(session, world.actors[by], home.ref, text=said, to=whom, now=at)


def published(
    session: Session, world: World, *names: str, by: str = TELCO, at: datetime = NOW, **values: Any
) -> Harm:
    """The same, published."""
    row = drafted(session, world, *names, by=by, at=at, **values)
    return harm.publish(session, world.actors[by], row.ref, at)


def cited(session: Session, world: World, *names: str, **values: Any) -> Harm:
    """Harm of others that a mediator cites, published."""
    said = {"who": "A carrier", "said_by": "A newspaper", "source_title": "Its page"}
    actor, home = world.actors[MEDIATOR], world.organisations["peace"]
    row = harm.cite_harm(
        session, actor, home.ref, text=text(**said | values), to=to(world, *names), now=NOW
    )
    return harm.publish(session, actor, row.ref, NOW)


def ref_in(page: Answer) -> str:
    """The reference of the row that a page is about."""
    found = re.search(r"E-\d\d-[0-9A-Z]{6}", page.words)
    assert found, page.words
    return found.group()
