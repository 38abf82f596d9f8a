"""Responses: of the party that got the inject, for that party, observers and controllers."""

from collections.abc import Callable

import pytest

from portal import exercises
from portal.db import writing
from portal.errors import Invalid, NotFound, Refused
from tests.cast import World
from tests.exercises.builders import (
    CLOUD,
    MEDIATOR,
    OBSERVER,
    TELCO,
    given,
    minute,
    numbered,
    running,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_others_who_play_do_not_see_it(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = running(session, world)
        number = given(session, world, exercise, "For all", minute(1))
        said = {"text": "Switch it off.", "now": minute(2)}
        exercises.answer(session, world.actors[TELCO], exercise.ref, number, **said)
        for who, sees in ((TELCO, 1), (MEDIATOR, 1), (OBSERVER, 1), (CLOUD, 0)):
            found = exercises.read(session, world.actors[who], exercise.ref, minute(3))
            assert len(found.responses) == sees, who


def test_what_did_not_reach_them_is_not_there_to_answer(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = running(session, world)
        waiting = numbered(session, exercise, "For all")
        given(session, world, exercise, "For the first", minute(1))
        first = numbered(session, exercise, "For the first")
        for who, number, error in (
            (TELCO, waiting, NotFound),
            (CLOUD, first, NotFound),
            (OBSERVER, first, Refused),
            (MEDIATOR, first, Refused),
        ):
            with pytest.raises(error):
                exercises.answer(
                    session, world.actors[who], exercise.ref, number, text="x", now=minute(2)
                )
        with pytest.raises(Invalid, match="text"):
            exercises.answer(
                session, world.actors[TELCO], exercise.ref, first, text=" ", now=minute(2)
            )


def test_the_page_keeps_what_was_typed_and_the_task_goes(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        exercise = running(session, world)
        number = given(session, world, exercise, "For the first", minute(1))
        ref = exercise.ref
    telco, path = visit(TELCO), f"/exercises/{ref}/answer/{number}"
    assert "Answer an inject" in telco.get("/").words
    long = telco.post(path, {**telco.get(path).form(), "text": ["x" * 5001]})
    assert long.status == 422
    assert long.form()["text"] == ["x" * 5001]
    telco.post(path, {**telco.get(path).form(), "text": ["We pull the plug."]})
    assert "We pull the plug." in telco.get(f"/exercises/{ref}").words
    assert "Answer an inject" not in telco.get("/").words
    assert "We pull the plug." not in visit(CLOUD).get(f"/exercises/{ref}").text
