"""Somebody of the demo world is on leave, and a colleague has accepted to act for them."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.stakeholders import Role
from portal import alternates
from portal.access import Actor
from portal.alternates import Chosen
from portal.days import day_of
from portal.demo.cast import SECOND, Cast

DAY = timedelta(days=1)


def go_on_leave(session: Session, cast: Cast, now: datetime) -> None:
    """Two are away, one invited to the next dialogue; Telco asks for a later time in one role."""
    by = cast.actors
    _before(session, cast, now)
    _ask(session, cast, by["analyst@cert"], by[SECOND], now - 2 * DAY, days=14, agrees=True)
    away, liaison = by["colleague@telco"], by["liaison@telco"]
    _ask(session, cast, away, liaison, now - DAY, days=10, agrees=True)
    _ask(session, cast, away, liaison, now, days=40, agrees=False, role=Role.LIAISON)


def _before(session: Session, cast: Cast, now: datetime) -> None:
    # One who came back a day early, and one who could not stand in.
    analyst, second = cast.actors["analyst@cert"], cast.actors[SECOND]
    over = _ask(session, cast, analyst, second, now - 20 * DAY, days=4, agrees=True)
    alternates.end(session, analyst, over.ref, now - 17 * DAY)
    away, liaison = cast.actors["colleague@telco"], cast.actors["liaison@telco"]
    asked = _ask(session, cast, away, liaison, now - 19 * DAY, days=35, agrees=False)
    alternates.decline(session, liaison, asked.ref, now - 18 * DAY)


def _ask(
    session: Session,
    cast: Cast,
    away: Actor,
    stands_in: Actor,
    now: datetime,
    *,
    days: int,
    agrees: bool,
    role: str = "",
) -> Alternate:
    home = next(
        cast.organisations[name.partition("@")[2]]
        for name, actor in cast.actors.items()
        if actor.person_id == away.person_id
    )
    today = day_of(now, away.zone)
    said = Chosen(
        person_id=stands_in.person_id,
        begins_on=today if agrees else today + 30 * DAY,
        ends_on=today + days * DAY,
        zone=away.zone,
        role=role,
    )
    row = alternates.declare_alternate(session, away, home.ref, said, now)
    if agrees:
        alternates.accept(session, stands_in, row.ref, nights=False, now=now)
    return row
