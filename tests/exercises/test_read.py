"""Reading: who plays sees what is sent to their party, and nothing that is to come."""

from collections.abc import Callable

import pytest

from models.exercises import ExerciseRole
from portal import exercises
from portal.db import writing
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.exercises.builders import (
    BANK,
    CLOUD,
    COLLEAGUE,
    MEDIATOR,
    OBSERVER,
    TELCO,
    drafted,
    given,
    minute,
    over,
    planned,
    running,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_an_inject_is_there_for_its_party_once_it_is_released(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = running(session, world)

        def seen(who: str) -> set[str]:
            found = exercises.read(session, world.actors[who], exercise.ref, minute(3))
            return {one.title for one in found.injects}

        everything = {"For the first", "For the second", "For all"}
        assert seen(MEDIATOR) == seen(COLLEAGUE) == everything
        assert seen(TELCO) == seen(CLOUD) == seen(OBSERVER) == seen(BANK) == set()
        given(session, world, exercise, "For the first", minute(1))
        assert seen(TELCO) == seen(OBSERVER) == {"For the first"}
        assert seen(CLOUD) == seen(BANK) == set()
        given(session, world, exercise, "For all", minute(2))
        assert seen(TELCO) == {"For the first", "For all"}
        assert seen(CLOUD) == {"For all"}
        assert seen(BANK) == set()


def test_a_colleague_who_plays_does_not_know_what_is_to_come(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = drafted(session, world, "peace", "telco")
        colleague, mediator = world.actors[COLLEAGUE], world.actors[MEDIATOR]
        assert exercises.read(session, colleague, exercise.ref, NOW).text
        first = exercises.parties_of(session, exercise)[0].id
        role = exercises.Seating(ExerciseRole.PLAYER, first)
        seats = {colleague.person_id: role}
        version = exercise.version
        exercises.seat(session, mediator, exercise.ref, seats=seats, version=version, now=NOW)
        with pytest.raises(NotFound):
            exercises.read(session, colleague, exercise.ref, NOW)


def test_a_draft_is_there_for_its_organisers_alone(world: World) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
        for who in (TELCO, BANK, "steward@portal"):
            with pytest.raises(NotFound):
                exercises.read(session, world.actors[who], ref, NOW)


def test_who_has_no_role_reads_the_situation_alone(world: World) -> None:
    with writing(world.sessions) as session:
        ref = over(session, world).ref
        found = exercises.read(session, world.actors[BANK], ref, minute(50))
        assert found.text
        assert [*found.injects, *found.responses, *found.seats, *found.notes] == []
        with pytest.raises(NotFound):
            exercises.read(session, world.actors["observer@un"], ref, minute(50))


def test_every_page_says_that_it_is_an_exercise(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = planned(session, world).ref
    for who in (MEDIATOR, TELCO):
        page = visit(who).get(f"/exercises/{ref}")
        assert page.page.h1 is not None
        assert page.page.h1.get_text().strip().startswith("EXERCISE: ")
        assert "Nothing on this page is real." in page.words
    assert "EXERCISE: A wiper" in visit(TELCO).get("/exercises/").words
    assert "EXERCISE: A wiper" in visit(TELCO).get("/search?q=signing").words
    assert "EXERCISE: A wiper" in visit(TELCO).get("/calendar/?from=2036-06-02").words
    assert "Leave the room time." in visit(MEDIATOR).get(f"/exercises/{ref}").words
    assert "Leave the room time." not in visit(TELCO).get(f"/exercises/{ref}").text


def test_search_finds_an_inject_for_those_alone_who_got_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        exercise = running(session, world)
        given(session, world, exercise, "For the first", minute(1))
        ref = exercise.ref
    for who, found in ((TELCO, True), (OBSERVER, True), (CLOUD, False), (BANK, False)):
        assert (ref in visit(who).get("/search?q=eleven").text) == found, who
