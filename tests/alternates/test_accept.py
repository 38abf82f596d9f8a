"""Agreeing to act for somebody: only whoever is asked, in time, and one for the same."""

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import update

from models.alternates import Alternate
from portal import alternates
from portal.db import writing
from portal.errors import NotFound, Refused, TooLate
from tests.alternates.builders import (
    AWAY,
    DAY,
    OTHER,
    STANDS_IN,
    declared,
    leaves,
    notified,
    state_of,
)
from tests.cast import NOW, World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def accept(world: World, who: str, ref: str, now: datetime = NOW, *, nights: bool = False) -> None:
    with writing(world.sessions) as session:
        alternates.accept(session, world.actors[who], ref, nights=nights, now=now)


def named(world: World, **values: Any) -> str:
    with writing(world.sessions) as session:
        return declared(session, world, **values).ref


def test_from_then_on_they_act_and_whoever_is_away_is_notified(world: World) -> None:
    ref = named(world)
    accept(world, STANDS_IN, ref, nights=True)
    assert state_of(world, ref) == "accepted"
    assert notified(world, "accept") == {AWAY}
    with writing(world.sessions) as session:
        row = alternates.read(session, world.actors[AWAY], ref, NOW)
        assert row.holds
        assert row.alternate.nights
        assert not alternates.read(session, world.actors[AWAY], ref, NOW + 12 * DAY).holds


def test_nobody_else_accepts(world: World) -> None:
    ref = named(world)
    with pytest.raises(Refused):
        accept(world, AWAY, ref)
    with pytest.raises(NotFound):
        accept(world, OTHER, ref)


def test_not_once_it_is_over_answered_or_ended(world: World) -> None:
    ref = named(world)
    with pytest.raises(Refused):
        accept(world, STANDS_IN, ref, NOW + 12 * DAY)
    accept(world, STANDS_IN, ref)
    with pytest.raises(TooLate):
        accept(world, STANDS_IN, ref)
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[AWAY], ref, NOW)
    with pytest.raises(TooLate):
        accept(world, STANDS_IN, ref)


@pytest.mark.parametrize("who", [AWAY, STANDS_IN])
def test_not_once_one_of_them_has_left(world: World, who: str) -> None:
    ref = named(world)
    leaves(world, who)
    with pytest.raises((NotFound, Refused)):
        accept(world, STANDS_IN, ref)


def test_the_page_asks_for_consent_to_nights(world: World, visit: Visit) -> None:
    ref = named(world)
    page = visit(STANDS_IN).get(f"/alternates/{ref}")
    assert "I agree to be asked at any hour" in page.words
    answer = visit(STANDS_IN).post(f"/alternates/{ref}/accept", {"nights": "y"})
    shown = visit(STANDS_IN).follow(answer).words
    assert "acts now" in shown
    assert "agreed to" in shown


def test_of_two_at_once_one_is_accepted(world: World) -> None:
    # Two that meet cannot be named one after the other; here the second is moved onto the first.
    first = named(world, purpose="duty")
    second = named(world, purpose="press")
    with writing(world.sessions) as session:
        session.execute(update(Alternate).where(Alternate.ref == second).values(purpose=""))
    outcomes, barrier = [], Barrier(2)

    def try_it(ref: str) -> None:
        barrier.wait()
        try:
            accept(world, STANDS_IN, ref)
            outcomes.append("accepted")
        except TooLate:
            outcomes.append("too late")

    threads = [Thread(target=try_it, args=(ref,)) for ref in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["accepted", "too late"]
