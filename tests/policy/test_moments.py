"""What is written beside a resource is read by those for whom it was written, and nobody else.

The policy on parts is held against the requirement on small worlds.
"""

import pytest
from sqlalchemy.orm import Session

from portal.rules import SUB_RESOURCES
from portal.rules.moments import MOMENT_SUB_RESOURCES
from tests.policy.moment_worlds import PART, MomentWorlds, plan

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

PLANS = [plan(seed) for seed in range(120)]


@pytest.fixture(scope="module")
def worlds(long_session: Session) -> MomentWorlds:
    """All worlds, laid once."""
    return MomentWorlds(long_session, PLANS)


def test_the_policy_says_what_is_required(worlds: MomentWorlds) -> None:
    assert worlds.said() == worlds.expected
    assert {word for word, _n, _who in worlds.expected} == set(PART)


def test_every_part_of_a_moment_is_in_these_worlds() -> None:
    assert set(MOMENT_SUB_RESOURCES) == set(PART.values())
    assert set(MOMENT_SUB_RESOURCES) <= set(SUB_RESOURCES)
