"""Commitments that hang on one another keep the policy whatever people and time do to them."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from portal.rules import COMMITMENTS
from tests.cast import World
from tests.commitments.lives import Lives

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

EXAMPLES = {"sqlite": 10, "postgresql": 2}
# What hangs on what when a life begins: one, the other, how, and for how many days.
WEBS = {
    "none": (),
    "after": ((0, 1, "after", 2), (2, 0, "after", 0)),
    "together": ((0, 1, "together", 0), (0, 2, "after", 2)),
    "while": ((0, 1, "while", 2), (2, 0, "while", 0)),
    "ring": ((0, 1, "after", 0), (2, 0, "while", 2)),
    "all": ((0, 1, "together", 0), (0, 1, "while", 0), (2, 1, "after", 0), (2, 0, "while", 5)),
}
# Verbs of the policy that are told elsewhere; reading alone leaves everything as it is.
ELSEWHERE = {
    "read", "read-text", "read-terms", "read-ledger", "export", "edit", "link-norm", "add-evidence",
    "comment", "remind", "follow", "unfollow", "publish-red",
}  # fmt: skip


def lived(world: World, name: str) -> Counter[str]:
    """Live some lives that begin with this web, and say how often each verb was done."""
    notified = type(name, (Lives,), {"world": world, "web": WEBS[name], "seen": Counter()})
    seed(name)(notified)
    run_state_machine_as_test(
        notified,
        settings=settings(
            max_examples=EXAMPLES[world.engine.dialect.name],
            stateful_step_count=40,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return notified.seen


def test_random_lives_keep_the_policy(world: World) -> None:
    done = sum((lived(world, name) for name in WEBS), Counter())
    if world.engine.dialect.name == "sqlite":
        missing = set(COMMITMENTS.verbs) - ELSEWHERE - set(done)
        assert not missing, "every verb was done at least once"
