"""Released: it holds nothing of what was marked, in no layer, and goes out when all have agreed."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from models.releases import ReleaseVersion
from portal import releases
from portal.db import reading, writing
from portal.errors import Refused, TooLate
from portal.releases import Files
from tests.cast import NOW, World
from tests.pages import Visitor, nobody
from tests.releases.builders import (
    CLOUD,
    COOLED,
    COOLING,
    MEDIATOR,
    SECOND,
    SECRET,
    TELCO,
    confirmed,
    drafted,
    joint,
    out,
    released,
    signed,
)

Visit = Callable[[str], Visitor]
GONE = (SECRET, "east office", "[[", "]]")


def test_nothing_of_what_was_marked_is_left_in_any_layer(
    app: Flask, world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = released(session, world).ref
    public = nobody(app)
    pages = [f"/public/{ref}", f"/public/{ref}/json", f"/public/{ref}/stix", "/public/"]
    for path in (*pages, "/public/feed.atom", f"/public/check?sha256={'0' * 64}"):
        answer = public.get(path)
        assert answer.status == 200, path
        assert not [word for word in GONE if word in answer.text], path
    for who in ("steward@portal", SECOND, "liaison@bank"):
        for path in (f"/releases/{ref}", "/releases/", f"/search?q={SECRET}", "/"):
            words = visit(who).get(path).words.replace(f"“{SECRET}”", "")
            assert "east office" not in words, (who, path)
    with reading(world.sessions) as session:
        for table in inspect(session.get_bind()).get_table_names():
            if table.startswith(("notice", "sqlite_")):
                continue  # the source keeps its own text
            for row in session.execute(text(f'SELECT * FROM "{table}"')).all():
                assert not [word for word in (SECRET, "east office") if word in str(row)], table
        version = session.query(ReleaseVersion).one()
        for file in (version.as_json, version.as_stix):
            assert not [word for word in GONE if word.encode() in file]


def test_it_waits_for_the_cooling_off_time(world: World) -> None:
    with writing(world.sessions) as session:
        release = confirmed(session, world, drafted(session, world))
        actor = world.actors[TELCO]
        with pytest.raises(Refused):
            releases.outgoing(session, actor, release.ref, NOW + COOLING - timedelta(seconds=1))
        out(session, world, release, at=NOW + COOLING)


def test_a_joint_statement_goes_out_together_or_not_at_all(app: Flask, world: World) -> None:
    people = (TELCO, CLOUD, MEDIATOR)
    with writing(world.sessions) as session:
        release = confirmed(session, world, joint(session, world))
        signed(session, world, release, people[:2])
        said = {"digest": release.digest, "now": NOW}
        releases.decline(session, world.actors[MEDIATOR], release.ref, why="Not so.", **said)
        ref = release.ref
        with pytest.raises((Refused, TooLate)):
            out(session, world, release)
    assert nobody(app).get(f"/public/{ref}").status == 404
    with writing(world.sessions) as session:
        releases.take_back(session, world.actors[TELCO], ref, NOW)
        now, reader = NOW, world.actors[TELCO]
        draft = releases.read(session, reader, ref, now).release
        kept = releases.parties_chosen(session, draft)
        said = releases.text_of(draft, **kept)
        changed = type(said)(**{**vars(said), "body": "A wiper spread from an update."})
        releases.edit(session, reader, ref, text=changed, version=draft.version, now=now)
        again = confirmed(session, world, draft)
        with pytest.raises((Refused, TooLate)):
            out(session, world, again)  # nobody has signed this text
        signed(session, world, again, people)
        out(session, world, again)
    content = json.loads(nobody(app).get(f"/public/{ref}/json").body)
    assert content["by"] == ["Cloud", "Peace Mediation", "Telco"]
    assert content["text"] == "A wiper spread from an update."
    assert content["joint"] is True


def test_what_was_changed_since_it_was_looked_at_does_not_go_out(world: World) -> None:
    actor = world.actors[TELCO]
    with writing(world.sessions) as session:
        release = confirmed(session, world, drafted(session, world))
        going = releases.outgoing(session, actor, release.ref, COOLED)
        releases.take_back(session, actor, release.ref, NOW)
        confirmed(session, world, release)
        with pytest.raises(TooLate):
            releases.release(
                session, actor, release.ref, going=going, files=Files(b"", b""), now=COOLED
            )


def test_the_page_shows_what_goes_out(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        release = confirmed(session, world, drafted(session, world))
        release.cool_until_at = NOW - COOLING * 5
        ref = release.ref
    telco = visit(TELCO)
    page = telco.get(f"/releases/{ref}/release")
    assert "A wiper spread from an update" in page.words
    assert telco.post(f"/releases/{ref}/release", {"version": "1"}).status == 409
    telco.follow(telco.post(f"/releases/{ref}/release", page.form()))
    assert "released" in telco.get(f"/releases/{ref}").words
    assert visit("liaison@bank").get(f"/releases/{ref}").status == 200
