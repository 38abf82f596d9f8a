"""Forming a sharing group: bad input stands next to its field."""

from collections.abc import Callable

from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.test_edit_group import formed

Visit = Callable[[str], Visitor]


def test_bad_input_stands_next_to_its_field(world: World, visit: Visit) -> None:
    coordinator = visit("coordinator@peace")
    typed = {"organisation": world.organisations["peace"].ref, "name": " ", "ceiling": "RED"}
    answer = coordinator.post("/stakeholders/groups/new", typed)
    assert answer.status == 422
    assert set(answer.errors()) == {"name", "ceiling"}
    ref = formed(world, visit, "telco")
    observer = str(world.actors["observer@un"].person_id)
    answer = coordinator.post(
        f"/stakeholders/groups/{ref}/edit", {"name": "Kept", "people": [observer]}
    )
    assert (answer.status, list(answer.errors())) == (422, ["people"])
    assert answer.form()["name"] == ["Kept"]
