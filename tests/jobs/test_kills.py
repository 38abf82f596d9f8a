"""Case F2 under load: processes are killed while a slow mail server works; nothing is lost.

`python -m tests.jobs.kills 100` is the long run; here KILLS says how often (6).
"""

import os

import pytest

from tests.cast import World
from tests.jobs.kills import IN_HAND, killed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def test_f2_kills_under_load_lose_nothing_and_double_only_what_was_in_hand(world: World) -> None:
    done = killed(world, int(os.environ.get("KILLS", "6")))
    assert done.lost == 0
    assert done.arrived == done.written
    assert done.unexplained == 0
    assert done.doubled <= IN_HAND * done.kills
