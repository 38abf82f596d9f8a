"""Whatever was marked is in no layer of what is released; whatever else changes, it is the same."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, text, update
from sqlalchemy.orm import Session

from models.notices import Notice
from models.stakeholders import Organisation, Person
from portal import notices, releases
from portal.bars import folded
from portal.db import reading, writing
from portal.releases import still_shown
from tests.cast import World
from tests.pages import Visitor, nobody
from tests.releases.builders import (
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
from tests.releases.builders import text as release_text

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")  # as JSON of a database has other letters
# What is marked: long and odd enough that nothing else holds it by chance.
SECRETS = st.text("abcdefghijklmnopqrstuvwxyzäßéıøλж漢", min_size=3, max_size=9).map("zqx{}".format)
PLAIN = st.sampled_from(["A wiper", "spread", "from **an** update", "`code`", "a\n\n- list", "<b>"])
WAYS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "loud": str.upper,
    "longer": lambda secret: f"{secret}s",
    "apart": lambda secret: f"{secret[:3]}\u00ad{secret[3:]}",
    "accents": lambda secret: unicodedata.normalize("NFD", secret),
    "strong": lambda secret: f"**{secret}**",
    "link": lambda secret: f"[{secret}](https://x.example/{secret})",
    "quoted": lambda secret: f"> {secret}\n\n",
    "code": lambda secret: f"`{secret}`",
}


def marked(draw: Any, secret: str) -> str:
    """A text in which the secret stands in several ways, marked once at the least."""
    parts = draw(st.lists(PLAIN | st.sampled_from(sorted(WAYS)), min_size=1, max_size=8))
    said = [WAYS[part](secret) if part in WAYS else part for part in parts]
    said.insert(draw(st.integers(0, len(said))), f"[[{secret}]]")
    return " ".join(said)


def held(layer: str, secret: str) -> bool:
    """Whether a layer holds it in any spelling, however it is escaped there."""
    wanted = folded(secret)[0]
    spelled_out = ESCAPED.sub(lambda found: chr(int(found[1], 16)), layer)
    spellings = (layer, unescape(layer), spelled_out)
    return any(wanted in folded(one)[0] for one in spellings)


def kept(session: Session) -> dict[str, str]:
    """All that the database holds, table by table: search, trail, e-mails and versions as well."""
    found = {}
    for table in inspect(session.get_bind()).get_table_names():
        if not table.startswith("sqlite_"):
            rows = session.execute(text(f'SELECT * FROM "{table}"')).all()
            found[table] = "\n".join(
                str(cell) if not isinstance(cell, bytes) else cell.decode(errors="replace")
                for row in rows
                for cell in row
            )
    return found


def public_paths(app: Flask, ref: str) -> list[str]:
    """Every public address there is; none of them gives a PDF, which would be a layer more."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/public")]
    assert {rule.rule.rpartition("/")[2] for rule in rules} == {
        "", "feed.atom", "check", "<ref>", "json", "stix",
    }  # fmt: skip
    return [rule.rule.replace("<ref>", ref) for rule in rules]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_no_layer_holds_what_was_marked(
    app: Flask, world: World, visit: Visit, data: st.DataObject
) -> None:
    secret = data.draw(SECRETS)
    said = release_text(body=marked(data.draw, secret), title=f"On {secret} and others")
    said = replace(said, words=data.draw(st.sampled_from([(), (secret,)])))
    assume(not said.problems() and not still_shown(said))  # what mark-up would show is refused
    with writing(world.sessions) as session:
        draft = joint(session, world, "cloud", title=said.title, body=said.body, words=said.words)
        statement = confirmed(session, world, draft)
        ref = out(session, world, signed(session, world, statement, (TELCO, CLOUD))).ref
    layers = {path: nobody(app).get(path).text for path in public_paths(app, ref)}
    assert ref in layers["/public/feed.atom"]
    assert ref in layers[f"/public/{ref}/stix"]
    for who in (TELCO, "liaison@bank", "steward@portal"):
        visitor = visit(who)
        for path in (f"/releases/{ref}", "/releases/", "/", "/steward/read-trail?verb=confirm"):
            layers[f"{who} {path}"] = visitor.get(path).text
        assert ref not in visitor.get(f"/search?q={secret}").text, "search finds it by nothing gone"
    with reading(world.sessions) as session:
        layers |= kept(session)
    assert "release_versions" in layers
    assert [name for name, layer in layers.items() if held(layer, secret)] == []


def all_of_public(app: Flask, refs: list[str], copies: list[str]) -> dict[str, bytes]:
    """The bytes of every public address, of each text, and of the check of each copy."""
    paths = {path for ref in refs for path in public_paths(app, ref)}
    paths |= {f"/public/check?sha256={digest}" for digest in copies}
    found = {}
    for path in sorted(paths):
        answer = nobody(app).get(path)
        found[path] = answer.body + answer.headers.get("ETag", "").encode()
    return found


@pytest.mark.parametrize("language", ["", "de"])
def test_whatever_becomes_of_its_source_and_its_people_it_stays_the_same(
    app: Flask, world: World, language: str
) -> None:
    refs, copies = [], []
    with writing(world.sessions) as session:
        source = released(session, world)
        gone = released(session, world, title="Withdrawn later")
        releases.withdraw(session, world.actors[TELCO], gone.ref, why="Wrong.", now=COOLED)
        statement = confirmed(session, world, joint(session, world, "cloud"))
        out(session, world, signed(session, world, statement, (TELCO, CLOUD)))
        again = releases.correct(session, world.actors[TELCO], source.ref, why="A.", now=COOLED)
        out(session, world, confirmed(session, world, again), at=COOLED + DAY)
        refs = [source.ref, gone.ref, statement.ref]
        copies = [
            str(digest)
            for row in session.execute(
                text("SELECT json_sha256, stix_sha256 FROM release_versions")
            )
            for digest in row
        ]
    before = all_of_public(app, refs, copies)
    assert any(b"an earlier version" in body for body in before.values())
    with writing(world.sessions) as session:
        for notice in session.query(Notice).filter(Notice.state == "open"):
            notices.withdraw(session, world.actors[TELCO], notice.ref, why="No.", now=COOLED)
        session.execute(update(Organisation).values(name=Organisation.name + " (formerly)"))
        session.execute(update(Person).values(name=Person.name + " (formerly)"))
        confirmed(session, world, drafted(session, world, title="Being agreed"))
    assert all_of_public(app, refs, copies) == before
    public = nobody(app)
    public.client.set_cookie("session", "of somebody")
    for path, body in before.items():
        answer = public.get(path, **{"Accept-Language": language or "en", "Authorization": "x"})
        assert answer.body + answer.headers.get("ETag", "").encode() == body, path


def test_each_file_says_what_the_page_says_and_nothing_else(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        ref = released(session, world).ref
    said = json.loads(nobody(app).get(f"/public/{ref}/json").body)
    assert set(said) == {
        "ref", "version", "marking", "title", "text", "by", "joint", "replies", "correction",
        "first_released", "released",
    }  # fmt: skip
