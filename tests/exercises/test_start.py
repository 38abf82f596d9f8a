"""Starting: by whoever runs it, once it is published; then minutes count."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.exercises import ExerciseInject
from portal import exercises
from portal.db import writing
from portal.errors import NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.exercises.builders import (
    CLOUD,
    MEDIATOR,
    OBSERVER,
    TELCO,
    drafted,
    inject,
    minute,
    notified,
    numbered,
    planned,
    running,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_minutes_count_from_the_start(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = planned(session, world)
        inject(session, world, exercise, title="At ten", minute=10)
        exercises.start(session, world.actors[MEDIATOR], exercise.ref, minute(5))
        row = session.get(ExerciseInject, numbered(session, exercise, "At ten"))
        assert row is not None
        assert row.due_at == minute(15)
        assert notified(session, world, "start") == sorted((TELCO, CLOUD, OBSERVER))


def test_players_do_not_start_it_and_nobody_twice(world: World) -> None:
    with writing(world.sessions) as session:
        draft, ready, begun = (make(session, world).ref for make in (drafted, planned, running))
        for who, ref, error in (
            (TELCO, draft, NotFound),
            (TELCO, ready, Refused),
            (MEDIATOR, draft, TooLate),
            (MEDIATOR, begun, TooLate),
        ):
            with pytest.raises(error):
                exercises.start(session, world.actors[who], ref, minute(1))


def test_it_waits_on_the_overview_of_whoever_runs_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        planned(session, world, starts=(NOW + timedelta(days=1)).replace(tzinfo=None))
    assert "Start the exercise" in visit(MEDIATOR).get("/").words
    assert "Start the exercise" not in visit(TELCO).get("/").words
