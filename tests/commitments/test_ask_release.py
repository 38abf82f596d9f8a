"""Asking for an end: with a reason, by a party, of what is agreed on and not over."""

import pytest

from portal import commitments
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed, proposed
from tests.commitments.test_release import ask, asked

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"


@pytest.mark.parametrize("why", ["", "  ", "w" * 501], ids=["none", "blank", "too long"])
def test_whoever_asks_says_why(world: World, why: str) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
    with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
        ask(session, world, one, why=why)
    assert set(wrong.value.problems) == {"why"}
    with reading(world.sessions) as session:
        assert asked(session, one) == []


def test_what_is_not_agreed_on_or_is_over_is_not_released(world: World) -> None:
    with writing(world.sessions) as session:
        put, over = proposed(session, world), agreed(session, world)
        ask(session, world, over)
        commitments.release(session, world.actors[CLOUD], over.ref, NOW)
        for one, by, error in (
            (put, TELCO, TooLate), (over, CLOUD, TooLate), (over, CERT, Refused),
            (over, "liaison@bank", NotFound),
        ):  # fmt: skip
            with pytest.raises(error):
                ask(session, world, one, by)
