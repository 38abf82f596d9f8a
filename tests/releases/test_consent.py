"""Whose words it holds agrees first, to exactly this text; others do not learn of them."""

from collections.abc import Callable

import pytest

from portal import releases
from portal.db import writing
from portal.errors import Refused
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.releases.builders import (
    CLOUD,
    MEDIATOR,
    TELCO,
    confirmed,
    drafted,
    out,
    signers,
)

Visit = Callable[[str], Visitor]
ANALYST = "analyst@cert"


def test_nothing_goes_out_before_all_have_agreed(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        person = frozenset({world.actors[ANALYST].person_id})
        chosen = {"sources": signers(world, "cloud"), "speakers": person}
        release = confirmed(session, world, drafted(session, world, **chosen))
        ref = release.ref
        with pytest.raises(Refused):
            out(session, world, release)
    for who in (CLOUD, ANALYST):
        visitor = visit(who)
        assert "Answer whether your words may be released" in visitor.get("/").words
        page = visitor.get(f"/releases/{ref}/consent")
        visitor.follow(visitor.post(f"/releases/{ref}/consent", page.form()))
    with writing(world.sessions) as session:
        out(session, world, releases.read(session, world.actors[TELCO], ref, NOW).release)


def test_one_whose_words_it_holds_does_not_learn_of_the_others(world: World) -> None:
    with writing(world.sessions) as session:
        chosen = {"sources": signers(world, "cloud", "bank"), "signers": signers(world, "peace")}
        release = confirmed(session, world, drafted(session, world, **chosen))
        seen = {
            who: {row.name for row in releases.read(session, world.actors[who], ref, NOW).parties}
            for ref in (release.ref,)
            for who in (TELCO, CLOUD, MEDIATOR)
        }
        out_of_it = releases.read(session, world.actors[CLOUD], release.ref, NOW)
    assert seen[TELCO] == {"Bank", "Cloud", "Peace Mediation", "Telco"}
    assert seen[CLOUD] == {"Cloud", "Peace Mediation", "Telco"}
    assert seen[MEDIATOR] == {"Peace Mediation", "Telco"}
    assert not out_of_it.source, "where it comes from is for its own side"
