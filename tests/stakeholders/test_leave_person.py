"""A person leaves the portal."""

from collections.abc import Callable

from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import entry, person

Visit = Callable[[str], Visitor]


def test_one_leaves_oneself(world: World, visit: Visit) -> None:
    liaison = visit("liaison@bank")
    path = entry(world, "liaison@bank")
    assert "Leave the portal" in liaison.get(path).words
    liaison.post(f"{path}/leave")
    assert liaison.get("/").status == 302
    assert person(world, "liaison@bank.example").state == "left"
    assert visit("liaison@cloud").get(path).status == 404
