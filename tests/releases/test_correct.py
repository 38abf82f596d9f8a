"""A correction: what changed and when stays visible; everybody is asked anew."""

from datetime import timedelta

import pytest
from flask import Flask

from portal import releases
from portal.db import writing
from portal.errors import Invalid, Refused
from tests.cast import World
from tests.pages import nobody
from tests.releases.builders import (
    CLOUD,
    COOLED,
    TELCO,
    confirmed,
    joint,
    out,
    released,
    signed,
)

LATER = COOLED + timedelta(days=2)


def test_the_public_reads_what_was_corrected_and_when(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        release = released(session, world)
        actor, ref = world.actors[TELCO], release.ref
        with pytest.raises(Invalid):
            releases.correct(session, actor, ref, why=" ", now=COOLED)
        draft = releases.correct(session, actor, ref, why="It was five servers.", now=COOLED)
        said = releases.text_of(draft, **releases.parties_chosen(session, draft))
        changed = type(said)(**{**vars(said), "body": "Five servers were wiped."})
        releases.edit(session, actor, ref, text=changed, version=draft.version, now=COOLED)
        assert "Five servers" not in nobody(app).get(f"/public/{ref}").words
        out(session, world, confirmed(session, world, draft), at=LATER)
    words = nobody(app).get(f"/public/{ref}").words
    for part in ("Five servers were wiped", "It was five servers", "Version 1", "Version 2"):
        assert part in words
    assert "spread from an update" not in words


def test_signatures_do_not_hold_for_another_version(world: World) -> None:
    with writing(world.sessions) as session:
        people = (TELCO, CLOUD)
        statement = confirmed(session, world, joint(session, world, "cloud"))
        out(session, world, signed(session, world, statement, people))
        releases.correct(session, world.actors[TELCO], statement.ref, why="A word.", now=COOLED)
        confirmed(session, world, statement)
        with pytest.raises(Refused):
            out(session, world, statement, at=LATER)
        out(session, world, signed(session, world, statement, people), at=LATER)
        assert statement.edition == 2
