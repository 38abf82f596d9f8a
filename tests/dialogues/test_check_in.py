"""Checking in with the code of the room."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal import dialogues, web
from portal.db import writing
from portal.errors import Invalid, Refused
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.seat_builders import TELCO, sat
from tests.dialogues.test_attend import came
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_wrong_code_is_said_next_to_the_field(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        code = dialogues.open_room(session, world.actors[ORGANISER], ref, NOW)
    telco = visit(TELCO)
    # Nearly right, too short, not of the alphabet, none at all.
    for wrong in ("0" + code[1:], code[:5], "é" * 6, " "):
        answer = telco.post(f"/dialogues/{ref}/check-in", {"code": wrong})
        assert "not the room code" in answer.errors()["code"], wrong
    assert came(world, ref)[TELCO] == (None, False)


@pytest.mark.own_app
def test_guessing_is_slow(app: Flask, world: World, visit: Visit) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    web.limiter.init_app(app)
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        dialogues.open_room(session, world.actors[ORGANISER], ref, NOW)
    telco = visit(TELCO)
    guesses = (telco.post(f"/dialogues/{ref}/check-in", {"code": "AAAAAA"}) for _n in range(30))
    assert 429 in (answer.status for answer in guesses)


def test_a_new_code_ends_the_one_before(world: World) -> None:
    by, telco = world.actors[ORGANISER], world.actors[TELCO]
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        first = dialogues.open_room(session, by, ref, NOW)
        second = dialogues.open_room(session, by, ref, NOW)
        assert first != second
        with pytest.raises(Invalid, match="code"):
            dialogues.check_in(session, telco, ref, code=first, now=NOW)
        dialogues.check_in(session, telco, ref, code=second, now=NOW)


def test_whoever_answers_but_does_not_come_does_not_check_in(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        code = dialogues.open_room(session, world.actors[ORGANISER], ref, NOW)
        colleague = world.actors["colleague@telco"]
        with pytest.raises(Refused):
            dialogues.check_in(session, colleague, ref, code=code, now=NOW)
    assert "Check in" not in visit("colleague@telco").get(f"/dialogues/{ref}").words


def test_who_checks_in_while_the_list_is_open_stays(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        code = dialogues.open_room(session, world.actors[ORGANISER], ref, NOW)
    coordinator, address = visit(ORGANISER), f"/dialogues/{ref}/attend"
    form = coordinator.get(address).form(address)
    telco = visit(TELCO)
    telco.follow(telco.post(f"/dialogues/{ref}/check-in", {"code": code}))
    coordinator.follow(coordinator.post(address, form))
    assert came(world, ref)[TELCO] == (True, True)
    # But what the organiser saw ticked she may take back.
    form = coordinator.get(address).form(address)
    coordinator.follow(coordinator.post(address, form | {"came": []}))
    assert came(world, ref)[TELCO] == (False, False)
