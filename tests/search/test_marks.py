"""What was written before words were found without their marks is found so as well."""

from collections.abc import Callable
from typing import Final

import pytest

from models.marks import LETTERS, MARKS, without_marks
from models.notices import Notice
from portal.db import writing
from portal.schema import downgrade, upgrade
from portal.search.words import as_kept
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor
from tests.records.circulated_builders import circulated
from tests.search.test_search import found

Visit = Callable[[str], Visitor]
# Titles, and a question in plain letters.
WRITTEN: Final = {"Ειρήνη": "ειρηνη", "ёж": "еж", "مُفَاوَضَات": "مفاوضات", "שָׁלוֹם": "שלום"}


@pytest.mark.both_engines
def test_what_was_written_before_is_found_without_marks(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        for title in WRITTEN:
            published(session, world, "peace", title=title)
        minutes = circulated(session, world, title="Χωρίς τόνους").ref
    downgrade(world.engine, "0064")
    with writing(world.sessions) as session:
        session.query(Notice).filter_by(title="ёж").one().summary = "Ещё"
    upgrade(world.engine)
    mediator = visit("mediator@peace")
    for title, asked in WRITTEN.items():
        assert found(mediator, asked) == [title]
        assert found(mediator, title) == [title]
    assert found(mediator, "еще") == ["ёж"]
    assert minutes in visit("coordinator@peace").get("/search?q=τονους").text
    with writing(world.sessions) as session:
        for notice in session.query(Notice).filter(Notice.title.in_(WRITTEN)):
            notice.title, notice.summary = "Anew", ""
    assert [found(mediator, asked) for asked in (*WRITTEN, *WRITTEN.values(), "еще")] == [[]] * 9


def test_a_question_is_without_the_marks_that_texts_are_without() -> None:
    for signs, plain in LETTERS:
        assert without_marks(signs) == plain
        assert as_kept(signs) == plain.lower()
    for mark in MARKS[len("\\u0300-\\u036f") :].split("\\u")[1:]:
        assert without_marks(chr(int(mark, 16))) == ""
    assert without_marks("Zürich, Київ й") == "Zürich, Київ й"
