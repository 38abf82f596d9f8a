"""What gets no answer in time is passed on to the next deputy on duty, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.contacts import ContactCheck, ContactPoint
from portal import contacts
from portal.contacts.checking import ANSWER_WITHIN
from portal.db import reading, writing
from portal.schedule import keep_all_times
from tests.cast import NOW, World
from tests.clock import go_to
from tests.contacts.builders import MEDIATOR, TELCO, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
LATE = NOW + ANSWER_WITHIN


def rota(session: Session, world: World) -> list[ContactPoint]:
    """The first of three, one who is outside their hours a day later, and one at any hour."""
    first = published(session, world, "peace")
    second = published(session, world, "peace", place=2, hours=first_hour())
    third = published(session, world, "peace", place=3, hours=(), round_the_clock=True)
    published(session, world, "peace", purpose="legal", round_the_clock=True)
    contacts.check(session, world.actors[TELCO], first.ref, now=NOW)
    return [first, second, third]


def first_hour() -> tuple[contacts.Shift, ...]:
    return (contacts.Shift(0, "11:00", "12:00"),)


def asked(session: Session) -> list[tuple[int, datetime, bool]]:
    rows = session.query(ContactCheck).order_by(ContactCheck.id)
    return [(row.contact_id, row.asked_at, row.passed_at is not None) for row in rows]


def test_the_next_deputy_on_duty_is_asked_and_then_nobody_is_left(world: World) -> None:
    with writing(world.sessions) as session:
        first, _second, third = (one.id for one in rota(session, world))
    assert keep_all_times(world.sessions, LATE - timedelta(seconds=1)) == 0
    assert keep_all_times(world.sessions, LATE) == 1
    assert keep_all_times(world.sessions, LATE) == 0, "a second process finds it done"
    with reading(world.sessions) as session:
        assert asked(session) == [(first, NOW, True), (third, LATE, False)]
    later = LATE + ANSWER_WITHIN  # the second has no hours then, and is left out for good
    assert keep_all_times(world.sessions, later) == 1
    with reading(world.sessions) as session:
        assert len(asked(session)) == 2
        assert all(passed for _contact, _at, passed in asked(session))


def test_an_answer_ends_the_round(world: World) -> None:
    with writing(world.sessions) as session:
        first, *_deputies = rota(session, world)
        contacts.answer(session, world.actors[TELCO], first.ref, NOW + timedelta(hours=1))
    assert keep_all_times(world.sessions, LATE) == 0
    with reading(world.sessions) as session:
        assert len(asked(session)) == 1


def test_who_was_silent_is_shown_to_their_own_organisation_alone(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(world.sessions) as session:
        ref = rota(session, world)[0].ref
    keep_all_times(world.sessions, LATE)
    go_to(LATE, monkeypatch)
    assert "no answer" in visit(TELCO).get(f"/contacts/{ref}").words
    other = visit(MEDIATOR).get(f"/contacts/{ref}").words
    assert "no answer" not in other
    assert "Liveness checks" not in other
