"""What people of the demo world follow, comment on and look for each day."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.notices import Notice
from portal import commitments, following, saved_views
from portal.demo.cast import Cast
from portal.rules import COMMITMENTS, NOTICES, PROCESSES, ResourceType

DISPUTED: Final = "No action against response teams"
WIPER: Final = "Ledgerfall"


def watch(session: Session, cast: Cast, process_ref: str, now: datetime) -> None:
    """The mediator follows what is disputed, the sides say something about it; views are saved."""
    by, day = cast.actors, timedelta(days=1)
    disputed = session.scalars(select(Commitment.ref).where(Commitment.title == DISPUTED)).one()
    wiper = session.scalars(select(Notice.ref).where(Notice.title.startswith(WIPER))).one()
    following.follow(session, by["mediator@peace"], PROCESSES, process_ref, now - 14 * day)
    following.follow(session, by["mediator@peace"], COMMITMENTS, disputed, now - 3 * day)
    following.follow(session, by["coordinator@peace"], NOTICES, wiper, now - 5 * day)
    for name, days, text in (
        ("analyst@cert", 3.2, "The two ranges are 198.51.100.0/25 and 203.0.113.64/26."),
        ("mediator@peace", 3, "Could the tenant be asked to lift them by the next dialogue?"),
    ):
        commitments.comment(session, by[name], disputed, text=text, now=now - days * day)
    _view(session, cast, "mediator@peace", COMMITMENTS, "Overdue", "?due=late&sort=due", now)
    _view(session, cast, "liaison@telco", NOTICES, "Severe", "?severity=high&course=ongoing", now)
    _view(session, cast, "liaison@cloud", NOTICES, "No response from me", "?unanswered=1", now)


def _view(
    session: Session,
    cast: Cast,
    who: str,
    resource_type: ResourceType[Any],
    name: str,
    query: str,
    now: datetime,
) -> None:
    # Shared with the organisation of whoever saves it.
    saved_views.save_view(
        session,
        cast.actors[who],
        list_name=resource_type.name,
        name=name,
        query=query,
        organisation=cast.organisations[who.partition("@")[2]].ref,
        now=now - timedelta(days=2),
    )
