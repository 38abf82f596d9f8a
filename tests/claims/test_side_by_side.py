"""Claims beside one another: by day or claimant alone, with nothing that adds up to a verdict."""

import ast
import inspect
import random
from collections.abc import Callable
from types import ModuleType

import pytest

from portal import claims
from portal.claims import listing, reading, side_by_side
from portal.claims.words import RESPONSIBILITY
from portal.db import writing
from tests.cast import NOW, World
from tests.claims.builders import published
from tests.factories import opened_process
from tests.factories import published as notice_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
ACTORS = ("Amber Fox", "Sandpiper", "Zephyr")


def test_their_order_is_the_day_and_the_claimant_whoever_is_named(world: World) -> None:
    chance = random.Random(16)
    rows = [
        (f"2017-{month:02d}", claimant, actor)
        for month in (3, 7, 11)
        for claimant, actor in zip(("Ava", "Bo", "Cy"), chance.sample(ACTORS, 3), strict=True)
    ]
    told = {}
    for turned in (False, True):
        actors = dict(zip(ACTORS, reversed(ACTORS) if turned else ACTORS, strict=True))
        with writing(world.sessions) as session:
            notice = notice_of(session, world, "peace")
            for day, claimant, actor in chance.sample(rows, len(rows)):
                said = {"said_on": day, "claimant": claimant, "source_title": "A paper"}
                said |= {"about": actors[actor], "notice_id": notice.id}
                published(session, world, "peace", **said)
            beside = claims.side_by_side(session, world.actors["mediator@peace"], notice.ref, NOW)
            told[turned] = [(row.said_on, row.claimant) for row in beside.claims]
            assert [name for name, _cells in beside.lines] == ["Ava", "Bo", "Cy"]
            assert [name for name, _sort in beside.named] == sorted(ACTORS)
    assert told[False] == told[True] == sorted((day, who) for day, who, _actor in rows)


@pytest.mark.parametrize("module", [side_by_side, listing, reading])
def test_nothing_counts_sums_or_weighs_them(module: ModuleType) -> None:
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call)
    }
    assert not called & {"count", "sum", "avg", "max", "min", "Counter", "group_by", "len", "rank"}


def test_no_word_of_it_is_a_verdict(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world)
        ref = published(
            session, world, "peace", responsibility=next(iter(RESPONSIBILITY)),
            norms=("un-gge-2015-f",), scale="admiralty", confidence="6",
        ).ref  # fmt: skip
        on = process.ref
    mediator = visit("mediator@peace")
    page = mediator.get(f"/claims/{ref}").words
    assert "Relevant to" in page
    assert "No number in STIX." in page, "what cannot be judged is not 0"
    for path in (f"/claims/{ref}", "/claims/", f"/claims/side-by-side/{on}"):
        words = mediator.get(path).words.lower()
        for verdict in ("violat", "guilty", "proven", "culprit", "majority", "most likely"):
            assert verdict not in words, (path, verdict)
