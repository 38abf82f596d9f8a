"""What makes a circle, and what only looks like one: those that begin together count as one."""

import pytest
from sqlalchemy.orm import Session

from models.commitments import Commitment
from portal import commitments
from portal.db import writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, drafted
from tests.commitments.invariants import Seen

# Of ours (0), theirs (1) and another one of ours (2): which hangs on which, and how.
Web = tuple[tuple[int, int, str], ...]
SIDES = ("liaison@telco", "liaison@cloud", "liaison@telco")
CLOSED: tuple[Web, ...] = (
    ((0, 1, "after"), (0, 1, "together")),
    ((0, 1, "together"), (0, 1, "after")),
    ((2, 0, "after"), (1, 2, "after"), (0, 1, "together")),
    ((0, 2, "after"), (2, 1, "after"), (0, 1, "together")),
    ((0, 1, "together"), (0, 2, "after"), (2, 1, "after")),
    ((0, 1, "together"), (2, 1, "together"), (2, 0, "after")),
    ((2, 0, "after"), (1, 2, "after"), (0, 1, "after")),
    ((2, 0, "while"), (1, 2, "while"), (0, 1, "while")),
)
OPEN: tuple[Web, ...] = (
    ((0, 1, "together"), (0, 1, "while")),
    ((0, 1, "together"), (2, 1, "together")),
    ((0, 1, "together"), (2, 0, "after"), (2, 1, "after")),
    ((0, 1, "after"), (0, 2, "after"), (2, 1, "after")),
    ((2, 0, "while"), (1, 2, "while"), (0, 1, "after")),
    ((2, 0, "while"), (1, 2, "while"), (0, 1, "together")),
)


def begin(session: Session, world: World) -> list[Commitment]:
    return [
        drafted(session, world),
        drafted(session, world, by="liaison@cloud", to="telco"),
        drafted(session, world),
    ]


def tie(session: Session, world: World, made: list[Commitment], web: Web) -> None:
    """Hang one on the other; what is not one's own must be proposed before one knows of it."""
    for n, m, condition_type in web:
        if SIDES[n] != SIDES[m] and made[m].state == "draft":
            put, ref = world.actors[SIDES[m]], made[m].ref
            commitments.propose(session, put, ref, answer_by_on=ANSWER_BY, now=NOW)
        actor, ref, on = world.actors[SIDES[n]], made[n].ref, made[m].ref
        commitments.add_condition(
            session, actor, ref, on=on, condition_type=condition_type, days=0, now=NOW
        )


@pytest.mark.parametrize("web", CLOSED, ids=str)
def test_the_step_that_closes_a_circle_is_refused(world: World, web: Web) -> None:
    with writing(world.sessions) as session:
        made = begin(session, world)
        tie(session, world, made, web[:-1])
        with pytest.raises(Invalid) as refused:
            tie(session, world, made, web[-1:])
        assert not Seen(session).in_a_circle()
    assert refused.value.problems["on"].startswith("This would create a circular dependency")


@pytest.mark.parametrize("web", OPEN, ids=str)
def test_what_only_looks_like_a_circle_may_hang(world: World, web: Web) -> None:
    with writing(world.sessions) as session:
        tie(session, world, begin(session, world), web)
        assert len(Seen(session).conditions) == len(web)
        assert not Seen(session).in_a_circle()
