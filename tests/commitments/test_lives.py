"""Commitments that hang on one another keep the law whatever people and time do to them."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from portal.rules import COMMITMENTS
from tests.cast import World
from tests.commitments.lives import Lives

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

EXAMPLES = {"sqlite": 60, "postgresql": 8}
# Verbs of the law that are told elsewhere; reading alone leaves everything as it is.
ELSEWHERE = {
    "read", "read-text", "read-terms", "read-ledger", "export", "edit", "tag", "add-evidence",
}  # fmt: skip


def test_random_lives_keep_the_law(world: World) -> None:
    engine = world.engine.dialect.name

    class Told(Lives):
        pass

    Told.world, Told.seen = world, Counter()
    run_state_machine_as_test(
        Told,
        settings=settings(
            max_examples=EXAMPLES[engine],
            stateful_step_count=40,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(Told.seen)
    if engine == "sqlite":
        assert set(Told.seen) >= set(COMMITMENTS.verbs) - ELSEWHERE, (
            "every verb was tried with success"
        )
