"""Two who change the same: the second sees what the first saved beside what they typed."""

from pathlib import Path
from typing import Final

import pytest
from flask import Flask

from tests.architecture.counted_pages import PAGES
from tests.architecture.test_statements import begin
from tests.cast import World
from tests.pages import Answer, sign_in

THEIRS: Final = "Someone saved another version in the meantime"
# The pages on which a text is changed, and the field in which both write.
EDITED: Final = {
    "claims.correct": "title",
    "claims.edit": "title",
    "clauses.edit": "title",
    "commitments.edit": "title",
    "contacts.edit": "label",
    "exercises.change_inject": "title",
    "exercises.edit": "title",
    "harm.correct": "title",
    "harm.edit": "title",
    "notices.correct": "title",
    "notices.edit": "title",
    "records.edit": "title",
    "releases.edit": "title",
    "units.edit": "title",
}
WHOLE: Final = {"clauses.edit", "units.edit"}  # their version follows as a whole


def said_of(page: Answer) -> tuple[list[str], list[str]]:
    """What is struck through as typed, and underlined as saved."""
    found = (page.page.select(f".go-changes {tag}") for tag in ("del", "ins"))
    typed, saved = ([" ".join(one.get_text(" ").split()) for one in each] for each in found)
    return typed, saved


@pytest.mark.slow
def test_both_versions_are_shown_and_the_typed_one_is_kept(app: Flask, world: World) -> None:
    refs = begin(app, world)
    for endpoint, name in EDITED.items():
        who, path = PAGES[endpoint]
        page, visitor = path.format(**refs), sign_in(app, world, who)
        form = visitor.get(page).form()
        sent = {**form, "why": ["A word was wrong."], "keep": ["1"]}
        first = visitor.post(page, {**sent, name: ["EXERCISE: First"]})
        assert first.status == 302, (endpoint, first.errors(), first.words[:500])
        late = visitor.post(page, {**sent, name: ["EXERCISE: Second"]})
        assert (late.status, THEIRS in late.words) == (409, True), endpoint
        again = late.form()
        assert again[name] == ["EXERCISE: Second"], endpoint
        assert again["version"] != form["version"], endpoint
        if endpoint in WHOLE:
            assert "EXERCISE: First" in late.page.select("main")[0].get_text(), endpoint
            continue
        typed, saved = said_of(late)
        # Nothing else is named: what both left as it was is the same in both.
        assert [one[-6:] for one in typed] == ["Second"], (endpoint, typed, saved)
        assert [one[-5:] for one in saved] == ["First"], (endpoint, typed, saved)
        same = visitor.post(page, {**sent, name: ["EXERCISE: First"]})
        assert same.status == 409, endpoint
        assert "says the same as what you typed" in same.words, endpoint


def test_one_sentence_says_so() -> None:
    said = [path for path in Path("templates").rglob("*.html") if THEIRS in path.read_text()]
    assert {str(path) for path in said} == {
        "templates/macros/forms.html",
        "templates/units/publish.html",  # nothing was typed: another text would be published
    }
