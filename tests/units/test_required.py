"""A unit of stewards is required before an act as ours are: the gate leads to it and back."""

from collections.abc import Callable

from models.training import Act
from portal.db import writing
from tests.cast import World
from tests.factories import drafted
from tests.pages import Visitor
from tests.training.builders import required, right
from tests.units.builders import STEWARD, offered, taught

Visit = Callable[[str], Visitor]
TELCO = "liaison@telco"


def test_the_gate_leads_to_it_and_back(world: World, visit: Visit) -> None:
    ref, liaison = offered(world), visit(TELCO)
    unit = taught(world, ref)
    required(world, Act.PUBLISH_RED, unit=unit)
    with writing(world.sessions) as session:
        notice = drafted(session, world, "peace").ref
    gate = liaison.get(f"/training/required/notices/{notice}")
    assert "When a journalist calls" in gate.words
    form = gate.form("/training/new")
    assert form["unit"] == [ref]
    begun = liaison.post("/training/new", form).to.split("/")[2]
    path = f"/training/{begun}/complete"
    answers = {f"answer_{key}": choice for key, choice in right(unit).items()}
    done = liaison.follow(liaison.post(path, liaison.get(path).form(path) | answers))
    back = done.page.find("a", href=lambda to: to and "/training/required/notices/" in to)
    assert notice in str(back["href"])
    assert "You have completed all training" in liaison.get(str(back["href"])).words


def test_a_steward_requires_it_of_everybody(world: World, visit: Visit) -> None:
    ref, steward = offered(world), visit(STEWARD)
    path = "/steward/require-everywhere"
    form = steward.get(path).form(path)
    page = steward.follow(steward.post(path, form | {"unit": ref, "act": "publish-red"}))
    assert "When a journalist calls" in page.words
    assert "When a journalist calls" in visit(TELCO).get("/training/").words
