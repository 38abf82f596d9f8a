"""Roles: set among the recipients by an organiser; whoever gets one later is notified."""

from collections.abc import Callable

import pytest

from models.exercises import ExerciseRole
from portal import exercises
from portal.db import writing
from portal.errors import Invalid
from portal.exercises import Seating
from tests.cast import World
from tests.exercises.builders import (
    BANK,
    FIRST,
    MEDIATOR,
    OBSERVER,
    TELCO,
    drafted,
    minute,
    notified,
    party,
    planned,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_whoever_gets_a_role_later_is_notified_alone(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = planned(session, world)
        assert notified(session, world, "seat") == []
        seats = exercises.seats_of(session, exercise)
        seats[world.actors[BANK].person_id] = Seating(ExerciseRole.OBSERVER)
        exercises.seat(
            session,
            world.actors[MEDIATOR],
            exercise.ref,
            seats=seats,
            version=exercise.version,
            now=minute(1),
        )
        assert notified(session, world, "seat") == [BANK]


def test_only_recipients_and_parties_of_the_exercise_are_taken(world: World) -> None:
    with writing(world.sessions) as session:
        exercise, other = drafted(session, world, "telco"), drafted(session, world)
        foreign = party(session, other, FIRST)
        player, observer = ExerciseRole.PLAYER, ExerciseRole.OBSERVER
        for who, seating in (
            (BANK, Seating(observer)),
            (TELCO, Seating(player, foreign)),
            (TELCO, Seating(player)),
            (TELCO, Seating(observer, party(session, exercise, FIRST))),
            (MEDIATOR, Seating(observer)),
        ):
            with pytest.raises(Invalid, match="seats"):
                exercises.seat(
                    session,
                    world.actors[MEDIATOR],
                    exercise.ref,
                    seats={world.actors[who].person_id: seating},
                    version=exercise.version,
                    now=minute(1),
                )


def test_the_page_sets_roles_and_tells_of_a_change_meanwhile(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        exercise = drafted(session, world)
        ref, key = exercise.ref, party(session, exercise, FIRST)
    mediator, path = visit(MEDIATOR), f"/exercises/{ref}/seat"
    form, telco = mediator.get(path).form(), f"seat_{world.actors[TELCO].person_id}"
    watches = {f"seat_{world.actors[OBSERVER].person_id}": ["controller"]}
    chosen = {**form, telco: [f"party-{key}"], **watches}
    assert mediator.post(path, {**form, telco: ["king"]}).status == 422
    page = mediator.follow(mediator.post(path, chosen))
    assert "Telco liaison · plays Telephone company" in page.words
    assert "Response analyst · Controller" in page.words
    late = mediator.post(path, form)
    assert late.status == 409


def test_what_is_wrong_with_all_roles_is_said_where_the_summary_leads(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref

    def refused(*_args: object, **_said: object) -> None:
        raise Invalid({"seats": "An entry of this list is not in the portal."})

    monkeypatch.setattr(exercises, "seat", refused)
    mediator, path = visit(MEDIATOR), f"/exercises/{ref}/seat"
    page = mediator.post(path, mediator.get(path).form())
    assert page.status == 422
    assert "not in the portal" in str(page.page.select_one(".go-error#seats"))
