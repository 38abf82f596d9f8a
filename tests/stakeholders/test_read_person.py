"""The page of a person: the address is shown to colleagues and stewards only."""

from collections.abc import Callable

from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import entry

Visit = Callable[[str], Visitor]


def test_an_address_is_shown_to_colleagues_and_stewards_only(world: World, visit: Visit) -> None:
    path = entry(world, "liaison@telco")
    shown = {
        name: "liaison@telco.example" in visit(name).get(path).text
        for name in ("liaison@telco", "colleague@telco", "steward@portal", "liaison@cloud")
    }
    assert shown == {
        "liaison@telco": True,
        "colleague@telco": True,
        "steward@portal": True,
        "liaison@cloud": False,
    }
