"""A unit that is withdrawn is offered to nobody; where it is required that has to be lifted too."""

from collections.abc import Callable

import pytest

from models.training import Act, Requirement
from models.units import TrainingUnit
from portal import training, units
from portal.days import DAY
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.training.builders import completed, required, under_way
from tests.units.builders import STEWARD, offered, taught

Visit = Callable[[str], Visitor]
MEDIATOR = "mediator@peace"


def withdraw(world: World, ref: str, *, lift: bool = False) -> None:
    with writing(world.sessions) as session:
        units.withdraw(session, world.actors[STEWARD], ref, lift=lift, now=NOW)


def test_it_is_gone_for_everybody_and_kept_for_whoever_completed_it(
    world: World, visit: Visit
) -> None:
    ref = offered(world)
    with writing(world.sessions) as session:
        mine = completed(session, world, MEDIATOR, taught(world, ref)).ref
        unit = taught(world, ref)
        begun = under_way(session, world, "liaison@telco", unit).ref
    withdraw(world, ref)
    assert visit(MEDIATOR).get(f"/units/{ref}").status == 404
    assert ref not in visit(MEDIATOR).get("/training/").text
    page = visit(MEDIATOR).get(f"/training/{mine}")
    assert "This unit is no longer offered." in page.words
    assert "One number for all calls." in page.words
    assert page.page.find("a", href=f"/training/{mine}/export")
    assert visit(MEDIATOR).post(f"/training/{mine}/renew").status == 403
    learner = visit("liaison@telco")
    assert learner.get(f"/training/{begun}/study").status == 403
    assert learner.get(f"/training/{begun}").status == 200
    assert "When a journalist calls" not in learner.get("/").words
    learner.follow(learner.post(f"/training/{begun}/erase"))
    assert visit(STEWARD).get(f"/units/{ref}").status == 200


def test_where_it_is_required_it_is_said_and_lifted_by_a_tick(world: World, visit: Visit) -> None:
    ref, steward = offered(world), visit(STEWARD)
    unit = taught(world, ref)
    required(world, Act.PUBLISH_RED, unit=unit)
    required(world, Act.TAKE_SEAT, "telco", unit=unit)
    required(world, Act.TAKE_SEAT, "telco")  # another unit
    page = steward.get(f"/units/{ref}/withdraw")
    assert "Publish or send anything as TLP:RED" in page.words
    assert "by 1 organisation" in page.words
    assert "Telco" not in page.words
    answer = steward.post(f"/units/{ref}/withdraw", page.form())
    assert answer.status == 422
    assert answer.errors()["lift"].startswith("The unit is required.")
    with reading(world.sessions) as session:
        assert session.query(TrainingUnit).one().state == "published"
        assert session.query(Requirement).count() == 3
    steward.follow(steward.post(f"/units/{ref}/withdraw", page.form() | {"lift": "y"}))
    with reading(world.sessions) as session:
        assert session.query(TrainingUnit).one().state == "withdrawn"
        assert [row.unit for row in session.query(Requirement)] == ["tlp"]


def test_the_service_refuses_what_is_required(world: World) -> None:
    ref = offered(world)
    required(world, Act.TAKE_ROLE, unit=taught(world, ref))
    with pytest.raises(Invalid):
        withdraw(world, ref)
    withdraw(world, ref, lift=True)
    with reading(world.sessions) as session:
        assert session.query(Requirement).count() == 0


def test_it_cannot_be_required_any_more(world: World) -> None:
    ref = offered(world)
    withdraw(world, ref)
    steward = world.actors[STEWARD]
    with reading(world.sessions) as session, pytest.raises(NotFound):
        training.taught(session, steward, ref, NOW)
    with reading(world.sessions) as session:
        assert training.if_taught(session, steward, ref, NOW) is None


@pytest.mark.parametrize("who", [MEDIATOR, "auditor@portal"])
def test_nobody_else_withdraws_it(world: World, visit: Visit, who: str) -> None:
    ref = offered(world)
    assert visit(who).post(f"/units/{ref}/withdraw").status == 403
    with writing(world.sessions) as session, pytest.raises(Refused):
        units.withdraw(session, world.actors[who], ref, lift=True, now=NOW + DAY)
