"""Editing: a draft in silence, a planned exercise with an e-mail to its recipients."""

from collections.abc import Callable

import pytest

from portal import exercises
from portal.db import writing
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.exercises.builders import (
    MEDIATOR,
    TELCO,
    TO_ALL,
    drafted,
    inject,
    notified,
    planned,
    running,
    text,
)
from tests.factories import to
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_planned_exercise_says_that_it_was_changed(world: World) -> None:
    with writing(world.sessions) as session:
        for made, told in ((drafted, False), (planned, True)):
            exercise = made(session, world)
            exercises.edit(
                session,
                world.actors[MEDIATOR],
                exercise.ref,
                text=text(minutes=60),
                to=to(world, *TO_ALL),
                version=exercise.version,
                now=NOW,
            )
            assert exercise.minutes == 60
            assert (TELCO in notified(session, world, "edit")) == told


def test_a_party_that_gets_an_inject_stays(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = drafted(session, world)
        inject(session, world, exercise, "Cloud company")
        with pytest.raises(Invalid, match="parties"):
            exercises.edit(
                session,
                world.actors[MEDIATOR],
                exercise.ref,
                text=text(parties=("Telephone company",)),
                to=to(world, *TO_ALL),
                version=exercise.version,
                now=NOW,
            )


def test_whoever_saves_second_sees_that_somebody_was_first(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, started = drafted(session, world).ref, running(session, world).ref
        with pytest.raises(TooLate):
            exercises.edit(
                session,
                world.actors[MEDIATOR],
                ref,
                text=text(),
                to=to(world, "telco"),
                version=0,
                now=NOW,
            )
    mediator = visit(MEDIATOR)
    path = f"/exercises/{ref}/edit"
    form = mediator.get(path).form()
    assert form["title"] == ["A wiper before a signing"], "the mark is not typed"
    assert mediator.post(path, {**form, "title": ["First"]}).status == 302
    late = mediator.post(path, {**form, "title": ["Second"]})
    assert late.status == 409
    assert late.form()["title"] == ["Second"]
    assert mediator.post(path, {**late.form(), "title": ["Second"]}).status == 302
    assert "EXERCISE: Second" in mediator.get(f"/exercises/{ref}").words
    assert mediator.get(f"/exercises/{started}/edit").status == 409
