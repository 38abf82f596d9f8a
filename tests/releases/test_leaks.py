"""The leak oracle over releases: who comes across which text, whatever address they try.

Who may is said here by hand, from the requirement; nothing of the policy is asked.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal import releases
from portal.db import writing
from tests.architecture import test_statements
from tests.cast import NOW, World
from tests.pages import Visitor, nobody
from tests.releases.builders import (
    CLOUD,
    SECOND,
    TELCO,
    confirmed,
    drafted,
    joint,
    released,
)

Visit = Callable[[str], Visitor]
CANARY = re.compile(r"canary[a-z]+")
LISTS = (
    "/", "/releases/", "/releases/?state=agreeing", "/search?q=canary", "/search/commands?q=canary",
    "/calendar/", "/calendar/?from=2026-11", "/public/", "/public/feed.atom", "/notices/",
    "/steward/read-trail?verb=confirm", "/steward/read-emails",
)  # fmt: skip
HOME, OTHERS = {TELCO, SECOND}, {
    CLOUD, "mediator@peace", "coordinator@peace", "liaison@bank", "analyst@cert", "observer@un",
    "steward@portal", "custodian@portal", "auditor@portal",
}  # fmt: skip
# Of each text who may come across it; the marked word of each is for its own side's drafts alone.
ALLOWED = {
    "canarydraft": HOME,
    "canaryproposed": HOME,
    "canaryagreeing": HOME | {CLOUD},
    "canarydeclined": HOME | {CLOUD},
    "canarytaken": HOME,
    "canarywithdrawn": HOME,
    "canaryreleased": HOME | OTHERS | {""},
    "canarymarked": set[str](),
}
MARKED = "A text with [[canarymarked]] in it."


def laid(session: Session, world: World) -> list[str]:
    """One in each state; what is put to Cloud is a joint statement with it."""
    telco, cloud = world.actors[TELCO], world.actors[CLOUD]
    one = drafted(session, world, title="canarydraft", body="Nothing is marked here.")
    two = drafted(session, world, title="canaryproposed", body="Nothing is marked here.")
    releases.propose(session, telco, two.ref, NOW)
    said = {"body": MARKED}
    put = confirmed(session, world, joint(session, world, "cloud", title="canaryagreeing", **said))
    no = confirmed(session, world, joint(session, world, "cloud", title="canarydeclined", **said))
    releases.decline(session, cloud, no.ref, why="No.", digest=no.digest, now=NOW)
    back = confirmed(session, world, joint(session, world, "cloud", title="canarytaken", **said))
    releases.take_back(session, telco, back.ref, NOW)
    gone = released(session, world, title="canarywithdrawn", **said)
    releases.withdraw(session, telco, gone.ref, why="It was wrong.", now=NOW)
    out = released(session, world, title="canaryreleased", **said)
    return [row.ref for row in (one, two, put, no, back, gone, out)]


def addresses(app: Flask, refs: list[str]) -> Iterator[str]:
    """Every address of releases, inside and for the public, with each of them; and lists."""
    yield from LISTS
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in ("releases", "public") and "GET" in rule.methods:
            yield from (rule.rule.replace("<ref>", ref) for ref in refs)


@pytest.fixture
def refs(world: World) -> list[str]:
    with writing(world.sessions) as session:
        return laid(session, world)


def test_nobody_comes_across_what_is_not_theirs(
    app: Flask, world: World, refs: list[str], visit: Visit
) -> None:
    ways = list(dict.fromkeys(addresses(app, refs)))
    met: dict[str, set[str]] = {}
    for name in ("", *sorted(HOME | OTHERS)):
        visitor = visit(name) if name else nobody(app)
        for way in ways:
            answer = visitor.client.get(way)
            assert answer.status_code < 500, way
            text = answer.get_data(as_text=True) + str(answer.headers)
            for canary in set(CANARY.findall(text)):
                assert name in ALLOWED[canary], (name, canary, way)
                met.setdefault(canary, set()).add(name)
    assert met == {canary: who for canary, who in ALLOWED.items() if who}


def test_the_public_pages_ask_little(app: Flask, world: World, refs: list[str]) -> None:
    public = nobody(app)
    for way in ("/public/", f"/public/{refs[-1]}", f"/public/{refs[-1]}/json", "/public/feed.atom"):
        with test_statements.counting(app) as sent:
            assert public.get(way).status == 200
        assert len(sent) <= 2, (way, sent)
