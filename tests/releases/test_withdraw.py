"""Withdrawn: the public reads the day and the reason, and nothing of the text."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal import releases
from portal.db import writing
from portal.errors import Invalid, NotFound, Refused
from tests.cast import World
from tests.pages import Visitor, nobody
from tests.releases.builders import (
    BANK,
    CLOUD,
    COOLED,
    TELCO,
    confirmed,
    drafted,
    joint,
    out,
    released,
    signed,
)

Visit = Callable[[str], Visitor]
WHY = "A figure was wrong."


def test_a_stone_with_day_and_reason_is_left(app: Flask, world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = released(session, world, title="On the wiper").ref
    public, telco = nobody(app), visit(TELCO)
    assert "spread from an update" in public.get(f"/public/{ref}").words
    assert telco.post(f"/releases/{ref}/withdraw", {"why": ""}).status == 422
    telco.follow(telco.post(f"/releases/{ref}/withdraw", {"why": WHY}))
    for path in (f"/public/{ref}", "/public/", "/public/feed.atom"):
        text = public.get(path).text
        assert WHY in text, path
        assert "spread from an update" not in text, path
        assert "On the wiper" not in text, path
    assert public.get(f"/public/{ref}/json").status == 404
    assert public.get(f"/public/{ref}/stix").status == 404


def test_whoever_signed_can_end_it_for_all(world: World) -> None:
    with writing(world.sessions) as session:
        statement = confirmed(session, world, joint(session, world, "cloud"))
        out(session, world, signed(session, world, statement, (TELCO, CLOUD)))
        ref = statement.ref
        with pytest.raises(Refused):
            releases.withdraw(session, world.actors[BANK], ref, why=WHY, now=COOLED)
        releases.withdraw(session, world.actors[CLOUD], ref, why=WHY, now=COOLED)
        assert statement.state == "withdrawn"


def test_what_never_went_out_leaves_no_stone(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        draft = drafted(session, world)
        with pytest.raises(Invalid):
            releases.withdraw(session, world.actors[TELCO], draft.ref, why=" ", now=COOLED)
        releases.withdraw(session, world.actors[TELCO], draft.ref, why=WHY, now=COOLED)
        with pytest.raises(NotFound):
            releases.read(session, world.actors[CLOUD], draft.ref, COOLED)
        ref = draft.ref
    assert nobody(app).get(f"/public/{ref}").status == 404
    assert WHY not in nobody(app).get("/public/").words
