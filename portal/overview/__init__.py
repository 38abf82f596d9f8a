"""The first page's questions: what waits for this person, by when; what others did."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.access import Actor
from portal.overview.activity import Act, Recent, recent
from portal.overview.waiting import Waiting, waiting
from portal.recipients import Reader, principals


@dataclass(frozen=True)
class FirstPage:
    """What a person finds on coming in."""

    waiting: list[Waiting]
    recent: Recent


def first_page(session: Session, actor: Actor, now: datetime) -> FirstPage:
    """All that the first page shows, in three queries."""
    reader = Reader(actor, principals(session, actor, now), now)
    return FirstPage(waiting=waiting(session, reader), recent=recent(session, reader))
