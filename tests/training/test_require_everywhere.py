"""A steward requires a unit of everybody, and lifts it again; nobody else does."""

from collections.abc import Callable

from portal import training
from portal.db import reading
from tests.cast import World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
PATH = "/steward/require-everywhere"


def test_it_is_required_and_lifted(world: World, visit: Visit) -> None:
    steward = visit("steward@portal")
    assert steward.get("/steward/").page.find("a", href=PATH)
    steward.post(PATH, {"unit": "tlp", "act": "publish-red"})
    page = steward.get(PATH)
    assert "Publish or send anything as TLP:RED" in page.words
    key = page.page.find("input", {"name": "key"})["value"]
    steward.post("/steward/lift-requirement", {"key": key})
    with reading(world.sessions) as session:
        assert training.required_of(session, None) == []


def test_what_is_no_unit_or_act_is_refused_beside_its_field(visit: Visit) -> None:
    answer = visit("steward@portal").post(PATH, {"unit": "none", "act": "read"})
    assert answer.status == 422
    assert answer.page.find(id="unit-error")
    assert answer.page.find(id="act-error")


def test_others_do_not_find_it(visit: Visit) -> None:
    for who in ("mediator@peace", "liaison@telco"):
        assert visit(who).get(PATH).status == 404
        assert visit(who).post("/steward/lift-requirement", {"key": "1"}).status == 404
