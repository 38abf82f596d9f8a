"""Admitting an organisation: by the steward, and a name is taken once."""

from collections.abc import Callable

from tests.cast import World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_the_steward_admits_and_the_name_is_taken_once(world: World, visit: Visit) -> None:
    steward = visit("steward@portal")
    typed = {"name": "Carrier", "kind": "company", "country": "KE", "zone": "Africa/Nairobi"}
    page = steward.follow(steward.post("/stakeholders/new", {**typed, "sectors": ["transport"]}))
    assert "Kenya" in page.words
    assert "Transport" in page.words
    again = steward.post("/stakeholders/new", {**typed, "name": "CARRIER"})
    assert (again.status, list(again.errors())) == (422, ["name"])
    assert again.form()["zone"] == ["Africa/Nairobi"]
    for name in ("liaison@telco", "auditor@portal"):
        assert visit(name).get("/stakeholders/new").status in (403, 404), name
