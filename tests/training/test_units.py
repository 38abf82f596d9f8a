"""The units that come with the portal are whole, and a file with a hole in it is refused."""

import pytest

from portal.curriculum import COURSES, SHIPPED, Unit, UnitFault, read_unit
from portal.curriculum.shipped import FOLDER, ORDER

UNITS = [unit for languages in SHIPPED.values() for unit in languages.values()]
WHOLE = """+++
title = "T"
summary = "S"
minutes = 5
lasts = "year"
edition = 2026-11-29
[[sources]]
text = "Somewhere"
verification = "project"
[[questions]]
asks = "Which?"
[[questions.choices]]
text = "This."
right = true
why = "It is."
[[questions.choices]]
text = "That."
right = false
why = "It is not."
+++
## One
Words.
## Two
More words.
"""


def test_each_file_is_offered_and_each_is_there_in_english() -> None:
    assert {path.name.split(".")[0] for path in FOLDER.glob("*.md")} == set(ORDER)
    assert all("en" in languages for languages in SHIPPED.values())


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: f"{unit.key}.{unit.language}")
def test_a_unit_takes_five_to_eight_minutes_and_explains_each_answer(unit: Unit) -> None:
    words = sum(len(section.body.split()) for section in unit.sections)
    assert 5 <= unit.minutes <= 8
    assert 750 <= words <= 1300, "at about 150 words a minute, questions beside"
    assert 4 <= len(unit.questions) <= 6
    assert all(len(question.choices) >= 3 for question in unit.questions)
    whys = [choice.why for question in unit.questions for choice in question.choices]
    assert len(set(whys)) == len(whys), "each answer has a reason of its own"
    assert any(source.verification == "project" for source in unit.sources)


def test_right_answers_do_not_stand_in_one_place() -> None:
    places = [question.right.key for unit in UNITS for question in unit.questions]
    for place in ("a1", "a2", "a3"):
        assert places.count(place) > len(places) / 6


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: f"{unit.key}.{unit.language}")
def test_translations_ask_the_same_of_everybody(unit: Unit) -> None:
    first = SHIPPED[unit.key]["en"]
    assert (unit.lasts, unit.edition) == (first.lasts, first.edition)
    assert len(unit.questions) == len(first.questions)
    assert len(unit.sections) == len(first.sections)


def test_a_whole_file_is_read() -> None:
    unit = read_unit(WHOLE, "t", "en")
    assert [section.title for section in unit.sections] == ["One", "Two"]
    assert unit.questions[0].right.text == "This."


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        ('title = "T"', ""),
        ('title = "T"', "title = 5"),
        ("minutes = 5", "minutes = 0"),
        ("minutes = 5", "minutes = true"),
        ('lasts = "year"', 'lasts = "for ever"'),
        ("right = false", "right = true"),
        ("right = true", "right = false"),
        ('why = "It is."', 'why = ""'),
        ('verification = "project"', 'verification = "sure"'),
        ("## One\nWords.\n## Two\nMore words.\n", "Words."),
        ("+++", "---"),
        ("edition = 2026-11-29", 'edition = "yesterday"'),
        ("edition = 2026-11-29", "edition = 2026-11-29\nmore = 1"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(what: str, instead: str) -> None:
    assert what in WHOLE
    with pytest.raises(UnitFault):
        read_unit(WHOLE.replace(what, instead), "t", "en")


def test_courses_have_keys_of_their_own() -> None:
    assert len({course.key for course in COURSES}) == len(COURSES)
