"""Editing oneself: the zone in which times are shown."""

from tests.cast import World
from tests.stakeholders.builders import Visit, person


def test_ones_own_time_zone_is_changed_on_the_page_of_the_account(
    world: World, visit: Visit
) -> None:
    liaison = visit("liaison@telco")
    form = liaison.get("/account/").form("/account/edit")
    liaison.follow(liaison.post("/account/edit", form | {"zone": ["Asia/Singapore"]}))
    assert person(world, "liaison@telco.example").zone == "Asia/Singapore"
    wrong = liaison.post("/account/edit", form | {"zone": ["Mars/Olympus"]})
    assert (wrong.status, list(wrong.errors())) == (422, ["zone"])
    assert person(world, "liaison@telco.example").zone == "Asia/Singapore"
