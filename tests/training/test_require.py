"""An administrator requires a unit of their own people before an act, and lifts it again."""

from collections.abc import Callable

import pytest

from models.training import Act
from portal import training
from portal.db import reading, writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.training.builders import TLP, administers, required

Visit = Callable[[str], Visitor]
ADMIN = "colleague@telco"


def required_of(world: World, home: str) -> list[str]:
    with reading(world.sessions) as session:
        rows = training.required_of(session, world.organisations[home].id)
        return [f"{row.act} {row.unit}" for row in rows]


def test_it_is_required_shown_and_lifted(world: World, visit: Visit) -> None:
    administers(world, ADMIN)
    ref, admin = world.organisations["telco"].ref, visit(ADMIN)
    path = f"/training/organisations/{ref}"
    assert admin.get(f"/stakeholders/{ref}").page.find("a", href=f"{path}/read-training")
    admin.post(f"{path}/require", {"unit": "travel", "act": "take-seat"})
    assert required_of(world, "telco") == ["take-seat travel"]
    again = admin.post(f"{path}/require", {"unit": "travel", "act": "take-seat"})
    assert again.status == 422
    assert "required before this already" in again.words
    page = admin.get(f"{path}/read-training")
    key = page.page.find("input", {"name": "key"})["value"]
    admin.post(f"{path}/lift", {"key": key})
    assert required_of(world, "telco") == []


def test_what_others_require_is_not_theirs_to_lift(world: World, visit: Visit) -> None:
    administers(world, ADMIN)
    ref = world.organisations["telco"].ref
    for key in (required(world, Act.TAKE_SEAT), required(world, Act.TAKE_SEAT, "cloud")):
        visit(ADMIN).post(f"/training/organisations/{ref}/lift", {"key": str(key)})
    assert required_of(world, "cloud") == ["take-seat tlp"]
    with reading(world.sessions) as session:
        assert len(training.required_of(session, None)) == 1


@pytest.mark.parametrize("who", ["liaison@telco", "liaison@cloud", "steward@portal"])
def test_nobody_else_requires_or_sees_it(world: World, visit: Visit, who: str) -> None:
    ref = world.organisations["telco"].ref
    visitor = visit(who)
    assert visitor.get(f"/training/organisations/{ref}/read-training").status == 403
    typed = {"unit": "travel", "act": "take-seat"}
    assert visitor.post(f"/training/organisations/{ref}/require", typed).status == 403
    assert required_of(world, "telco") == []


@pytest.mark.parametrize(("unit", "act"), [(None, "take-seat"), (TLP, "read")])
def test_there_is_nothing_that_reading_could_wait_for(world: World, unit, act: str) -> None:
    administers(world, ADMIN)
    said = {"unit": unit, "act": act, "now": NOW}
    ref = world.organisations["telco"].ref
    with pytest.raises(Invalid), writing(world.sessions) as session:
        training.require(session, world.actors[ADMIN], ref, **said)
