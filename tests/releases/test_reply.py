"""The right of reply: whoever is named has three days, and the reply stands beside the text."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal import releases
from portal.db import writing
from portal.errors import Refused
from tests.cast import NOW, World
from tests.pages import Visitor, nobody
from tests.releases.builders import CLOUD, COOLED, TELCO, about_cloud, out

Visit = Callable[[str], Visitor]
WORDS = "We had no part in it."


def test_it_stands_beside_the_text_in_every_layer(app: Flask, world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = about_cloud(session, world).ref
    cloud = visit(CLOUD)
    assert "Reply before it is released" in cloud.get("/").words
    page = cloud.get(f"/releases/{ref}/reply")
    assert cloud.post(f"/releases/{ref}/reply", {**page.form(), "text": " "}).status == 422
    stale = cloud.post(f"/releases/{ref}/reply", {"text": WORDS, "digest": "0" * 64})
    assert (stale.status, "has changed since you opened it" in stale.words) == (409, True)
    assert WORDS in stale.text
    cloud.follow(cloud.post(f"/releases/{ref}/reply", stale.form()))
    with writing(world.sessions) as session:
        out(session, world, releases.read(session, world.actors[TELCO], ref, NOW).release)
    public = nobody(app)
    for part in ("", "/json", "/stix"):
        assert WORDS in public.get(f"/public/{ref}{part}").text, part
    bundle = json.loads(public.get(f"/public/{ref}/stix").body)
    (note,) = (thing for thing in bundle["objects"] if thing["type"] == "note")
    assert note["content"] == WORDS


def test_they_have_three_days_whatever_the_cooling_off_time_is(world: World) -> None:
    with writing(world.sessions) as session:
        release = about_cloud(session, world)
        with pytest.raises(Refused):
            out(session, world, release, at=NOW + timedelta(days=3) - timedelta(seconds=1))
        out(session, world, release, at=COOLED)  # silence does not keep it back
