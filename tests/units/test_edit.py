"""A draft is changed by stewards alone; of two who save at once neither loses a word."""

from collections.abc import Callable

import pytest

from models.units import TrainingUnit
from portal import units
from portal.db import reading, writing
from portal.errors import NotFound, TooLate
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.units.builders import STEWARD, drafted, offered, text

Visit = Callable[[str], Visitor]


def draft(world: World) -> str:
    with writing(world.sessions) as session:
        return drafted(session, world).ref


def title(world: World, ref: str) -> str:
    with reading(world.sessions) as session:
        return session.query(TrainingUnit).filter_by(ref=ref).one().title


def test_a_draft_is_changed(world: World, visit: Visit) -> None:
    ref, steward = draft(world), visit(STEWARD)
    form = steward.get(f"/units/{ref}/edit").form()
    steward.follow(steward.post(f"/units/{ref}/edit", form | {"title": "Two calls"}))
    assert title(world, ref) == "Two calls"


@pytest.mark.parametrize("who", ["mediator@peace", "auditor@portal", "custodian@portal"])
def test_a_draft_is_not_there_for_anybody_else(world: World, visit: Visit, who: str) -> None:
    ref = draft(world)
    absent = visit(who).get("/units/U-26-ABSENT")
    for path in (f"/units/{ref}", f"/units/{ref}/edit", f"/units/{ref}/publish"):
        assert visit(who).get(path).status == 404
    assert visit(who).get(f"/units/{ref}").words == absent.words
    assert visit(who).post("/training/new", {"unit": ref}).status == 404
    with writing(world.sessions) as session, pytest.raises(NotFound):
        units.edit(session, world.actors[who], ref, text=text(), version=1, now=NOW)


def test_of_two_stewards_neither_loses_a_word(world: World, visit: Visit) -> None:
    ref, steward = draft(world), visit(STEWARD)
    form = steward.get(f"/units/{ref}/edit").form()
    with writing(world.sessions) as session:
        theirs = text(title="Their title", body="## Theirs\nTheir words.")
        units.edit(session, world.actors[STEWARD], ref, text=theirs, version=1, now=NOW)
    answer = steward.post(f"/units/{ref}/edit", form | {"title": "Mine", "body": "## M\nMy words."})
    assert answer.status == 409
    assert "Their words." in answer.words
    assert "My words." in answer.form()["body"][0]
    assert title(world, ref) == "Their title"
    assert steward.post(f"/units/{ref}/edit", answer.form()).status == 302
    assert title(world, ref) == "Mine"


def test_an_old_version_is_too_late_for_the_service(world: World) -> None:
    ref, steward = draft(world), world.actors[STEWARD]
    with writing(world.sessions) as session, pytest.raises(TooLate):
        units.edit(session, steward, ref, text=text(), version=7, now=NOW)
    with writing(world.sessions) as session, pytest.raises(TooLate):
        units.publish(session, steward, ref, version=7, now=NOW)


def test_what_is_published_is_corrected_and_not_edited(world: World, visit: Visit) -> None:
    ref = offered(world)
    assert visit(STEWARD).get(f"/units/{ref}/edit").status == 409
