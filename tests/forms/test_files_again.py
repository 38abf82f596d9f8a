"""Files that were chosen do not come back with a form that is shown again: that is said."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from portal.db import writing
from tests.cast import World
from tests.forms.filled import typed
from tests.forms.scenes import SCENES
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
SAID = "Files are not stored: choose them again"


def file() -> tuple[BytesIO, str]:
    return BytesIO(b"what we saw"), "note.txt"


@pytest.mark.parametrize("button", [{"look": "1"}, {"keep": "1", "title": ""}])
def test_a_preview_or_a_fault_elsewhere_says_that_files_are_gone(
    world: World, visit: Visit, button: dict[str, str]
) -> None:
    with writing(world.sessions) as session:
        sent = SCENES["notices.post_notice"](session, world)
    liaison = visit(sent.who)
    values: dict[str, Any] = typed(liaison.get(sent.path).form(), sent)
    values.pop("keep", None)
    without = liaison.post(sent.path, {**values, **button})
    assert SAID not in without.words
    again = liaison.post(sent.path, {**values, **button, "files": file()})
    assert again.status == (422 if "title" in button else 200)
    assert SAID in again.words


def test_evidence_says_so_too(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        sent = SCENES["commitments.add_evidence"](session, world)
    visitor = visit(sent.who)
    values = typed(visitor.get(sent.path).form(), sent)
    again = visitor.post(sent.path, {**values, "title": "", "file": file(), "link": ""})
    assert (again.status, SAID in again.words) == (422, True)


def test_what_travels_with_the_page_is_not_asked_for_again(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        sent = SCENES["harm.take"](session, world)
    visitor = visit(sent.who)
    values = typed(visitor.get(sent.path).form(), sent)
    values.pop("keep")
    shown = visitor.post(sent.path, values)
    assert (shown.status, SAID in shown.words) == (200, False)
    assert shown.form()["carried"] != [""]
    refused = visitor.post(sent.path, {**typed({}, sent), "organisation": "O-26-XXXXXX"})
    assert (refused.status, SAID in refused.words) == (422, True)
