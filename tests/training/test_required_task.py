"""What is required waits on the overview of whoever lacks it, before it stands in their way."""

from collections.abc import Callable

import pytest

from models.stakeholders import Role
from models.training import Act
from portal.db import writing
from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import invite
from tests.training.builders import MEDIATOR, TLP, learned, required

Visit = Callable[[str], Visitor]
WORDS = "Training is required of you"


@pytest.mark.parametrize("act", [Act.PUBLISH_RED, Act.TAKE_SEAT])
@pytest.mark.parametrize("home", ["", "peace"])
def test_it_waits_until_it_is_completed(world: World, visit: Visit, act: Act, home: str) -> None:
    mediator, outsider = visit(MEDIATOR), visit("liaison@bank")
    assert WORDS not in mediator.get("/").words
    required(world, act, home)
    assert WORDS in mediator.get("/").words
    assert (WORDS in outsider.get("/").words) is (not home)
    page = mediator.get("/training/")
    heading = page.page.find(id="required")
    assert heading is not None
    section = heading.find_parent("section")
    assert section is not None
    assert TLP.title in section.get_text()
    learned(world, MEDIATOR)
    assert WORDS not in mediator.get("/").words
    assert mediator.get("/training/").page.find(id="required") is None


def test_before_a_role_it_waits_for_whoever_is_offered_one(world: World, visit: Visit) -> None:
    required(world, Act.TAKE_ROLE, "telco")
    mediator = visit(MEDIATOR)
    assert WORDS not in mediator.get("/").words
    with writing(world.sessions) as session:
        invite(session, world, f"{MEDIATOR}.example", role=Role.OBSERVER)
    assert WORDS in mediator.get("/").words
    assert WORDS not in visit("liaison@bank").get("/").words
