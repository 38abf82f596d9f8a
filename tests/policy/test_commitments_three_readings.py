"""One sentence about commitments, asked three ways, answers alike; and as the requirement says."""

import random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.db import open_session
from tests.cast import World
from tests.policy.commitment_worlds import POLICY, LaidPromise, plan
from tests.policy.small_worlds import agree


@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(dice=st.randoms(use_true_random=False))
def test_three_readings_agree_with_each_other_and_with_the_requirement(
    world: World, dice: random.Random
) -> None:
    with open_session(world.sessions, writes=True) as session:
        agree(LaidPromise(session, plan(dice)), POLICY)
        session.rollback()
