"""Help on a noun says what the documents say, which are generated from the policy."""

import re
from collections.abc import Callable
from pathlib import Path

from portal.catalogue import NOUNS, OF_NAME, Without
from portal.help_pages import SAID, in_our_words, read_help
from portal.rules import BY_ALTERNATE
from tests.architecture.files import ROOT
from tests.language.test_words import retired
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
KNOWN = {noun.name: noun.one for noun in NOUNS if not isinstance(noun.endpoint, Without)}


def test_each_noun_has_its_meaning_its_life_and_every_sentence_of_the_policy() -> None:
    found = read_help(ROOT / "docs", KNOWN)
    assert list(found) == list(KNOWN)
    for name, said in found.items():
        policy = OF_NAME[name].policy
        assert said.what, name
        assert {row.verb for row in said.may} == set(map(in_our_words, policy.verbs)), name
        assert len(said.may) == len(policy.rules), name
        moves = {(move.after, move.verb) for move in said.moves}
        assert {(str(rule.then), rule.verb) for rule in policy.rules if rule.then} <= moves, name


def test_how_alternates_work_name_all_that_they_may_do(visit: Visit) -> None:
    words = {
        ("notices", "acknowledge"): "Notices: acknowledge",
        ("contacts", "answer"): "answer a liveness check",
        ("dialogues", "answer"): "respond to an invitation",
        ("dialogues", "answer-poll"): "answer the availability poll",
        ("records", "agree"): "Minutes: agree",
        ("records", "object"): "object",
    }
    assert set(words) == set(BY_ALTERNATE)
    visitor = visit("observer@un")
    page = visitor.get("/help/alternates")
    rows = " ".join(row.get_text(" ") for row in page.page.select(".go-text li"))
    assert [said for said in words.values() if said not in rows] == []
    assert "How it is done" not in visitor.get("/help/notices").words
    assert "/help/alternates" in visitor.get("/alternates/").text


def test_rules_are_said_in_the_words_of_the_pages(visit: Visit) -> None:
    page = visit("observer@un").get("/help/commitments").words
    assert "may act for committing party" in page
    assert "published and other organisation" in page
    rules = (ROOT / "docs" / "rules.md").read_text()
    unused = [word for word in SAID if not re.search(rf"(?<![\w-]){word}(?![\w-])", rules)]
    assert unused == [], "no sentence of the policy has it"


def test_no_page_of_help_has_a_retired_word(visit: Visit) -> None:
    visitor = visit("observer@un")
    pages = ["/help/", "/help/keyboard", *(f"/help/{name}" for name in KNOWN)]
    found = {}
    for page in pages:
        main = visitor.get(page).page.select_one("main")
        assert main is not None
        # Each part by itself: a heading or a cell may be a retired message as a whole.
        texts = [" ".join(part.split()) for part in main.stripped_strings]
        found[page] = {text: words for text in texts if (words := retired("help", text))}
    assert {page: texts for page, texts in found.items() if texts} == {}


def test_without_documents_there_is_no_help(tmp_path: Path) -> None:
    assert read_help(tmp_path, KNOWN) == {}


def test_its_pages_open_for_everybody_who_is_signed_in(visit: Visit) -> None:
    observer = visit("observer@un")
    index = observer.get("/help/")
    links = [str(link["href"]) for link in index.page.select("main .go-rows a")]
    assert len(links) == len(KNOWN) + 1
    for link in links:
        assert observer.get(link).status == 200
    assert "suspended" in observer.get("/help/commitments").words
    assert observer.get("/help/nothing").status == 404
    assert visit("nobody").get("/help/").status == 302
    footer = [str(link["href"]) for link in index.page.select("footer a")]
    assert {"/help/", "/help/keyboard"} <= set(footer)


def test_help_on_a_page_of_a_noun_leads_to_help_on_that_noun(visit: Visit) -> None:
    visitor = visit("liaison@telco")
    for page, name in (
        ("/notices/", "notices"), ("/commitments/", "commitments"), ("/claims/", "claims"),
        ("/stakeholders/", "organisations"), ("/notices/new", "notices"),
    ):  # fmt: skip
        footer = visitor.get(page).page.select("footer a")
        assert f"/help/{name}" in {str(link["href"]) for link in footer}, page
    assert "/help/" in {str(link["href"]) for link in visitor.get("/").page.select("footer a")}
