"""Units, courses and readings are found by words, in the search over everything."""

from collections.abc import Callable

import pytest

from portal.curriculum import find
from tests.cast import World
from tests.pages import Visitor
from tests.training.builders import learned

Visit = Callable[[str], Visitor]


@pytest.mark.parametrize(
    ("asked", "unit"),
    [("chatham", "chatham-house"), ("Phish", "phishing"), ("TRAVEL border", "travel")],
)
def test_beginnings_of_words_find_a_unit(asked: str, unit: str) -> None:
    assert unit in [found.key for found in find(asked, "en").units]


def test_a_course_is_found_by_its_publisher_and_nothing_by_no_word() -> None:
    found = find("cyberpeace mediators", "en")
    assert [course.key for course in found.courses][:1] == ["course-drm"]
    for asked in ("", "  ", "-", "zzzz"):
        assert find(asked, "en") == ((), ())
    assert find("chatham", "ar").units, "in English where it is not there in the language"


def test_the_search_page_shows_them_alone_or_beside_others(world: World, visit: Visit) -> None:
    learned(world, "mediator@peace")
    for who in ("mediator@peace", "observer@un"):
        page = visit(who).get("/search?q=phishing")
        section = page.page.find(id="found-training")
        assert section.find("a", href="/training/units/phishing")
        assert "completed" not in section.get_text(), "who learned what is not searched"
        alone = visit(who).get("/search?q=phishing&kind=training")
        assert [one["id"] for one in alone.page.select("main section[id]")] == ["found-training"]
    other = visit("observer@un").get("/search?q=phishing&kind=norms")
    assert other.page.find(id="found-training") is None
