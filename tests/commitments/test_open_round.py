"""Opening the next round of a recurring commitment."""

from datetime import date

from models.commitments import CommitmentState
from portal.db import writing
from tests.cast import World
from tests.commitments.builders import agreed, found
from tests.commitments.test_verify import open_rounds
from tests.commitments.trail import acts, again, dues

IN_FORCE, FULFILLED = CommitmentState.IN_FORCE, CommitmentState.FULFILLED


def test_rounds_open_by_themselves_on_the_31st_and_each_is_found_alone(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, due_on=date(2026, 12, 31), every="month")
    open_rounds(world, one, date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28))
    with writing(world.sessions) as session:
        days = [day.due_on for day in dues(session, one)]
        assert days[2:] == [date(2027, 2, 28), date(2027, 3, 31)], "the 31st comes back"
        found(session, world, one.ref, milestone=2)
        assert [day.met_at is None for day in dues(session, one)] == [True, False, True, True]
        now = again(session, one)
        assert (now.state, now.edition) == (IN_FORCE, 1), "rounds are no new terms"
        assert now.due_at == dues(session, one)[0].due_at
        assert acts(session, one)[-4:] == ["open-round"] * 3 + ["verify"]
