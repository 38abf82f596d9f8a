"""Claims beside one another: by day or claimant alone, with nothing that adds up to a verdict."""

import ast
import inspect
import random
import re
from collections.abc import Callable
from types import ModuleType
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from portal import claims
from portal.claims import listing, side_by_side
from portal.claims import reading as reading_module
from portal.claims.words import RESPONSIBILITY
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.claims.builders import asked, published, replied
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


@pytest.mark.parametrize("module", [side_by_side, listing, reading_module])
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


def test_the_picture_has_each_claim_with_its_reply_in_the_order_of_the_page(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace", "cloud")
        said = {"notice_id": notice.id, "source_title": "A paper"}
        published(session, world, "peace", said_on="2017-10", claimant="Bo", **said)
        published(session, world, "peace", said_on="2017-06-27", claimant="Ava", **said)
        named = replied(session, world, asked(session, world, **said), "We had no part in it.")
        claims.publish(session, world.actors["liaison@telco"], named.ref, NOW)
    mediator, path = visit("mediator@peace"), f"/claims/side-by-side/{notice.ref}"
    page = mediator.get(path).page
    links = [str(link["href"]) for link in page.select("a.btn[href^='/claims/side-by-side/']")]
    assert links == [f"{path}/{made_as}" for made_as in ("svg", "png", "csv")]
    shown = [text.get_text() for text in page.select("figure svg text.go-first")]
    answer = mediator.get(f"{path}/svg")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    drawing = ElementTree.fromstring(answer.body)  # our own
    words = ["".join(one.itertext()) for one in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert words[0].startswith("TLP:AMBER+STRICT – ")
    order = [str(link["href"])[1:] for link in page.select("ol > li a[href^='/claims/A-']")]
    drawn = [ref for line in words for ref in re.findall(r"A-\d\d-\w{6}", line)]
    assert drawn == [ref.rpartition("/")[2] for ref in order]
    assert [re.findall(r"A-\d\d-\w{6}", one)[0] for one in shown] == drawn, "and on the page"
    assert "We had no part in it." in " ".join(words)
    assert mediator.get(f"{path}/png").headers["Content-Type"] == "image/png"
    with reading(world.sessions) as session:
        of_many = AuditEvent.resource_id.is_(None), AuditEvent.resource_type == "claims"
        kept = select(AuditEvent).where(AuditEvent.verb == "export", *of_many)
        exports = session.scalars(kept.order_by(AuditEvent.id)).all()
    assert [one.detail["format"] for one in exports] == ["svg", "png"]
    assert {one.detail["rows"] for one in exports} == {3}


@pytest.mark.parametrize("odd", ["\ufffe", "\uffff", "\U0001ffff", "]]><x>&"])
def test_a_picture_is_well_formed_whatever_was_typed(world: World, visit: Visit, odd: str) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace", "cloud")
        said = {"notice_id": notice.id, "source_title": "A paper", "title": f"One{odd}two"}
        published(session, world, "peace", said_on="2017-10", claimant="Bo", **said)
    answer = visit("mediator@peace").get(f"/claims/side-by-side/{notice.ref}/svg")
    drawing = ElementTree.fromstring(answer.body)  # our own
    assert "One" in "".join(drawing.itertext())
    assert visit("mediator@peace").get(f"/claims/side-by-side/{notice.ref}/png").status == 200


def test_what_can_be_entered_on_a_notice_is_offered_to_whoever_may(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        notice = notice_of(session, world, "peace", "un")
    claim, stated = f"/claims/new?notice={notice.ref}", f"/harm/new?notice={notice.ref}"
    cited = f"/harm/cite/new?notice={notice.ref}"
    for who, offered in (
        ("liaison@telco", {claim, stated}),
        ("mediator@peace", {claim, stated, cited}),
        ("observer@un", set()),
    ):
        visitor, found = visit(who), set()
        for path in (f"/claims/side-by-side/{notice.ref}", f"/harm/together/{notice.ref}"):
            found |= {str(link["href"]) for link in visitor.get(path).page.select("main a.btn")}
        assert found & {claim, stated, cited} == offered, who
