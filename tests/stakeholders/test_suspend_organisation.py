"""Suspending an organisation: its members lose its rights at once what they had through it."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor
from tests.stakeholders.builders import address

Visit = Callable[[str], Visitor]


def test_suspended_its_members_lose_what_they_had_through_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    steward, mediator = visit("steward@portal"), visit("mediator@peace")
    path = address(world, "peace")
    assert "lose its rights at once" in steward.get(f"{path}/suspend").words
    steward.follow(steward.post(f"{path}/suspend"))
    assert mediator.get(f"/notices/{ref}").status == 404
    assert mediator.get(path).status == 404
    steward.follow(steward.post(f"{path}/reinstate"))
    assert mediator.get(f"/notices/{ref}").status == 200
