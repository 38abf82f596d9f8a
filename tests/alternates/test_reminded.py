"""Reminders by hand go to the alternate; what happened is in both mailboxes; the brake is one."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.ledger import OutboxEmail
from models.stakeholders import Person
from models.vocabulary import Tlp
from portal import notices
from portal.db import reading, writing
from portal.email_composition import composed
from portal.errors import Invalid
from portal.rules import PUBLISH, REMIND
from tests.alternates.builders import AWAY, DAY, OTHER, STANDS_IN, in_force
from tests.alternates.test_act_for import asked_of
from tests.alternates.test_duties import SETTINGS
from tests.cast import NOW, World


def written(world: World, template: str) -> list[tuple[str, str]]:
    """Who has such an e-mail of notices, and in whose place."""
    names = {actor.person_id: name for name, actor in world.actors.items()}
    with reading(world.sessions) as session:
        rows = session.scalars(
            select(OutboxEmail).where(
                OutboxEmail.template == template, OutboxEmail.resource_type == "notices"
            )
        )
        return sorted((names[row.person_id], names.get(row.for_id or 0, "")) for row in rows)


def reminded(world: World, notice: str, who: str = AWAY, at: datetime = NOW) -> None:
    with writing(world.sessions) as session:
        ref = session.get_one(Person, world.actors[who].person_id).ref
        notices.remind(session, world.actors[OTHER], notice, people=[ref], now=at)


def test_a_reminder_by_hand_goes_to_the_alternate_once(world: World) -> None:
    in_force(world)
    with writing(world.sessions) as session:
        notice = asked_of(session, world, AWAY, STANDS_IN)
    reminded(world, notice)
    assert written(world, REMIND) == [(STANDS_IN, AWAY)]
    with pytest.raises(Invalid):
        reminded(world, notice)
    reminded(world, notice, STANDS_IN, NOW + timedelta(minutes=1))
    assert written(world, REMIND) == [(STANDS_IN, ""), (STANDS_IN, AWAY)]


def test_it_stays_where_the_alternate_does_not_read_it(world: World) -> None:
    in_force(world)
    with writing(world.sessions) as session:
        notice = asked_of(session, world, AWAY)
        red = asked_of(session, world, AWAY, STANDS_IN, tlp=Tlp.RED)
    reminded(world, notice)
    reminded(world, red)
    assert written(world, REMIND) == [(AWAY, ""), (AWAY, "")]


def test_what_happened_is_in_both_mailboxes_and_the_receipts_count_it_once(world: World) -> None:
    in_force(world)
    with writing(world.sessions) as session:
        asked_of(session, world, AWAY, STANDS_IN)
    assert written(world, PUBLISH) == [(STANDS_IN, ""), (STANDS_IN, AWAY), (AWAY, "")]


def test_no_content_above_green_and_nothing_once_it_is_over(world: World) -> None:
    in_force(world)
    with writing(world.sessions) as session:
        asked_of(session, world, AWAY, STANDS_IN, title="A hidden title")
    with reading(world.sessions) as session:
        row = session.scalars(select(OutboxEmail).where(OutboxEmail.for_id.is_not(None))).one()
        email = composed(session, SETTINGS, row, NOW)
        assert email is not None
        assert email.about["title"] == ""
        assert email.about["on_behalf_of"] == "Telco liaison"
        assert composed(session, SETTINGS, row, NOW + 12 * DAY) is None
