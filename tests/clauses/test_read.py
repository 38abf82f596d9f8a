"""Reading the library: everybody who is signed in, by theme, by words, and to start from."""

from collections.abc import Callable

import pytest

from models.norms import Clause
from models.vocabulary import THEMES
from portal import clauses
from portal.db import reading, writing
from portal.errors import NotFound
from portal.norms import NORMS
from tests.cast import NOW, World
from tests.clauses.samples import FIRST, added, text
from tests.pages import Answer, Visitor
from tests.worlds import HOMES

Visit = Callable[[str], Visitor]
NOTHING = "No clause matches"


def titles(answer: Answer) -> list[str]:
    """The titles on the list, in their order."""
    assert answer.status == 200
    return [link.get_text() for link in answer.page.select("section[aria-labelledby] li div > a")]


def by_theme(answer: Answer) -> dict[str, int]:
    """How many clauses stand under each theme."""
    sections = answer.page.select("section[aria-labelledby]")
    return {str(s["aria-labelledby"]): len(s.select("li")) for s in sections}


def test_everybody_who_is_signed_in_reads_all_of_it(visit: Visit) -> None:
    for name in HOMES:
        visitor = visit(name)
        assert len(titles(visitor.get("/clauses/"))) == 41, name
        page = visitor.get(f"/clauses/{FIRST}")
        assert "No action against emergency response teams" in page.words
        assert "Who can make this commitment" in page.words
    assert visit("nobody").get("/clauses/").status == 302


def test_the_list_is_by_theme_in_the_order_of_the_themes(visit: Visit) -> None:
    page = visit("mediator@peace").get("/clauses/")
    assert list(by_theme(page)) == [theme for theme in THEMES if theme != "rights"]
    for line in page.page.select("section li"):
        links = [str(link["href"]) for link in line.select("a")]
        ref = links[0].rpartition("/")[2]
        assert links[-1] == f"/commitments/new?clause={ref}"
        norms = [link.removeprefix("/norms/") for link in links[1:-1]]
        assert norms
        assert set(norms) <= set(NORMS)
    assert "Usual time: 30 days · Every month" in page.words


def test_a_theme_narrows_it(visit: Visit) -> None:
    mediator = visit("mediator@peace")
    assert by_theme(mediator.get("/clauses/?theme=restraint")) == {"restraint": 6}
    assert by_theme(mediator.get("/clauses/?theme=disclosure&words=hospitals")) == {}
    assert by_theme(mediator.get("/clauses/?theme=talks-data&words=personal")) == {"talks-data": 1}
    assert NOTHING in mediator.get("/clauses/?theme=unheard-of").words


def test_words_narrow_it_and_each_must_be_there(visit: Visit) -> None:
    mediator = visit("mediator@peace")
    found = titles(mediator.get("/clauses/?words=HOSPITALS"))
    assert "Hospitals and medical care protected" in found
    assert titles(mediator.get("/clauses/?words=hospitals+ambulance")) == found[:1]
    assert titles(mediator.get("/clauses/?words=sha-256")) == ["Logs preserved"]
    for words in ("hospitals+satellites", "%25", "_", "%5C", "x" * 300):
        page = mediator.get(f"/clauses/?words={words}")
        assert NOTHING in page.words, words
    assert titles(mediator.get("/clauses/?words=++")) == titles(mediator.get("/clauses/"))


def test_a_clause_shows_its_norms_with_symbol_and_how_far_they_were_checked(visit: Visit) -> None:
    page = visit("liaison@telco").get("/clauses/L-26-1MD6JQ")
    norms = [line for line in page.page.select("aside li") if line.select("a:not([href*='#'])")]
    assert len(norms) >= 2
    for line in norms:
        key = str(line.select("a")[0]["href"]).removeprefix("/norms/")
        assert NORMS[key].symbol in line.get_text()
        assert line.select_one("[class^=go-status-]")
        assert line.select_one(f".go-checked-{NORMS[key].verification}")
    start = page.page.select_one("a[href='/commitments/new?clause=L-26-1MD6JQ']")
    assert start is not None
    assert page.page.select_one("a[href='/clauses/?theme=supply-chain']")


def test_a_clause_without_norms_and_of_one_day_reads_well(world: World, visit: Visit) -> None:
    ref = added(world, norms=(), days=1, every="", title="<b>Bold</b>", body="a <i>b</i> [n]")
    page = visit("liaison@bank").get(f"/clauses/{ref}")
    assert "Usual time: 1 day ·" in page.words
    assert "No norm is named." in page.words
    assert not page.page.select("main b, main i"), "what a person typed is no markup"
    assert "none named" in visit("liaison@bank").get("/clauses/?words=bold").words


def test_a_norm_that_the_registry_no_longer_has_is_left_out(world: World, visit: Visit) -> None:
    ref = added(world, norms=("un-gge-2015-k",))
    with writing(world.sessions) as session:
        clause = session.query(Clause).filter_by(ref=ref).one()
        clause.norms = ["osce-cbm-99", "un-gge-2015-k"]
    page = visit("liaison@telco").get(f"/clauses/{ref}")
    assert page.status == 200
    links = [link.get_text() for link in page.page.select("aside a:not([href*='#'])")]
    assert links == ["UN norm k: Response teams not harmed or misused"]


def test_law_beside_a_clause_is_shown_with_its_status_and_when_it_applies(visit: Visit) -> None:
    page = visit("liaison@telco").get("/clauses/")
    (ref,) = {
        str(link["href"])
        for link in page.page.select("main section a")
        if link.get_text() == "Hospitals and medical care protected"
    }
    page = visit("liaison@telco").get(ref)
    line = page.page.select_one("aside a[href='/norms/instruments#ihl-medical']")
    assert line is not None
    assert line.parent is not None
    assert line.parent.select_one(".go-status-binding")
    assert "in armed conflict" in line.parent.get_text()
    assert "applies with or without this commitment" in page.words


def test_what_is_not_there_is_not_found(visit: Visit) -> None:
    for path in ("/clauses/L-26-ZZZZZZ", "/clauses/OFFICE", "/clauses/%25"):
        assert visit("steward@portal").get(path).status == 404


def test_a_commitment_starts_from_the_words_of_a_clause(world: World) -> None:
    ref = added(world)
    with reading(world.sessions) as session:
        assert clauses.one(session, world.actors["liaison@telco"], ref, NOW) == text()
        with pytest.raises(NotFound):
            clauses.one(session, world.actors["liaison@telco"], "L-26-ZZZZZZ", NOW)


def test_a_commitment_is_begun_from_one_where_that_leads_somewhere(visit: Visit) -> None:
    start = "main a[href^='/commitments/new']"
    for name in ("liaison@telco", "observer@un", "steward@portal"):
        visitor = visit(name)
        may = visitor.get("/commitments/new").status == 200
        for path in ("/clauses/", f"/clauses/{FIRST}"):
            assert bool(visitor.get(path).page.select(start)) == may, (name, path)
