"""Duties follow: what is asked of somebody who is away waits for their alternate, and once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from models.vocabulary import Tlp
from portal import alternates, notices
from portal.db import reading, writing
from portal.email_composition import composed
from portal.emails import MailSettings, write
from portal.overview import first_page
from portal.reminders import remind
from portal.rules import ACKNOWLEDGE
from tests.alternates.builders import AWAY, DAY, STANDS_IN, accepted, declared, leaves
from tests.alternates.test_act_for import acknowledge_for, asked_of
from tests.cast import NOW, World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
DUE = NOW + 5 * DAY
LATE = DUE + timedelta(hours=1)
SETTINGS = MailSettings("https://portal.example", "portal@portal.example")


def to_do(world: World, who: str, at: datetime = NOW) -> list[tuple[str, str]]:
    """The acknowledgements that wait for somebody, and for whom they are asked to give them."""
    with reading(world.sessions) as session:
        page = first_page(session, world.actors[who], at)
        return [(row.ref, row.whom) for row in page.waiting if row.verb == ACKNOWLEDGE]


def late(session: Session, world: World, *names: str, **values: Any) -> str:
    """A notice of Cloud whose acknowledgement is due in five days."""
    return asked_of(session, world, *names, acknowledge_by_at=DUE, **values)


def reminded(world: World, at: datetime = LATE) -> list[tuple[str, str]]:
    """Plan what is due; who is reminded to acknowledge, and in whose place."""
    with writing(world.sessions) as session:
        remind(session, at)
    names = {actor.person_id: name for name, actor in world.actors.items()}
    with reading(world.sessions) as session:
        rows = session.scalars(
            select(OutboxEmail).where(OutboxEmail.template.like("acknowledge-%"))
        )
        return sorted((names[row.person_id], names.get(row.for_id or 0, "")) for row in rows)


def test_it_waits_for_the_alternate_and_not_for_whoever_is_away(world: World) -> None:
    with writing(world.sessions) as session:
        notice = late(session, world, AWAY, STANDS_IN)
    assert to_do(world, AWAY) == [(notice, "")]
    assert to_do(world, STANDS_IN) == [(notice, "")]
    with writing(world.sessions) as session:
        ref = accepted(session, world).ref
    assert to_do(world, AWAY) == []
    assert sorted(to_do(world, STANDS_IN)) == [(notice, ""), (notice, "Telco liaison")]
    assert to_do(world, AWAY, NOW + 12 * DAY) == [(notice, "")], "they are back"
    with writing(world.sessions) as session:
        acknowledge_for(session, world, notice, ref)
    assert to_do(world, STANDS_IN) == [(notice, "")]
    assert to_do(world, AWAY, NOW + 12 * DAY) == []


def test_it_stays_with_whoever_is_away_where_the_alternate_cannot_read_it(world: World) -> None:
    with writing(world.sessions) as session:
        accepted(session, world)
        notice = late(session, world, AWAY)
    assert to_do(world, AWAY) == [(notice, "")]
    assert to_do(world, STANDS_IN) == []
    assert reminded(world) == [(AWAY, "")]


def test_red_stays_unless_it_was_named(world: World) -> None:
    with writing(world.sessions) as session:
        accepted(session, world)
        notice = late(session, world, AWAY, STANDS_IN, tlp=Tlp.RED)
    assert to_do(world, AWAY) == [(notice, "")]
    assert to_do(world, STANDS_IN) == [(notice, "")]


def test_a_reminder_goes_to_the_alternate_and_says_for_whom(world: World) -> None:
    with writing(world.sessions) as session:
        accepted(session, world)
        notice = late(session, world, AWAY, STANDS_IN)
        notices.acknowledge(session, world.actors[STANDS_IN], notice, NOW)
    assert reminded(world) == [(STANDS_IN, AWAY)]
    assert reminded(world) == [(STANDS_IN, AWAY)], "a second round writes nothing"
    with reading(world.sessions) as session:
        row = session.scalars(
            select(OutboxEmail).where(OutboxEmail.template.like("acknowledge-%"))
        ).one()
        email = composed(session, SETTINGS, row, LATE)
        assert email is not None
        body = write(email, SETTINGS).get_body(("plain",))
        assert body is not None
        assert "On behalf of: Telco liaison, for whom you act" in body.get_content()


def test_one_e_mail_a_rung_whoever_gets_it(world: World) -> None:
    with writing(world.sessions) as session:
        late(session, world, AWAY)
    assert reminded(world) == [(AWAY, "")]
    with writing(world.sessions) as session:
        accepted(session, world, at=LATE)
    assert reminded(world) == [(AWAY, "")], "this rung was written"


def ended(world: World, ref: str) -> None:
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[AWAY], ref, LATE)


def left(world: World, _ref: str) -> None:
    leaves(world, STANDS_IN, LATE)


@pytest.mark.parametrize("ending", [ended, left])
def test_what_has_ended_is_in_no_list_and_no_mail(
    world: World, ending: Callable[[World, str], None]
) -> None:
    with writing(world.sessions) as session:
        ref = accepted(session, world).ref
        notice = late(session, world, AWAY, STANDS_IN)
    assert reminded(world) == [(STANDS_IN, ""), (STANDS_IN, AWAY)]
    ending(world, ref)
    assert (notice, "Telco liaison") not in to_do(world, STANDS_IN, LATE)
    assert to_do(world, AWAY, LATE) == [(notice, "")]
    with reading(world.sessions) as session:
        rows = session.scalars(
            select(OutboxEmail).where(OutboxEmail.for_id.is_not(None)).order_by(OutboxEmail.id)
        ).all()
        assert [row.template for row in rows] == ["publish", "acknowledge-late"]
        emails = [composed(session, SETTINGS, row, LATE) for row in rows]
        assert emails == [None, None], "they wait, and never go"


def test_an_alternate_who_is_away_is_not_asked_nor_is_theirs(world: World) -> None:
    with writing(world.sessions) as session:
        notice = late(session, world, AWAY, STANDS_IN)
        accepted(session, world)
        row = declared(session, world, by=STANDS_IN, who=AWAY)
        alternates.accept(session, world.actors[AWAY], row.ref, nights=False, now=NOW)
    assert (notice, "") in to_do(world, AWAY), "two who are away have both nobody"
    assert (notice, "") in to_do(world, STANDS_IN)


def test_the_overview_says_who_acts_and_ends_it_with_one_button(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = accepted(session, world, days=300).ref
        asked_of(session, world)
    away = visit(AWAY)
    page = away.get("/")
    assert "Telco colleague acts for you until" in page.words
    assert "Read and acknowledge for Telco liaison" in visit(STANDS_IN).get("/").words
    assert page.page.select_one(f'form[action="/alternates/{ref}/end"]')
    away.follow(away.post(f"/alternates/{ref}/end"))
    assert "acts for you until" not in away.get("/").words
    assert "for Telco liaison" not in visit(STANDS_IN).get("/").words
