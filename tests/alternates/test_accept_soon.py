"""Whoever is asked to act for somebody and has not responded is reminded, until they respond."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from models.ledger import OutboxEmail
from portal import alternates
from portal.days import day_of
from portal.db import reading, writing
from portal.email_composition import composed
from portal.reminders import remind
from tests.alternates.builders import AWAY, DAY, HELSINKI, STANDS_IN, declared, leaves
from tests.alternates.test_duties import SETTINGS
from tests.cast import NOW, World

SECOND = timedelta(seconds=1)


def asked(world: World, in_days: int, **values: int) -> tuple[str, datetime]:
    """Asked to act from so many days on; its reference, and when the first of them begins."""
    first = day_of(NOW, HELSINKI) + in_days * DAY
    with writing(world.sessions) as session:
        row = declared(session, world, begins_on=first, ends_on=first + 5 * DAY, **values)
        return row.ref, row.begins_at


def reminded(world: World, at: datetime) -> list[str]:
    """Who is reminded at that moment, and no earlier; each is sent."""
    names = {actor.person_id: name for name, actor in world.actors.items()}
    with writing(world.sessions) as session:
        session.execute(delete(OutboxEmail).where(OutboxEmail.template == "declare-alternate"))
        kept = select(func.count()).where(OutboxEmail.template == "accept-soon")
        before = session.scalar(kept) or 0
        remind(session, at)
        rows = session.scalars(
            select(OutboxEmail)
            .where(OutboxEmail.template == "accept-soon")
            .order_by(OutboxEmail.id)
        ).all()
        return [names[row.person_id] for row in rows[before:]]


def test_they_are_reminded_as_the_days_come_near_and_once_they_have_begun(world: World) -> None:
    _ref, begins_at = asked(world, 10)
    assert reminded(world, begins_at - 7 * DAY - SECOND) == []
    for step in (-7, -3, -1, 0, 1):
        at = begins_at + step * DAY
        assert reminded(world, at) == [STANDS_IN], step
        assert reminded(world, at + SECOND) == [], step
    assert reminded(world, begins_at + 3 * DAY) == []


def test_of_days_that_begin_at_once_they_are_reminded_on_the_next(world: World) -> None:
    _ref, begins_at = asked(world, 0)
    assert begins_at <= NOW
    assert reminded(world, NOW + SECOND) == []
    assert reminded(world, begins_at + DAY) == [STANDS_IN]


def test_a_week_of_downtime_is_one_email(world: World) -> None:
    _ref, begins_at = asked(world, 10)
    assert reminded(world, begins_at + 2 * DAY) == [STANDS_IN]


@pytest.mark.parametrize("end", ["accept", "decline", "end", "leaves"])
def test_nobody_is_reminded_of_what_is_settled(world: World, end: str) -> None:
    ref, begins_at = asked(world, 10)
    assert reminded(world, begins_at - 7 * DAY) == [STANDS_IN]
    with writing(world.sessions) as session:
        actor = world.actors[STANDS_IN]
        if end == "accept":
            alternates.accept(session, actor, ref, nights=False, now=NOW)
        elif end == "decline":
            alternates.decline(session, actor, ref, NOW)
        elif end == "end":
            alternates.end(session, world.actors[AWAY], ref, NOW)
    if end == "leaves":
        leaves(world, STANDS_IN)
    assert reminded(world, begins_at - 3 * DAY) == []
    with reading(world.sessions) as session:
        (waiting,) = session.scalars(
            select(OutboxEmail).where(OutboxEmail.template == "accept-soon")
        )
        assert composed(session, SETTINGS, waiting, begins_at - 7 * DAY) is None, "asked anew"


def test_nobody_is_reminded_once_the_last_day_is_over(world: World) -> None:
    first = day_of(NOW, HELSINKI)
    with writing(world.sessions) as session:
        row = declared(session, world, begins_on=first, ends_on=first)
        ends_at = row.ends_at
    assert reminded(world, ends_at) == []


def test_the_email_says_for_whom_and_leads_to_the_page(world: World) -> None:
    ref, begins_at = asked(world, 10)
    reminded(world, begins_at - 3 * DAY)
    with reading(world.sessions) as session:
        (row,) = session.scalars(select(OutboxEmail).where(OutboxEmail.template == "accept-soon"))
        email = composed(session, SETTINGS, row, begins_at - 3 * DAY)
    assert email is not None
    assert (email.template, email.about["ref"]) == ("alternates/accept-soon", ref)
    assert email.about["away"] == "Telco liaison"
