"""The pages of norms: found fast, and always said that they are voluntary and whose they are."""

from collections.abc import Callable

import pytest
from bs4 import Tag

from portal.norms import FRAMEWORKS, NORMS, VERIFICATIONS, label
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


def test_every_line_has_title_text_symbol_voluntary_and_addressee(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/")
    for norm in NORMS.values():
        line = words(row(page, norm.key))
        for said in (label(norm.key), norm.title, norm.text, norm.symbol, norm.addressed_to):
            assert said in line
        assert "voluntary" in line


def test_every_framework_says_that_it_is_voluntary_and_where_it_stands(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/")
    sections = dict(zip(FRAMEWORKS.values(), page.page.select("main section"), strict=True))
    for framework, section in sections.items():
        said = words(section)
        assert section.select_one("p .go-voluntary")
        for text in (framework.symbol, framework.status, framework.addressed_to, framework.why):
            assert text in said
    jumps = [str(link["href"]) for link in page.page.select("main nav a")]
    assert jumps == [f"#{key}" for key in FRAMEWORKS]


def test_what_is_unverified_is_marked_in_the_list_and_nothing_else_is(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/")
    mark = "not verified against the source"
    for norm in NORMS.values():
        unverified = norm.verification == "from-memory-unverified"
        assert (mark in words(row(page, norm.key))) == unverified, norm.key
    secondary = words(row(page, "osce-cbm-3"))
    assert "secondary source only" in secondary
    for sentence in VERIFICATIONS.values():
        assert sentence in page.words, "the marks are explained"


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("words=norm+f", ["un-gge-2015-f"]),
        ("words=response+team", ["un-gge-2015-k"]),
        ("words=attack+companies", ["paris-call-2018-8", "cybersecurity-tech-accord-2018-2"]),
        ("words=trade+secret&framework=paris-call-2018", ["paris-call-2018-4"]),
        ("theme=disclosure", ["un-gge-2015-j", "osce-cbm-16"]),
        ("theme=disclosure&framework=osce-cbm", ["osce-cbm-16"]),
    ],
)
def test_the_list_is_narrowed_by_words_theme_and_framework(
    visit: Visit, query: str, keys: list[str]
) -> None:
    assert listed(visit("mediator@peace").get(f"/norms/?{query}")) == keys


def test_only_the_chosen_framework_is_shown(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/?framework=osce-cbm")
    assert len(listed(page)) == 16
    assert len(page.page.select("main section")) == 1


def test_the_form_keeps_what_was_asked(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/?words=vulner&theme=disclosure&framework=osce-cbm")
    asked = {"words": ["vulner"], "theme": ["disclosure"], "framework": ["osce-cbm"]}
    assert page.form() == asked


@pytest.mark.parametrize("query", ["words=zzz", "framework=none-such", "theme=none-such"])
def test_when_nothing_fits_the_page_says_what_to_try(visit: Visit, query: str) -> None:
    page = visit("mediator@peace").get(f"/norms/?{query}")
    assert listed(page) == []
    assert "No norm fits" in page.words
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
    assert page.page.select_one("main .go-voluntary")
    for said in (norm.text, norm.symbol, norm.source, norm.addressed_to, framework.name):
        assert said in page.words
    for said in (framework.status, framework.follow_up, VERIFICATIONS[norm.verification]):
        assert said in page.words
    assert "does not judge" in page.words
    unverified = norm.verification == "from-memory-unverified"
    assert bool(page.page.select("main .go-checked-from-memory-unverified")) == unverified


def test_a_norm_leads_to_its_theme_and_its_framework(visit: Visit) -> None:
    mediator = visit("mediator@peace")
    page = mediator.get("/norms/un-gge-2015-j")
    links = [str(link["href"]) for link in page.page.select("main aside a")]
    assert links == ["/norms/?framework=un-gge-2015", "/norms/?theme=disclosure"]
    assert listed(mediator.get(links[0])) == [key for key in NORMS if key[:3] == "un-"][:11]
    assert listed(mediator.get(links[1])) == ["un-gge-2015-j", "osce-cbm-16"]


@pytest.mark.parametrize("key", ["nothing", "un-gge-2015", "un-gge-2015-z", "UN-GGE-2015-F", "1"])
def test_a_norm_that_is_not_there_is_not_found(visit: Visit, key: str) -> None:
    assert visit("mediator@peace").get(f"/norms/{key}").status == 404


def test_no_page_accuses(visit: Visit) -> None:
    mediator = visit("mediator@peace")
    for path in ("/norms/", "/norms/un-gge-2015-f"):
        said = mediator.get(path).words.casefold()
        assert "violat" not in said
        assert "relevant to" in said


def test_norms_stand_in_the_main_navigation_after_notices(visit: Visit) -> None:
    page = visit("mediator@peace").get("/norms/").page
    ends = [str(link["href"]) for link in page.select("nav.go-nav a")]
    assert ends.index("/notices/") < ends.index("/norms/")
    current = page.select("nav.go-nav a[aria-current]")
    assert [str(link["href"]) for link in current] == ["/norms/"]
