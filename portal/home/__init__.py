"""The first page's questions: what waits for this person, by when; what others did."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.access import Actor
from portal.addressing import principals
from portal.catalogue import Reader
from portal.home.activity import Act, Recent, recent
from portal.home.waiting import Waiting, waiting

__all__ = ["Act", "FirstPage", "Recent", "Waiting", "first_page"]


@dataclass(frozen=True)
class FirstPage:
    """What a person finds on coming in."""

    waiting: list[Waiting]
    recent: Recent


def first_page(session: Session, actor: Actor, now: datetime) -> FirstPage:
    """All that the first page shows, in four queries."""
    who = principals(session, actor, now)
    return FirstPage(
        waiting=waiting(session, actor, who, now),
        recent=recent(session, Reader(actor, who, now)),
    )
