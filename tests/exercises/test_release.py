"""Injects are released by hand, or by the jobs when their minute has come."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.exercises import ExerciseInject
from models.ledger import AuditEvent
from portal import exercises
from portal.db import writing
from portal.errors import NotFound, Refused, TooLate
from portal.schedule import keep_all_times
from tests.cast import World
from tests.exercises.builders import (
    CLOUD,
    MEDIATOR,
    OBSERVER,
    TELCO,
    drafted,
    given,
    inject,
    minute,
    notified,
    numbered,
    planned,
    running,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
SECOND = timedelta(seconds=1)


def test_by_hand_it_reaches_its_party_alone_and_once(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = running(session, world)
        number = given(session, world, exercise, "For the first", minute(2))
        assert notified(session, world, "release") == [TELCO]
        with pytest.raises(TooLate):
            exercises.release(session, world.actors[MEDIATOR], exercise.ref, number, minute(3))


def test_the_jobs_release_it_in_its_minute(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = running(session, world)
        ref, number = exercise.ref, numbered(session, exercise, "For all")
    assert keep_all_times(world.sessions, minute(10) - SECOND) == 0
    assert keep_all_times(world.sessions, minute(10)) == 1
    assert keep_all_times(world.sessions, minute(11)) == 0
    with writing(world.sessions) as session:
        row = session.get(ExerciseInject, number)
        assert row is not None
        assert (row.released_at, row.by_id) == (minute(10), None)
        assert notified(session, world, "release") == sorted((TELCO, CLOUD))
        event = session.query(AuditEvent).filter_by(verb="release", ref=ref).one()
        assert event.detail == {"injects": [number]}
        found = exercises.read(session, world.actors[OBSERVER], ref, minute(11))
        assert [one.title for one in found.injects] == ["For all"]


def test_what_comes_due_together_is_one_e_mail_and_a_late_job_catches_up(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = running(session, world)
        inject(session, world, exercise, title="Late", minute=5, at=minute(1))
    assert keep_all_times(world.sessions, minute(30)) == 1
    with writing(world.sessions) as session:
        assert notified(session, world, "release") == sorted((TELCO, CLOUD))
        found = exercises.read(session, world.actors[TELCO], exercise.ref, minute(31))
        assert {one.title for one in found.newest} == {"For all", "Late"}


def test_nothing_is_released_of_an_exercise_that_does_not_run(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = planned(session, world)
        inject(session, world, exercise, title="At once", minute=0)
    assert keep_all_times(world.sessions, minute(60)) == 0
    with writing(world.sessions) as session:
        over = running(session, world)
        exercises.conclude(session, world.actors[MEDIATOR], over.ref, minute(5))
    assert keep_all_times(world.sessions, minute(60)) == 0


def test_who_plays_releases_nothing_and_numbers_of_others_are_not_found(world: World) -> None:
    with writing(world.sessions) as session:
        exercise, other = running(session, world), drafted(session, world)
        number, foreign = numbered(session, exercise, "For all"), inject(session, world, other).id
        with pytest.raises(Refused):
            exercises.release(session, world.actors[TELCO], exercise.ref, number, minute(1))
        with pytest.raises(NotFound):
            exercises.release(session, world.actors[MEDIATOR], exercise.ref, foreign, minute(1))


def test_the_control_list_has_a_button_for_each(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        exercise = running(session, world)
        ref, number = exercise.ref, numbered(session, exercise, "For the second")
    mediator, cloud = visit(MEDIATOR), visit(CLOUD)
    page = mediator.get(f"/exercises/{ref}")
    assert "Next: For all" in page.words
    assert "Not released" not in cloud.get(f"/exercises/{ref}").words
    mediator.post(f"/exercises/{ref}/release/{number}")
    assert "For the second" in cloud.get(f"/exercises/{ref}").words
    assert mediator.post(f"/exercises/{ref}/release/{number}").status == 409
