"""Injects: written, changed and removed while they are not released."""

from collections.abc import Callable

import pytest

from portal import exercises
from portal.db import writing
from portal.errors import Invalid, NotFound, TooLate
from portal.exercises import InjectText
from tests.cast import World
from tests.exercises.builders import (
    FIRST,
    MEDIATOR,
    TELCO,
    drafted,
    given,
    inject,
    minute,
    numbered,
    party,
    running,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_one_that_is_released_stays_as_it_is(world: World) -> None:
    with writing(world.sessions) as session:
        exercise, mediator = running(session, world), world.actors[MEDIATOR]
        number = given(session, world, exercise, "For the first", minute(1))
        text = InjectText(kind="news", title="Other", for_all=True)
        with pytest.raises(TooLate):
            exercises.plan(session, mediator, exercise.ref, text=text, number=number, now=minute(2))
        with pytest.raises(TooLate):
            exercises.remove_inject(session, mediator, exercise.ref, number, minute(2))


def test_one_of_another_exercise_is_not_found(world: World) -> None:
    with writing(world.sessions) as session:
        one, other = drafted(session, world), drafted(session, world)
        number = inject(session, world, one, FIRST).id
        with pytest.raises(NotFound):
            exercises.inject_to_change(
                session, world.actors[MEDIATOR], other.ref, number, minute(1)
            )
        key = party(session, one, FIRST)
        text = InjectText(kind="news", title="x", parties=frozenset({key}))
        with pytest.raises(Invalid, match="parties"):
            exercises.plan(session, world.actors[MEDIATOR], other.ref, text=text, now=minute(1))


@pytest.mark.parametrize(
    ("values", "field"),
    [({"kind": "rumour"}, "kind"), ({"title": " "}, "title"), ({"minute": 481}, "minute")],
)
def test_what_cannot_be_taken_is_said(world: World, values: dict[str, object], field: str) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        inject(session, world, drafted(session, world), **values)
    assert set(refused.value.problems) == {field}


def test_the_pages_add_change_and_remove(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        exercise = drafted(session, world)
        ref, key = exercise.ref, str(party(session, exercise, FIRST))
    mediator, path = visit(MEDIATOR), f"/exercises/{ref}/plan"
    said = {"kind": "news", "title": "Telephones are down", "minute": "7", "parties": key}
    empty = mediator.post(path, {**mediator.get(path).form(), "title": ""})
    assert empty.status == 422
    assert {"kind", "title"} <= set(empty.errors())
    page = mediator.follow(mediator.post(path, {**mediator.get(path).form(), **said}))
    assert "News · at minute 7 · to Telephone company" in page.words
    with writing(world.sessions) as session:
        number = numbered(session, exercise, "Telephones are down")
    form = mediator.get(f"{path}/{number}").form()
    assert form["minute"] == ["7"]
    mediator.post(f"{path}/{number}", {**form, "minute": [""]})
    assert "News · by hand" in mediator.get(f"/exercises/{ref}").words
    assert mediator.post(f"{path}/{number}", form).status == 409
    assert visit(TELCO).get(f"{path}/{number}").status == 404
    mediator.post(f"{path}/{number}/remove")
    assert "Telephones are down" not in mediator.get(f"/exercises/{ref}").text
