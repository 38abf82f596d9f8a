"""The first page's questions: what waits for this person, by when; what is new; what was done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.access import Actor
from portal.addressing import principals
from portal.home.happened import news, since
from portal.home.waiting import Waiting, waiting

__all__ = ["FirstPage", "Waiting", "first_page"]


@dataclass(frozen=True)
class FirstPage:
    """What a person finds on coming in; `since` is what others did after the last visit."""

    waiting: list[Waiting]
    since: list[Any]
    news: list[Any]


def first_page(session: Session, actor: Actor, now: datetime) -> FirstPage:
    """All that the first page shows, in five queries."""
    who = principals(session, actor, now)
    return FirstPage(
        waiting=waiting(session, actor, who, now),
        since=since(session, actor, who, now),
        news=news(session, actor, who, now),
    )
