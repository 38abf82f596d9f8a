"""Naming an alternate for somebody else: an administrator does, and whoever is away is told."""

from collections.abc import Callable

import pytest

from portal import alternates
from portal.db import writing
from portal.errors import Invalid, Refused
from tests.alternates.builders import AWAY, OTHER, STANDS_IN, chosen, make_admin, notified, state_of
from tests.cast import NOW, World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def appointed(world: World, *, by: str = STANDS_IN, away: str = AWAY, red: bool = False) -> str:
    """The reference of one that an administrator of Telco named."""
    with writing(world.sessions) as session:
        return alternates.appoint_alternate(
            session,
            world.actors[by],
            world.organisations["telco"].ref,
            chosen(world, red=red),
            for_id=world.actors[away].person_id,
            now=NOW,
        ).ref


def test_whoever_is_away_is_told_and_may_end_it(world: World) -> None:
    make_admin(world, STANDS_IN)
    ref = appointed(world)
    assert notified(world, "appoint-alternate") == {AWAY}
    assert notified(world, "declare-alternate") == set(), "who names themselves knows it"
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[AWAY], ref, NOW)
    assert state_of(world, ref) == "ended"


def test_only_an_administrator_of_that_organisation_does(world: World) -> None:
    with pytest.raises(Refused):
        appointed(world)
    make_admin(world, OTHER)
    with pytest.raises(Refused):
        appointed(world, by=OTHER)


def test_what_is_red_stays_with_whoever_is_away(world: World) -> None:
    make_admin(world, STANDS_IN)
    with pytest.raises(Invalid) as refused:
        appointed(world, red=True)
    assert list(refused.value.problems) == ["red"]


def test_nobody_of_another_organisation_is_represented(world: World) -> None:
    make_admin(world, STANDS_IN)
    with pytest.raises(Invalid) as refused:
        appointed(world, away=OTHER)
    assert list(refused.value.problems) == ["for_id"]


def test_the_page_is_for_administrators(world: World, visit: Visit) -> None:
    assert visit(STANDS_IN).get("/alternates/appoint/new").status == 403
    make_admin(world, STANDS_IN)
    admin = visit(STANDS_IN)
    typed = {
        "for_id": str(world.actors[AWAY].person_id),
        "person_id": str(world.actors[STANDS_IN].person_id),
        "begins_on": "2027-01-04",
        "ends_on": "2027-01-08",
        "organisation": world.organisations["telco"].ref,
        "zone": "Europe/Helsinki",
        "scope": "purpose:duty",
        "red": "y",
    }
    shown = admin.follow(admin.post("/alternates/appoint/new", typed))
    assert "Telco colleague for Telco liaison" in shown.words
    assert "Contact points: Duty officer" in shown.words
    assert "stays with the person who is away" in shown.words, "there is no such field here"
