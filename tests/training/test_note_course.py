"""Courses of others are links; the day on which somebody took one is theirs alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.curriculum import COURSES, READINGS
from tests.cast import NOW
from tests.pages import Visitor
from tests.training.builders import MEDIATOR

Visit = Callable[[str], Visitor]
COURSE = COURSES[0]
PATH = f"/training/courses/{COURSE.key}/note-course"


def test_courses_of_others_are_links_with_how_far_they_were_checked(visit: Visit) -> None:
    page = visit(MEDIATOR).get("/training/")
    for course in (*COURSES, *READINGS):
        link = page.page.find("a", string=course.title)
        assert link is not None
        assert link["href"] == course.address
        assert "noreferrer" in link["rel"]
    assert "checked at the source" in page.words


def test_a_day_is_noted_changed_and_removed_and_seen_by_nobody_else(visit: Visit) -> None:
    mediator = visit(MEDIATOR)
    mediator.post(PATH, {"done_on": "2026-03-02"})
    assert "Taken on 2 Mar 2026" in mediator.get("/training/").words
    assert "Taken on" not in visit("coordinator@peace").get("/training/").words
    mediator.post(PATH, {"done_on": "2026-03-05"})
    assert "Taken on 5 Mar 2026" in mediator.get("/training/").words
    mediator.post(PATH, {"done_on": ""})
    assert "Taken on" not in mediator.get("/training/").words


@pytest.mark.parametrize("day", [str((NOW + timedelta(days=3000)).date()), "yesterday"])
def test_a_day_that_is_none_stays_typed_and_is_told_beside_its_field(
    visit: Visit, day: str
) -> None:
    answer = visit(MEDIATOR).post(PATH, {"done_on": day})
    assert answer.status == 422
    assert answer.page.find("input", {"name": "done_on"})["value"] == day


def test_a_course_that_is_not_listed_is_not_there(visit: Visit) -> None:
    assert visit(MEDIATOR).get("/training/courses/course-none/note-course").status == 404
