"""Editing a dialogue: of two organisers neither loses a word."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.test_draft_dialogue import row
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_two_organisers_and_one_text(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    first, second = visit(ORGANISER), visit(ORGANISER)
    forms = [visitor.get(f"/dialogues/{ref}/edit").form() for visitor in (first, second)]
    first.follow(first.post(f"/dialogues/{ref}/edit", forms[0] | {"title": ["Theirs"]}))
    answer = second.post(f"/dialogues/{ref}/edit", forms[1] | {"title": ["Mine"]})
    assert answer.status == 409
    assert "Theirs" in answer.words
    assert answer.form()["title"] == ["Mine"]
    second.follow(second.post(f"/dialogues/{ref}/edit", answer.form()))
    assert row(world, ref).title == "Mine"
