"""A unit required before a role: accepting waits for it, reading and declining do not."""

from collections.abc import Callable

import pytest

from models.stakeholders import Role
from models.training import Act
from portal import stakeholders
from portal.clock import now
from portal.db import writing
from portal.errors import Untrained
from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import invite, make_admin, offer_to
from tests.training.builders import MEDIATOR, learned, required

Visit = Callable[[str], Visitor]


@pytest.fixture
def offer(world: World) -> str:
    """The mediator is invited to be an observer for Telco."""
    make_admin(world, "liaison@telco")
    with writing(world.sessions) as session:
        invite(session, world, f"{MEDIATOR}.example", role=Role.OBSERVER)
        return offer_to(session, f"{MEDIATOR}.example").ref


def accept(world: World, ref: str) -> None:
    with writing(world.sessions) as session:
        stakeholders.accept_offer(session, world.actors[MEDIATOR], ref, now())


@pytest.mark.parametrize("home", ["", "telco"])
def test_the_role_waits_for_the_unit(world: World, visit: Visit, offer: str, home: str) -> None:
    required(world, Act.TAKE_ROLE, home)
    with pytest.raises(Untrained):
        accept(world, offer)
    mediator = visit(MEDIATOR)
    assert mediator.get(f"/offers/{offer}").status == 200
    refused = mediator.post(f"/offers/{offer}/accept")
    assert refused.status == 403
    assert f"/training/required/offers/{offer}" in refused.text
    assert mediator.get(f"/training/required/offers/{offer}").status == 200
    learned(world, MEDIATOR, at=now())
    accept(world, offer)


def test_another_organisation_does_not_decide_on_roles_here(world: World, offer: str) -> None:
    required(world, Act.TAKE_ROLE, "peace")
    accept(world, offer)


def test_whoever_does_not_want_the_role_learns_nothing_first(world: World, offer: str) -> None:
    required(world, Act.TAKE_ROLE)
    with writing(world.sessions) as session:
        stakeholders.decline_offer(session, world.actors[MEDIATOR], offer, now())
