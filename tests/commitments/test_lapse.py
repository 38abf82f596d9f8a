"""Lapsing: the day of the answer is over, and nobody has accepted."""

from datetime import timedelta

from portal import commitments
from portal.errors import TooLate
from tests.cast import World
from tests.commitments.at_once import (
    at_once,
    by,
    jobs,
    made,
    state,
    verbs,
    whole,
)
from tests.commitments.builders import proposed

SECOND = timedelta(seconds=1)
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
ROUNDS = 8


def test_accepted_in_the_last_second_or_lapsed(world: World) -> None:
    for _ in range(ROUNDS):
        one = made(world, proposed)
        over = one.answer_by_at
        assert over is not None
        accept = by(world, CLOUD, commitments.accept, one.ref, now=over - SECOND)
        late, job = at_once(world, accept, jobs(one.ref, over))
        assert job is None, "the jobs find nothing to do"
        assert late is None or isinstance(late, TooLate)
        assert state(world, one) == ("lapsed" if late else "in-force")
        assert verbs(world, one, "accept", "lapse") == ["lapse" if late else "accept"]
    whole(world)
