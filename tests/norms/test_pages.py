"""The pages of norms: found fast, and always said that they are voluntary and whose they are."""

import re
from collections.abc import Callable

import pytest
from bs4 import Tag

from portal.norms import FRAMEWORKS, INSTRUMENTS, NORMS, VERIFICATIONS, label
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
ROWS = "main section .go-rows > li"


def listed(answer: Answer) -> list[str]:
    """The addresses of the norms on the list."""
    assert answer.status == 200
    links = answer.page.select(f"{ROWS} a")
    return [str(link["href"]).removeprefix("/norms/") for link in links]


def row(answer: Answer, key: str) -> Tag:
    """The line of a norm on the list."""
    return next(tag for tag in answer.page.select(ROWS) if tag.select(f"a[href='/norms/{key}']"))


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize("name", ["mediator@peace", "liaison@bank", "steward@portal"])
def test_whoever_is_signed_in_reads_all_norms(visit: Visit, name: str) -> None:
    page = visit(name).get("/norms/")
    assert listed(page) == list(NORMS)
    headings = [words(tag) for tag in page.page.select("main section h2")]
    assert headings == [framework.name for framework in FRAMEWORKS.values()]


def test_a_stranger_is_asked_to_sign_in(visit: Visit) -> None:
    for path in ("/norms/", "/norms/un-gge-2015-f", "/norms/nothing"):
        assert "/auth/sign-in" in visit("nobody").get(path).to


def test_every_line_has_title_text_symbol_status_and_addressee(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/")
    for norm in NORMS.values():
        line = words(row(page, norm.key))
        for said in (label(norm.key), norm.title, norm.text, norm.symbol, norm.addressed_to):
            assert said in line
        assert norm.status in line


def test_every_framework_says_its_legal_status_and_where_it_stands(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/")
    sections = dict(zip(FRAMEWORKS.values(), page.page.select("main section"), strict=True))
    for framework, section in sections.items():
        said = words(section)
        assert section.select_one("p [class^=go-status-]")
        for text in (framework.symbol, framework.legal, framework.addressed_to, framework.why):
            assert text in said
    jumps = [str(link["href"]) for link in page.page.select("main nav a")]
    assert jumps == [f"#{key}" for key in FRAMEWORKS]


def test_what_is_unverified_is_marked_in_the_list_and_nothing_else_is(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/")
    mark = "not yet checked"
    for norm in NORMS.values():
        unverified = norm.verification == "memory"
        assert (mark in words(row(page, norm.key))) == unverified, norm.key
    secondary = words(row(page, "osce-cbm-3"))
    assert "from other sources" in secondary
    for sentence in VERIFICATIONS.values():
        assert sentence in page.words, "the marks are explained"


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("words=norm+f", ["un-gge-2015-f"]),
        ("words=response+team", [f"un-gge-2015-{email}" for email in "abjk"]),
        ("words=attack+companies", ["cybersecurity-tech-accord-2018-2", "icrc-civilian-hackers-1"]),
        ("words=trade+secret&framework=paris-call-2018", ["paris-call-2018-4"]),
        ("topic=vulnerabilities", ["un-gge-2015-j", "osce-cbm-16"]),
        ("topic=vulnerabilities&framework=osce-cbm", ["osce-cbm-16"]),
    ],
)
def test_the_list_is_narrowed_by_words_topic_and_framework(
    visit: Visit, query: str, keys: list[str]
) -> None:
    assert listed(visit("mediator@peace").get(f"/norms/?{query}")) == keys


def test_only_the_chosen_framework_is_shown(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/?framework=osce-cbm")
    assert len(listed(page)) == 16
    assert len(page.page.select("main section")) == 1


def test_the_form_keeps_what_was_asked(visit: Visit) -> None:
    query = "words=vulner&topic=vulnerabilities&framework=osce-cbm"
    page = visit("mediator@peace").get(f"/norms/?{query}")
    asked = {"words": ["vulner"], "topic": ["vulnerabilities"], "framework": ["osce-cbm"]}
    assert page.form() == asked


@pytest.mark.parametrize("query", ["words=zzz", "framework=none-such", "topic=none-such"])
def test_when_nothing_fits_the_page_says_what_to_try(visit: Visit, query: str) -> None:
    page = visit("mediator@peace").get(f"/norms/?{query}")
    assert listed(page) == []
    assert "No norm matches" in page.words
    assert page.page.select("main a[href='/norms/']")


def test_what_is_typed_is_shown_as_text(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/?words=<b>x</b>%25(n)s" + "y" * 300)
    assert page.status == 200
    assert not page.page.select("main b")


@pytest.mark.parametrize("key", NORMS)
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_norm_says_all_that_is_known_of_it(visit: Visit, key: str) -> None:
    norm = NORMS[key]
    framework = FRAMEWORKS[norm.framework]
    page = visit("mediator@peace").get(f"/norms/{key}")
    assert page.status == 200
    assert words(page.page.select("h1")[0]) == norm.title
    assert page.page.select_one("main [class^=go-status-]")
    for said in (norm.text, norm.symbol, norm.source, norm.addressed_to, framework.name):
        assert said in page.words
    for said in (framework.legal, framework.follow_up, VERIFICATIONS[norm.verification]):
        assert said in page.words
    assert "does not judge" in page.words
    unverified = norm.verification == "memory"
    assert bool(page.page.select("main p:first-of-type .go-checked-memory")) == unverified
    for point in norm.guidance:
        assert point.text in page.words
    assert norm.for_companies in page.words


def test_law_stands_beside_the_norms_each_with_its_status(visit: Visit) -> None:
    page = visit("liaison@bank").get("/norms/instruments")
    for one in INSTRUMENTS:
        entry = page.page.find(id=one.key)
        assert entry is not None
        said = words(entry)
        for text in (one.title, one.text, one.symbol, one.binds, one.applies, one.source):
            assert text in said
        assert entry.select_one(f".go-status-{one.status}")
        assert entry.select_one(f".go-checked-{one.verification}")
        assert ("Not yet in force" in said) is not one.in_force


def test_a_norm_leads_to_its_topic_and_its_framework(visit: Visit) -> None:
    mediator = visit("mediator@peace")
    page = mediator.get("/norms/un-gge-2015-j")
    links = [str(link["href"]) for link in page.page.select("main aside a")]
    assert links == ["/norms/?framework=un-gge-2015", "/norms/?topic=vulnerabilities"]
    assert listed(mediator.get(links[0])) == [key for key in NORMS if key[:3] == "un-"][:11]
    assert listed(mediator.get(links[1])) == ["un-gge-2015-j", "osce-cbm-16"]


@pytest.mark.parametrize("key", ["nothing", "un-gge-2015", "un-gge-2015-z", "UN-GGE-2015-F", "1"])
def test_a_norm_that_is_not_there_is_not_found(visit: Visit, key: str) -> None:
    assert visit("mediator@peace").get(f"/norms/{key}").status == 404


def test_no_page_accuses(visit: Visit) -> None:
    mediator = visit("mediator@peace")
    for path in ("/norms/", "/norms/un-gge-2015-f"):
        said = mediator.get(path).words.casefold()
        assert not re.search(r"\bviolate[sd]\b", said)
        assert "relevant to" in said


def test_norms_stand_in_the_main_navigation_after_notices(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/").page
    ends = [str(link["href"]) for link in page.select("nav.go-nav a")]
    assert ends.index("/notices/") < ends.index("/norms/")
    current = page.select("nav.go-nav a[aria-current]")
    assert [str(link["href"]) for link in current] == ["/norms/"]
