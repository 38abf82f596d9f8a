"""Search finds what one may see, by word, beginning or reference, and never anything else."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import update

from models.notices import Notice
from models.vocabulary import Tlp
from portal import notices
from portal.db import writing
from portal.search import words_of
from portal.search.words import Sought
from tests.cast import NOW, World
from tests.factories import drafted, published, text, to
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
MARKED = re.compile("<mark>(.*?)</mark>")


def found(visitor: Visitor, asked: str) -> list[str]:
    page = visitor.client.get("/search", query_string={"q": asked})
    assert page.status_code == 200
    answer = visitor._answer(page)
    # Clauses, norms and units are open to all, and hold many words: they have tests of their own.
    beside = ":not(#found-clauses):not(#found-norms):not(#found-training)"
    rows = f"main section{beside} .go-rows a"
    return [tag.get_text() for tag in answer.page.select(rows)]


def test_words_beginnings_and_marks_above_letters_find(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", title="Ledgerfall", body="A wiper near Zürich")
    mediator = visit("mediator@peace")
    for asked in ("ledgerfall", "LEDGER", "wip", "zurich", "Zürich", "wiper near", "near a"):
        assert found(mediator, asked) == ["Ledgerfall"], asked
    for asked in ("fall", "wiper elsewhere", "ledg erfall"):
        assert found(mediator, asked) == [], asked


def test_the_hit_shows_the_words_in_their_place(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", body="x " * 300 + "the hospital <b>in</b> the east")
    page = visit("mediator@peace").get("/search?q=hospital")
    assert [tag.get_text() for tag in page.page.select("#found-notices mark")] == ["hospital"]
    assert "<b>in</b> the east" in page.words, "text stays text"


def test_a_reference_finds_its_notice(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", title="By reference").ref
    assert found(visit("mediator@peace"), ref.lower()) == ["By reference"]
    assert found(visit("liaison@bank"), ref) == []


def test_what_is_hidden_changes_nothing(world: World, visit: Visit) -> None:
    bank = visit("liaison@bank")
    asked = ("ledgerfall", "ledg", "wiper", "l", "Telco", "a")
    before = [bank.get(f"/search?q={word}").page.main for word in asked]
    with writing(world.sessions) as session:
        published(session, world, "peace", title="Ledgerfall wiper a")
        published(session, world, "mediator@peace", title="Ledgerfall wiper a", tlp="RED")
        drafted(session, world, title="Ledgerfall wiper a")
    after = [bank.get(f"/search?q={word}").page.main for word in asked]
    assert [str(page) for page in before] == [str(page) for page in after]


def test_red_goes_to_the_named_only_and_a_draft_to_its_side(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "mediator@peace", title="Red one", tlp=Tlp.RED)
        drafted(session, world, "peace", title="Draft one")
    seen = {
        name: sorted(found(visit(name), "one"))
        for name in ("mediator@peace", "coordinator@peace", "liaison@telco", "colleague@telco")
    }
    assert seen == {
        "mediator@peace": ["Red one"],
        "coordinator@peace": [],
        "liaison@telco": ["Draft one", "Red one"],
        "colleague@telco": ["Draft one"],
    }


def test_taken_off_the_list_it_is_not_found_any_more(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", "cert", title="Shared")
        ref, version = notice.ref, notice.version
    assert found(visit("analyst@cert"), "shared") == ["Shared"]
    with writing(world.sessions) as session:
        notices.correct(
            session, world.actors["liaison@telco"], ref, text=text(title="Shared"),
            to=to(world, "peace"), why="List", version=version, now=NOW,
        )  # fmt: skip
    assert found(visit("analyst@cert"), "shared") == []


def test_withdrawn_its_text_is_found_by_its_own_side_only(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", title="Taken back").ref
    visit("liaison@telco").post(f"/notices/{ref}/withdraw", {"why": "Wrong"})
    assert found(visit("mediator@peace"), "taken") == []
    assert found(visit("mediator@peace"), ref) == []
    assert found(visit("colleague@telco"), "taken") == ["Taken back"]


def test_the_index_follows_the_text_and_a_stale_audience_only_hides(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", title="First words").ref
        session.execute(update(Notice).where(Notice.ref == ref).values(title="Second words"))
    mediator = visit("mediator@peace")
    assert found(mediator, "first") == []
    assert found(mediator, "second") == ["Second words"]


def test_older_hits_come_page_by_page(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        for number in range(30):
            published(session, world, "peace", title=f"Ledger {number}")
    mediator = visit("mediator@peace")
    page, seen = mediator.get("/search?q=ledger"), []
    while True:
        seen += [tag.get_text() for tag in page.page.select("main .go-rows a")]
        older = page.page.find("button", string="Older notices")
        if older is None:
            break
        page = mediator.get(f"/search?q=ledger&after={older['value']}")
    assert seen == [f"Ledger {number}" for number in range(29, -1, -1)]


def test_organisations_and_people_are_found_by_name(visit: Visit) -> None:
    words = visit("liaison@bank").get("/search?q=telco").words
    assert "Telco liaison" in words
    assert "Telco colleague" in words
    assert "UN observer" not in visit("liaison@bank").get("/search?q=observer").words


@pytest.mark.parametrize(
    "asked",
    ["", " ", "%", "_", '"', "NEAR(", "a* OR b", "'", "''; --", "\\", "title:x", "-",
     "x" * 10_000, "& | !", ":*", "{a b}", "🦊", "٣", "a & b:*"],
)  # fmt: skip
def test_nothing_typed_is_syntax(visit: Visit, asked: str) -> None:
    assert found(visit("liaison@bank"), asked) == []


def test_a_zero_byte_is_refused(visit: Visit) -> None:
    liaison = visit("liaison@bank")
    for asked in ("search?q=a%00b", "search?q=a&q=%00", "notices/?tlp=RED&tlp=%00", "search?%00=a"):
        assert liaison.get(f"/{asked}").status == 400, asked


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "1 OR 1=1", "٣"])
def test_a_garbled_page_mark_is_ignored(visit: Visit, after: str) -> None:
    answer = visit("liaison@bank").client.get("/search", query_string={"q": "a", "after": after})
    assert answer.status_code == 200


def test_words_are_cut_and_counted() -> None:
    assert words_of("Zürich, N-26") == ["zurich", "n", "26"]
    assert len(words_of("a " * 50)) == 10
    assert len(words_of("x" * 500)[0]) == 64


def test_a_word_is_shown_as_found_with_and_without_marks_and_however_long() -> None:
    said = f"Banks in ZÜRICH, Zurich and zürich; {'X' * 70}"
    shown = Sought(["zurich", "x" * 64]).snippet(said)
    assert MARKED.findall(shown) == ["ZÜRICH", "Zurich", "zürich", "X" * 70]
    assert Sought(["none"]).snippet(said) == said


def test_a_snippet_is_of_the_first_text_that_has_a_word_and_is_escaped() -> None:
    bank = Sought(["bank"])
    assert (
        bank.snippet("A port & a <b>", "The bank & a <b>")
        == "The <mark>bank</mark> &amp; a &lt;b&gt;"
    )
    assert bank.snippet("A port", "A ship") == "A port"
    assert not bank.snippet(" \n", "")


def test_a_snippet_is_cut_between_words_and_says_where_the_text_goes_on() -> None:
    said = f"{'before ' * 30}bank {'behind ' * 60}"
    shown = Sought(["bank"]).snippet(said)
    plain = MARKED.sub(r"\1", shown)
    assert re.fullmatch("… (before )+bank (behind )+…", plain)
    assert 200 < len(plain) <= 275
    endless = MARKED.sub(r"\1", Sought(["bank"]).snippet(f"{'x' * 500} bank-{'y' * 500}"))
    assert re.fullmatch("… bank-y+ …", endless)


@pytest.mark.parametrize(
    ("said", "words", "shown"),
    [
        (
            "## What we see\n\n* **Wiper** in [banks](https://x.example)",
            "wiper",
            "What we see · Wiper in banks",
        ),
        ("| host | state |\n| --- | --- |\n| wiper | on |", "wiper", "host · state · wiper · on"),
        ("a `wiper` is\nnear\n\n---\n\nthe end", "wiper", "a wiper is near · the end"),
        ("# One\n\n- a wiper\n- two.\n\nEnd", "wiper", "One · a wiper · two. End"),
        ("Nothing # is * lost _ of wiper_names & <b>", "lost", "Nothing # is * lost _ of"),
        ("# A\n\n" + "x " * 500 + "\n\n## Wiper\n\n1. **one**", "wiper", "… Wiper · one"),
    ],
)
def test_a_passage_is_plain_text(said: str, words: str, shown: str) -> None:
    snippet = str(Sought([words]).snippet(said))
    plain = re.sub("</?mark>", "", snippet)
    assert shown in plain
    assert [word.lower() for word in MARKED.findall(snippet)] == [words]
    assert not any(sign in plain for sign in ("**", "](", "---"))


def test_a_word_of_an_address_alone_shows_the_text_without_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", body="See [the page](https://ledger.example/wiper).")
    page = visit("mediator@peace").get("/search?q=wiper")
    (passage,) = page.page.select("#found-notices .go-snippet")
    assert passage.get_text().strip() == "See the page."
